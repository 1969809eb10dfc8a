"""What a list said and what was corrected here are kept apart: no list erases a correction unasked."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pairing_portal.accounts.models import User
from pairing_portal.lib.identifiers import make_resident_id
from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from students.imports.previews import ShownRow
from students.models import Enrolment, Household, RegisterEntry, RosterImport, Student
from tests.builders import make_class
from tests.students.rosters import (
    BOY,
    DAY_2019,
    GIRL,
    HEADER,
    OTHER,
    SCHOOL,
    again,
    bring_in,
    confirm,
    make_office,
    preview_of,
    receive,
    row,
    school_named,
)

pytestmark = pytest.mark.django_db
FIRST, LOCAL, NEXT = "13900000000", "13911111111", "13922222222"


@pytest.fixture
def clerk() -> User:
    """Somebody of an office whose district has the sample schools."""
    return make_office()[1]


def listed(*rows: list[Any], header: list[str] | None = None) -> Workbook:
    """A list as the reader hands it on."""
    cells = tuple(tuple(cell or None for cell in each) for each in rows)
    return Workbook((Sheet("名单", True, (tuple(header or HEADER), *cells)),))


def correct(**facts: Any) -> Student:
    """What the pupil's page does."""
    pupil = Student.objects.get(name="折小雨")
    for name, value in facts.items():
        setattr(pupil, name, value)
    pupil.version += 1
    pupil.save()
    return pupil


def shown(roster: RosterImport) -> ShownRow:
    """The first row of the preview."""
    return preview_of(roster).rows[0]


def phone() -> str:
    """What is on record."""
    return Student.objects.get(name="折小雨").guardian_phone


