"""A decision is taken back whole while nothing later has touched its rows; else the rows are named."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pairing_portal.accounts.models import Role, User
from pairing_portal.audit.models import Action, AuditEvent
from pairing_portal.lib.models import Row
from pairing_portal.undo.actions import problem_of, undo
from pairing_portal.undo.journal import Journal
from pairing_portal.undo.models import ChangeSet, Kind, TableChange
from students.models import Enrolment, Household, RegisterEntry, Student
from tests.builders import (
    TODAY,
    make_class,
    make_district,
    make_entry,
    make_household,
    make_student,
    make_teacher,
    make_user,
    make_visit,
)
from tests.undo.dumps import dump

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 5, 10, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def pupil() -> Student:
    """A pupil with everything filled in."""
    return make_student(name="折小雨")


@pytest.fixture
def office(pupil: Student) -> User:
    """Somebody of the pupil's office."""
    return make_user(Role.OFFICE, district=pupil.district)


def opened(office: User, kind: Kind = Kind.IMPORTED, about: tuple[Row, ...] = ()) -> Journal:
    assert office.district is not None
    return Journal.open(
        district=office.district, kind=kind, title="2018 年附件1", by=office, today=TODAY, about=about
    )


def rename(pupil: Student, name: str, office: User) -> ChangeSet:
    """Change the pupil's name and ID number, and keep that it can be undone."""
    pupil.refresh_from_db()
    journal = opened(office)
    columns = ["name", "id_number", "id_number_index"]
    journal.changing([pupil], columns)
    pupil.name, pupil.id_number = name, "610899201003159018"
    pupil.version += 1
    pupil.save(update_fields=[*columns, "version"])
    return journal.close()


def move_house(pupil: Student, office: User) -> ChangeSet:
    """Make a household and put the pupil into it."""
    pupil.refresh_from_db()
    journal = opened(office)
    home = Household(district=pupil.district, head_name="折守业")
    journal.created([home])
    home.save()
    journal.changing([pupil], ["household"])
    pupil.household = home
    pupil.version += 1
    pupil.save(update_fields=["household", "version"])
    return journal.close()


def test_undo_restores_what_was_written_over_byte_for_byte(pupil: Student, office: User) -> None:
    before = dump()
    change_set = rename(pupil, "折大雨", office)
    undo(change_set=change_set, by=office, now=NOW)
    assert dump() == before


def test_undo_deletes_what_was_made_even_where_a_changed_row_pointed_at_it(
    pupil: Student, office: User
) -> None:
    before = dump()
    change_set = move_house(pupil, office)
    undo(change_set=change_set, by=office, now=NOW)
    assert dump() == before


def test_undo_moves_the_version_on_so_that_no_open_form_overwrites_the_row(
    pupil: Student, office: User
) -> None:
    undo(change_set=rename(pupil, "折大雨", office), by=office, now=NOW)
    pupil.refresh_from_db()
    assert pupil.version == 3


def test_undo_takes_back_one_row_changed_in_two_steps(pupil: Student, office: User) -> None:
    before = dump()
    with opened(office) as journal:
        for name in ("折大雨", "折中雨"):
            journal.changing([pupil], ["name"])
            pupil.name = name
            pupil.version += 1
            pupil.save(update_fields=["name", "version"])
    undo(change_set=journal.change_set, by=office, now=NOW)
    assert dump() == before


def test_undone_one_after_the_other_in_reverse_nothing_is_left(pupil: Student, office: User) -> None:
    before = dump()
    made = [rename(pupil, "折大雨", office), move_house(pupil, office), rename(pupil, "折中雨", office)]
    for change_set in reversed(made):
        undo(change_set=change_set, by=office, now=NOW)
    assert dump() == before


def test_undo_of_the_earlier_one_first_is_refused_by_name(pupil: Student, office: User) -> None:
    first = rename(pupil, "折大雨", office)
    rename(pupil, "折中雨", office)
    before = dump()
    with pytest.raises(ValidationError, match="折中雨（学生）在这之后又有变动"):
        undo(change_set=first, by=office, now=NOW)
    assert dump() == before


def test_undo_is_refused_where_somebody_corrected_a_row_between_two_change_sets(
    pupil: Student, office: User
) -> None:
    first = rename(pupil, "折大雨", office)
    Student.objects.update(village="王家墕村", version=3)
    undo(change_set=rename(pupil, "折中雨", office), by=office, now=NOW)
    with pytest.raises(ValidationError, match="折大雨（学生）"):
        undo(change_set=first, by=office, now=NOW)


