"""What is odd about a list is said before it is sent, with names, and never stops it."""

from typing import Any

from reports.access import Scope
from reports.exports.attachments import ATTACHMENTS
from reports.models import Export
from reports.rules.attachments import checks
from reports.rules.todos import Todo
from students.models import RegisterEntry
from tests.builders import make_class, make_entry, make_pairing, make_school, make_student, make_teacher
from tests.reports.town import AFTER, Town


def _checks(town: Town, kind: int) -> dict[str, Todo]:
    attachment = ATTACHMENTS[Export.Attachment(kind)]
    scope = Scope(town.office, AFTER, 2018, AFTER)
    return {check.title: check for check in checks(attachment, attachment.lines(scope), scope)}


def _listed(town: Town, name: str, **facts: Any) -> Any:
    student = make_student(make_class(make_school(town.district)), name=name)
    make_entry(student, **facts)
    return student


def _names(check: Todo) -> list[str]:
    return [name.words for name in check.names]


def test_complete_list_has_nothing_to_check(town: Town) -> None:
    assert _checks(town, 1) == {}


def test_listed_pupil_without_teacher_is_named_with_the_page_that_helps(town: Town) -> None:
    student = _listed(town, "无人帮")
    check = _checks(town, 1)["还没有帮扶教师"]
    assert _names(check) == ["无人帮"]
    assert check.names[0].url == student.get_absolute_url()
    assert (check.level, check.url) == ("fail", "/pairings/gaps/")


def test_pupil_on_both_registers_is_named_on_both_lists(town: Town) -> None:
    student = _listed(town, "两边列")
    RegisterEntry.objects.filter(student=student).update(ended_on="2018-12-01", end_reason="moved")
    make_entry(student, register="district_recognised")
    for kind in (1, 2):
        assert _names(_checks(town, kind)["同一天列在两个名册上，请移出其中一个"]) == ["两边列"]


def test_blank_compulsory_cells_are_told_column_by_column(town: Town) -> None:
    assert _names(_checks(town, 2)["缺身份证号"]) == ["=1+1"]
    assert _names(_checks(town, 2)["缺学籍号"]) == ["=1+1"]
    assert "缺困难等级" not in _checks(town, 2)


def test_special_family_needs_no_grade_of_hardship(town: Town) -> None:
    for name, types in (("单亲甲", "单亲家庭"), ("孤儿乙", "孤儿")):
        _listed(town, name, register="district_recognised", main_type=types, grade="")
    assert _names(_checks(town, 2)["缺困难等级"]) == ["孤儿乙"]


def test_kindergarten_needs_no_student_number(town: Town) -> None:
    small = make_class(make_school(town.district), stage="preschool", entry_year=2016)
    make_entry(make_student(small, name="大班娃", student_number=""))
    assert "缺学籍号" not in _checks(town, 1)


def test_pupil_who_left_school_is_named(town: Town) -> None:
    _listed(town, "已离校").enrolments.update(ended_on=AFTER, end_reason="transferred")
    old = make_class(make_school(town.district), entry_year=2010)
    make_entry(make_student(old, name="已毕业"))
    assert set(_names(_checks(town, 1)["这一天不在读或班级已毕业，请办理离校或移出名册"])) == {
        "已离校",
        "已毕业",
    }


def test_paired_pupil_on_no_register_is_named(town: Town) -> None:
    student = make_student(make_class(make_school(town.district)), name="名外生")
    make_pairing(student, make_teacher(student.enrolments.get().school_class.school, phone="1"), focus=())
    found = _checks(town, 3)
    assert _names(found["有帮扶教师，但不在本年度名册上"]) == ["名外生"]
    assert _names(found["缺帮扶重点"]) == ["名外生"]


def test_missing_fact_of_a_teacher_names_the_teacher(town: Town) -> None:
    teacher = make_teacher(make_school(town.district), name="没电话", phone="")
    make_pairing(town.filed, teacher)
    check = _checks(town, 3)["教师缺联系电话"]
    assert (_names(check), check.unit) == (["没电话"], "位教师")
