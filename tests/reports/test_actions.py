"""What leaves the portal is numbered, hashed and logged, and only leaves when it may."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from pairing_portal.accounts.models import Role
from pairing_portal.audit.models import Action, AuditEvent
from reports.access import Scope
from reports.actions import issue_attachment
from reports.exports.attachments import ATTACHMENTS
from reports.models import Edition, Export
from tests.builders import make_district, make_user
from tests.reports.sheets import AT, issue, printed
from tests.reports.town import AFTER, BEFORE, Town


def test_export_keeps_who_what_when_why_and_the_hash(town: Town) -> None:
    file = issue(town.office, 1, Edition.FULL, BEFORE, today=AFTER)
    export = Export.objects.get()
    assert (export.created_by, export.attachment, export.edition) == (town.office, 1, "full")
    assert (export.year, export.as_of, export.row_count) == (2018, BEFORE, 1)
    assert export.reason == "报送县教育扶贫办公室"
    assert export.file_hash == sha256(file.content).hexdigest()


def test_export_is_logged_with_its_count_and_reason(town: Town) -> None:
    issue(town.office, 3, Edition.FULL, AFTER)
    event = AuditEvent.objects.get(action=Action.EXPORTED)
    assert (event.actor, event.count, event.reason) == (town.office, 3, "报送县教育扶贫办公室")
    assert event.subject_id == str(Export.objects.get().public_id)


def test_numbers_run_on_within_district_and_year(town: Town) -> None:
    elsewhere = make_user(Role.OFFICE, district=make_district())
    numbers = [issue(town.office, kind, Edition.SCHOOL, AFTER).export.number for kind in (1, 3)]
    later = issue(town.office, 1, Edition.SCHOOL, AFTER.replace(year=2019)).export.number
    foreign = issue(elsewhere, 1, Edition.SCHOOL, AFTER).export.number
    home = f"D{town.district.pk}"
    assert [*numbers, later] == [f"{home}-2018-0001", f"{home}-2018-0002", f"{home}-2019-0001"]
    assert foreign == f"D{elsewhere.district_id}-2018-0001"


def test_equal_data_give_equal_bytes_but_for_the_mark(town: Town) -> None:
    first = issue(town.office, 1, Edition.SCHOOL, AFTER)
    Export.objects.all().delete()
    assert issue(town.office, 1, Edition.SCHOOL, AFTER).content == first.content


@pytest.mark.parametrize("edition", [Edition.FULL, Edition.NOTICE])
def test_edition_without_what_it_asks_for_is_refused(town: Town, edition: Edition) -> None:
    scope = Scope(town.office, AFTER, 2018, AFTER)
    with pytest.raises(ValidationError):
        issue_attachment(attachment=ATTACHMENTS[Export.Attachment(1)], edition=edition, scope=scope, at=AT)
    assert not Export.objects.exists()


def test_person_without_a_district_is_refused(town: Town) -> None:
    scope = Scope(make_user(Role.ADMIN), AFTER, 2018, AFTER)
    with pytest.raises(ValidationError, match="学区"):
        issue_attachment(
            attachment=ATTACHMENTS[Export.Attachment(1)], edition=Edition.SCHOOL, scope=scope, at=AT
        )


def test_file_is_written_anew_when_its_number_was_taken_meanwhile(town: Town) -> None:
    attachment = ATTACHMENTS[Export.Attachment(1)]

    def lines_while_another_exports(scope: Scope) -> Sequence[Any]:
        return InTheMeantime(attachment.lines(scope), town)

    slow = replace(attachment, lines=lines_while_another_exports)
    scope = Scope(town.office, AFTER, 2018, AFTER)
    file = issue_attachment(attachment=slow, edition=Edition.SCHOOL, scope=scope, at=AT)
    numbers = [export.number[-4:] for export in Export.objects.order_by("pk")]
    assert numbers == ["0001", "0002"]
    assert file.export.number.endswith("0002")
    assert "0002" in printed(file.content).text


class InTheMeantime(list[Any]):
    """Lines during whose first writing somebody else's export comes in."""

    def __init__(self, lines: Sequence[Any], town: Town) -> None:
        super().__init__(lines)
        self.town: Town | None = town

    def __iter__(self) -> Iterator[Any]:
        town, self.town = self.town, None
        if town is not None:
            issue(town.office, 3, Edition.SCHOOL, AFTER)
        return super().__iter__()