def test_undo_names_a_new_row_on_which_something_hangs(office: User) -> None:
    with opened(office) as journal:
        pupil = make_student(make_class(), name="折小雨")
        journal.created([pupil])
        journal.created([pupil.enrolments.get()])
    make_visit(pupil, make_teacher())
    with pytest.raises(ValidationError, match="折小雨（学生，已有家访记录）在这之后又有变动"):
        undo(change_set=journal.change_set, by=office, now=NOW)
    assert Student.objects.filter(pk=pupil.pk).exists()


def test_undo_names_five_rows_and_counts_the_others(office: User) -> None:
    pupils = [make_student(name=f"折{number}") for number in range(7)]
    journal = opened(office)
    journal.changing(pupils, ["village"])
    journal.close()
    with pytest.raises(ValidationError, match=r"折0（学生）.*折4（学生）等 7 条"):
        undo(change_set=journal.change_set, by=office, now=NOW)


def test_undo_is_refused_where_a_later_row_has_taken_the_place(pupil: Student, office: User) -> None:
    place = Enrolment.objects.get(student=pupil)
    journal = opened(office)
    journal.changing([place], ["ended_on", "end_reason"])
    Enrolment.objects.update(ended_on=TODAY, end_reason="transferred", version=2)
    journal.close()
    Enrolment.objects.create(student=pupil, school_class=place.school_class, started_on=TODAY)
    before = dump()
    with pytest.raises(ValidationError, match=r"折小雨 · .*已有新的登记"):
        undo(change_set=journal.change_set, by=office, now=NOW)
    assert dump() == before


def test_undo_is_refused_where_the_days_of_a_later_row_would_be_shared(pupil: Student, office: User) -> None:
    entry = make_entry(pupil)
    journal = opened(office)
    journal.changing([entry], ["ended_on", "end_reason"])
    RegisterEntry.objects.update(ended_on=date(2018, 4, 1), end_reason="recovered", version=2)
    journal.close()
    make_entry(pupil, listed_on=date(2018, 4, 2), ended_on=date(2018, 5, 2), end_reason="mistake")
    with pytest.raises(ValidationError, match="不能恢复：该生到 2018年5月2日为止在"):
        undo(change_set=journal.change_set, by=office, now=NOW)


def test_undo_twice_is_undone_once(pupil: Student, office: User) -> None:
    change_set = rename(pupil, "折大雨", office)
    first = undo(change_set=change_set, by=office, now=NOW)
    again = undo(change_set=change_set, by=make_user(district=office.district), now=NOW + timedelta(hours=1))
    assert (again.undone_at, again.undone_by) == (first.undone_at, office)
    assert AuditEvent.objects.get(action=Action.UNDONE).subject_id == str(change_set.public_id)


@pytest.mark.parametrize(
    ("kind", "days"), [(Kind.IMPORTED, 29), (Kind.YEAR_TURNED, 29), (Kind.HANDED_OVER, 0)]
)
def test_undo_ends_with_the_last_day_of_its_kind(office: User, kind: Kind, days: int) -> None:
    change_set = opened(office, kind).close()
    last = datetime(2018, 5, 10, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=days)
    assert problem_of(change_set, last.date()) == ""
    with pytest.raises(ValidationError, match="已过可撤销期限"):
        undo(change_set=change_set, by=office, now=last + timedelta(minutes=1))
    undo(change_set=change_set, by=office, now=last)


def test_former_contents_are_wiped_once_undone_and_once_too_late(pupil: Student, office: User) -> None:
    undone, late = rename(pupil, "折大雨", office), move_house(pupil, office)
    ChangeSet.objects.filter(pk=late.pk).update(expires_on=TODAY)
    opened(office)
    assert [change.content for change in late.steps.all()] == ["", ""]
    ChangeSet.objects.filter(pk=undone.pk).update(expires_on=TODAY + timedelta(days=1))
    Student.objects.update(version=undone.steps.get().version + 1)
    undo(change_set=undone, by=office, now=NOW)
    assert not TableChange.objects.exclude(content=None).exists()


def test_undo_takes_as_many_queries_for_forty_rows_as_for_two(office: User) -> None:
    assert _queries(office, 2) == _queries(office, 40)


def _queries(office: User, count: int) -> int:
    homes = [make_household(make_district(), head_name=f"户{number}") for number in range(count)]
    with opened(office) as journal:
        journal.created(homes)
        journal.changing([make_student() for _ in range(count)], ["village"])
        Student.objects.update(version=2)
    with CaptureQueriesContext(connection) as captured:
        undo(change_set=journal.change_set, by=office, now=NOW)
    Student.objects.update(version=1)
    return len(captured)
