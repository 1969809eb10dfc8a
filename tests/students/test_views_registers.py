"""Register entries by hand: listed, corrected, moved to the other register, taken off."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.audit.models import Action, AuditEvent
from students.actions.registers import list_student
from students.models import Register, RegisterEntry, Student
from tests.builders import make_entry, make_student
from tests.students.conftest import World


def new_page(student: Student, register: str) -> str:
    """The address that lists the pupil on a register."""
    return f"{reverse('register_entry_new', args=[student.public_id])}?register={register}"


def county(**values: object) -> dict[str, object]:
    """What the page of the county-filed register sends."""
    today = timezone.localdate()
    return {
        "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a31",
        "listed_on": today.isoformat(),
        "relation_to_head": "子",
        "household_status": "脱贫户" if today.year > 2020 else "未脱贫",
        **values,
    }


def district(**values: object) -> dict[str, object]:
    """What the page of the district's own register sends."""
    return {
        "submission_id": "0d2f7c1e-4a3b-4a39-9c61-0f4b5c0f8a32",
        "listed_on": timezone.localdate().isoformat(),
        "main_type": "单亲家庭",
        "situation": "随祖母生活。",
        **values,
    }


def test_entry_is_made_once_with_its_facts(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    for _ in range(2):
        assert office.post(new_page(student, "county_filed"), county()).status_code == 302
    entry = RegisterEntry.objects.get()
    assert (entry.year, entry.relation_to_head) == (timezone.localdate().year, "子")
    event = AuditEvent.objects.get(action=Action.CREATED)
    assert "household_status" in event.fields


def test_entry_of_a_special_family_needs_no_grade_but_hardship_does(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    page = new_page(student, "district_recognised")
    assert "请选择困难等级" in office.post(page, district(main_type="孤儿")).text
    assert office.post(page, district()).status_code == 302


def test_entry_days_stay_within_the_year_and_the_past(world: World, office: Client) -> None:
    student = make_student(world.school_class)
    today = timezone.localdate()
    page = new_page(student, "county_filed")
    assert "不能晚于今天" in office.post(page, county(listed_on=(today + timedelta(1)).isoformat())).text
    last_year = date(today.year - 1, 12, 31).isoformat()
    assert f"应在 {today.year} 年之内" in office.post(page, county(listed_on=last_year)).text


def test_entry_moves_to_the_other_register_on_one_day(world: World, office: Client) -> None:
    today = timezone.localdate()
    student = make_student(world.school_class)
    former = make_entry(
        student, year=today.year, register=Register.DISTRICT_RECOGNISED, listed_on=date(today.year, 1, 1)
    )
    page = new_page(student, "county_filed")
    assert "转入另一名册" in office.get(page).text
    office.post(page, county())
    former.refresh_from_db()
    assert (former.ended_on, former.end_reason) == (today, "moved")
    assert RegisterEntry.objects.listed(today.year, today).get().register == Register.COUNTY_FILED


def test_entry_on_the_same_register_is_not_doubled(world: World, office: Client) -> None:
    today = timezone.localdate()
    student = make_student(world.school_class)
    entry = make_entry(student, year=today.year, listed_on=date(today.year, 1, 1))
    office.post(new_page(student, "county_filed"), county())
    assert RegisterEntry.objects.get() == entry
    again = RegisterEntry(student=student, year=today.year, register=entry.register, listed_on=today)
    with pytest.raises(ValidationError, match="不用重复列入"):
        list_student(entry=again, by=world.office)


def test_entry_days_may_not_overlap_those_on_the_other_register(world: World) -> None:
    student = make_student(world.school_class)
    make_entry(student, ended_on=date(2018, 6, 1), end_reason="mistake")
    early = RegisterEntry(
        student=student, year=2018, register=Register.DISTRICT_RECOGNISED, listed_on=date(2018, 5, 31)
    )
    with pytest.raises(ValidationError, match="不能重叠"):
        list_student(entry=early, by=world.office)
    early.listed_on = date(2018, 6, 1)
    assert list_student(entry=early, by=world.office).pk


def test_entry_edit_shows_both_texts_where_two_people_edited(world: World, office: Client) -> None:
    today = timezone.localdate()
    entry = make_entry(make_student(world.school_class), year=today.year, listed_on=date(today.year, 1, 1))
    page = reverse("register_entry_edit", args=[entry.public_id])
    first = county(version=1, remark="甲的备注", listed_on=entry.listed_on.isoformat())
    assert office.post(page, first).status_code == 302
    answer = office.post(page, {**first, "remark": "乙的备注"})
    assert "甲的备注" in answer.text
    assert "乙的备注" in answer.text
    entry.refresh_from_db()
    assert entry.remark == "甲的备注"


def test_entry_edit_keeps_words_that_went_out_of_use(world: World, office: Client) -> None:
    today = timezone.localdate()
    entry = make_entry(
        make_student(world.school_class), year=today.year, listed_on=today, household_status="返贫"
    )
    assert "返贫" in office.get(reverse("register_entry_edit", args=[entry.public_id])).text


def test_entry_ends_with_day_and_reason(world: World, office: Client) -> None:
    today = timezone.localdate()
    entry = make_entry(make_student(world.school_class), year=today.year, listed_on=date(today.year, 1, 1))
    page = reverse("register_entry_end", args=[entry.public_id])
    assert office.post(page, {"on": today.isoformat()}).status_code == 200
    assert office.post(page, {"on": today.isoformat(), "reason": "recovered"}).status_code == 302
    assert "已经从这个名册移出" in office.post(page, {"on": today.isoformat(), "reason": "recovered"}).text


def test_entries_of_other_districts_are_404(world: World, office: Client, teacher: Client) -> None:
    entry = make_entry(make_student(world.elsewhere))
    for name in ("register_entry_edit", "register_entry_end"):
        assert office.get(reverse(name, args=[entry.public_id])).status_code == 404
        assert teacher.get(reverse(name, args=[entry.public_id])).status_code == 404