def test_list_that_still_says_the_same_keeps_the_correction_and_says_so(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    correct(guardian_phone=LOCAL)
    roster = receive(listed(row()), clerk)
    kept = shown(roster).corrections[0]
    assert (kept.label, kept.old, kept.new) == ("联系电话", FIRST, LOCAL)
    assert (shown(roster).state, roster.counts["kept"]) == ("unchanged", 1)
    confirm(roster, clerk)
    assert phone() == LOCAL


def test_what_only_the_list_changed_is_taken_over(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    roster = bring_in(listed(row(联系电话=NEXT)), clerk)
    assert (roster.counts["changed"], phone()) == (1, NEXT)


def test_change_on_both_sides_is_asked_and_kept_until_somebody_chooses(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    correct(guardian_phone=LOCAL)
    roster = receive(listed(row(联系电话=NEXT)), clerk)
    question = shown(roster).questions[0]
    assert (question.local, question.before, question.read) == (LOCAL, FIRST, NEXT)
    assert (roster.counts["asked"], roster.counts["changed"]) == (1, 0)
    confirm(roster, clerk)
    assert phone() == LOCAL
    assert bring_in(listed(row(联系电话=NEXT)), clerk).counts["asked"] == 0
    assert phone() == LOCAL


def test_clerk_takes_what_the_list_says(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    correct(guardian_phone=LOCAL)
    roster = receive(listed(row(联系电话=NEXT)), clerk)
    roster = again(roster, takes=[shown(roster).questions[0].choice])
    assert [change.new for change in shown(roster).changes] == [NEXT]
    confirm(roster, clerk)
    assert phone() == NEXT
    assert bring_in(listed(row(联系电话=FIRST)), clerk).counts["changed"] == 1


def test_pupils_from_before_are_updated_once_as_ever(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    Student.objects.update(received="", guardian_phone=LOCAL)
    assert bring_in(listed(row(联系电话=NEXT)), clerk).counts["changed"] == 1
    correct(guardian_phone=LOCAL)
    assert bring_in(listed(row(联系电话=NEXT)), clerk).counts["kept"] == 1


def test_fact_no_list_named_is_not_filled_over(clerk: User) -> None:
    bring_in(listed(row(联系电话="")), clerk)
    correct(guardian_phone=LOCAL)
    assert shown(receive(listed(row(联系电话=NEXT)), clerk)).questions[0].before == ""


def test_list_that_says_what_was_corrected_does_not_make_it_the_lists(clerk: User) -> None:
    """Our own export, brought in again, leaves corrections what they are."""
    bring_in(listed(row()), clerk)
    correct(guardian_phone=LOCAL)
    assert bring_in(listed(row(联系电话=LOCAL)), clerk).counts["unchanged"] == 1
    bring_in(listed(row(联系电话=FIRST)), clerk)
    assert phone() == LOCAL


def test_corrected_id_number_is_kept_and_its_pupil_still_found(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    correct(id_number=OTHER)
    roster = bring_in(listed(row(), row("单秀", GIRL)), clerk)
    assert (roster.counts["new"], roster.counts["kept"], roster.counts["refused"]) == (1, 1, 0)
    assert Student.objects.get(name="折小雨").id_number == OTHER
    asked = receive(listed(row(number=make_resident_id("610899", DAY_2019.replace(2010), 7))), clerk)
    assert BOY not in asked.preview + str(asked.school_choices)


def test_received_numbers_are_kept_by_their_index_alone(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    pupil = Student.objects.get()
    assert json.loads(pupil.received)["id_number"] == pupil.id_number_index
    assert BOY not in pupil.received


def test_class_corrected_here_stays_while_the_list_says_the_former(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    other = make_class(school_named(SCHOOL), entry_year=2017, number=7)
    Enrolment.objects.update(school_class=other)
    assert bring_in(listed(row()), clerk).counts["kept"] == 1
    asked = shown(receive(listed(row(班级="3班")), clerk)).questions[0]
    assert (asked.label, asked.local, asked.read) == (
        "学校和班级",
        f"{SCHOOL}一年级7班",
        f"{SCHOOL}一年级3班",
    )
    assert Enrolment.objects.get(ended_on=None).school_class == other


def test_class_after_a_promotion_is_the_lists_own(clerk: User) -> None:
    bring_in(listed(row(学校="麻镇中心幼儿园", 年级="大班")), clerk)
    assert bring_in(listed(row()), clerk, on=DAY_2019).counts["promoted"] == 1
    later = receive(listed(row(班级="2班")), clerk, on=DAY_2019.replace(month=4))
    assert (shown(later).state, shown(later).questions) == ("changed", ())


def test_corrected_entry_is_carried_into_the_next_year(clerk: User) -> None:
    bring_in(listed(row()), clerk)
    RegisterEntry.objects.update(household_status="返贫")
    bring_in(listed(row(年级="二年级")), clerk, on=DAY_2019)
    assert RegisterEntry.objects.get(year=2019).household_status == "返贫"
    assert RegisterEntry.objects.get(year=2018).household_status == "返贫"


def test_corrected_head_of_a_household_stays_when_a_sibling_joins(clerk: User) -> None:
    family = {"户编号": "6100000001", "户主姓名": "王大"}
    bring_in(listed(row(**family)), clerk)
    Household.objects.update(head_name="王二")
    roster = bring_in(listed(row(**family), row("单秀", GIRL, **family)), clerk)
    assert (roster.counts["kept"], roster.counts["warned"]) == (1, 1)
    assert Household.objects.get().head_name == "王二"


def test_address_in_parts_is_kept_as_one_fact(clerk: User) -> None:
    header = [*HEADER, "乡镇", "村"]
    bring_in(listed([*row(), "麻镇", "王家墕村"], header=header), clerk)
    correct(village="李家沟村")
    roster = bring_in(listed([*row(), "麻镇", "王家墕村"], header=header), clerk)
    assert (roster.counts["kept"], Student.objects.get().village) == (1, "李家沟村")


FACTS = {
    "联系电话": ("guardian_phone", (FIRST, LOCAL, NEXT)),
    "监护人": ("guardian_name", ("王建国", "王建民", "李秀英")),
    "脱贫状态": ("household_status", ("未脱贫", "已脱贫", "返贫")),
}
edits = st.tuples(st.just("edit"), st.sampled_from([*FACTS]), st.integers(0, 2))
lists = st.tuples(
    st.just("list"),
    st.fixed_dictionaries({title: st.sampled_from([None, 0, 1, 2]) for title in FACTS}),
    st.sets(st.sampled_from([*FACTS])),
)


class Ledger:
    """What an attentive clerk would say stands on record, fact by fact."""

    def __init__(self) -> None:
        self.stored = {title: words[0] for title, (_, words) in FACTS.items()}
        self.said = dict(self.stored)

    def is_corrected(self, title: str) -> bool:
        """Whether somebody typed something else than the last list said."""
        return self.stored[title] != self.said[title]

    def hear(self, title: str, words: str | None, *, is_taken: bool) -> None:
        """A list says something of the fact; only a choice overrules a correction."""
        if words is None or (self.is_corrected(title) and words == self.stored[title]):
            return
        is_new = words != self.said[title]
        if not self.is_corrected(title) or (is_new and is_taken):
            self.stored[title] = words
        self.said[title] = words


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(edits, lists), max_size=6))
def test_no_correction_is_ever_lost_unless_the_clerk_chose(steps: list[Any]) -> None:
    _, clerk = make_office()
    bring_in(listed(row()), clerk)
    ledger = Ledger()
    for kind, *told in steps:
        (typed_in if kind == "edit" else brought_in)(ledger, clerk, *told)
        assert on_record(clerk) == ledger.stored


def typed_in(ledger: Ledger, clerk: User, title: str, choice: int) -> None:
    """A correction by hand."""
    name, words = FACTS[title]
    rows = (
        RegisterEntry.objects.filter(student__district=clerk.district)
        if name == "household_status"
        else Student.objects.filter(district=clerk.district)
    )
    rows.update(**{name: words[choice]})
    ledger.stored[title] = words[choice]


def brought_in(ledger: Ledger, clerk: User, said: dict[str, int | None], taken: set[str]) -> None:
    """A list, with the clerk's choice where one is asked for."""
    cells = {title: "" if choice is None else FACTS[title][1][choice] for title, choice in said.items()}
    roster = receive(listed(row(**cells)), clerk)
    asked = shown(roster).questions
    chosen = [question.choice for question in asked if _title(question.key) in taken]
    confirm(again(roster, takes=chosen), clerk)
    for title, words in cells.items():
        ledger.hear(title, words or None, is_taken=title in taken)


def _title(key: str) -> str:
    return next(title for title, (name, _) in FACTS.items() if name == key)


def on_record(clerk: User) -> dict[str, str]:
    """The facts as they stand."""
    pupil = Student.objects.get(district=clerk.district)
    entry = RegisterEntry.objects.get(student=pupil)
    return {
        title: getattr(entry if name == "household_status" else pupil, name)
        for title, (name, _) in FACTS.items()
    }
