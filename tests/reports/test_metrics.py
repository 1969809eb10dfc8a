"""The numbers of a desk, and a teacher's pupils in the order they should be visited."""

from datetime import date

from pairing_portal.accounts.models import Role, School, Teacher
from reports.access import Scope
from reports.metrics import class_pupils, desk_numbers, led_class_names, own_pupils
from students.models import SchoolClass
from tests.builders import make_entry, make_pairing, make_student, make_user, make_visit
from tests.reports.town import AFTER, Town

TODAY = date(2018, 7, 1)


def _scope(town: Town, *roles: Role, name: str) -> Scope:
    teacher = Teacher.objects.get(name=name)
    teacher.user = make_user(*roles, district=town.district)
    teacher.save(update_fields=["user"])
    return Scope(teacher.user, TODAY, 2018, TODAY)


def _values(scope: Scope) -> dict[str, int]:
    return {number.code: number.value for number in desk_numbers(scope)}


def test_numbers_count_listed_paired_and_recorded(town: Town) -> None:
    make_entry(make_student(SchoolClass.objects.get(school__name="九年制学校"), name="新列入"))
    teacher = town.filed.pairings.latest("started_on").teacher
    for day in (AFTER, date(2017, 12, 31), date(2018, 6, 1)):
        make_visit(town.filed, teacher, visited_on=day)
    scope = Scope(town.office, TODAY, 2018, TODAY)
    assert _values(scope) == {"listed": 3, "paired": 2, "unpaired": 1, "recorded": 2}
    assert desk_numbers(scope)[0].note == "县乡建档立卡 2，学区认定 1"
    assert desk_numbers(scope)[3].note == "涉及在册学生 1 人"


def test_school_head_counts_the_own_school_only(town: Town) -> None:
    scope = _scope(town, Role.SCHOOL, name="折建国")
    assert _values(scope) == {"listed": 0, "paired": 0, "unpaired": 0, "recorded": 0}
    assert desk_numbers(scope)[2].word == "还没有名册"
    assert _values(_scope(town, Role.SCHOOL, name="杜文")) == {
        "listed": 2,
        "paired": 2,
        "unpaired": 0,
        "recorded": 0,
    }


def test_own_pupils_stand_longest_silent_first_with_open_promises(town: Town) -> None:
    scope = _scope(town, Role.TEACHER, name="杜文")
    teacher = Teacher.objects.get(name="杜文")
    met = make_student(SchoolClass.objects.get(school__name="中心小学"), name="刚见过")
    make_pairing(met, teacher)
    make_visit(met, teacher, visited_on=date(2018, 6, 25))
    promise = make_visit(town.filed, teacher, visited_on=date(2018, 4, 1), follow_up_on=date(2018, 4, 9))
    cards = own_pupils(scope, teacher)
    assert [card.student.name for card in cards] == ["=1+1", "苗沐阳", "刚见过"]
    assert [card.silence for card in cards] == ["还没有记录", "91 天前", "6 天前"]
    assert [card.kind for card in cards] == ["attention", "attention", "ok"]
    assert [card.promises for card in cards] == [(), (promise,), ()]
    assert cards[1].place == "九年制学校 五年级2班"


def test_class_pupils_are_the_listed_others_of_the_class(town: Town) -> None:
    scope = _scope(town, Role.TEACHER, name="杜文")
    far = SchoolClass.objects.get(school__name="九年制学校")
    listed = make_student(far, name="同班在册")
    make_entry(listed)
    make_student(far, name="同班不在册")
    teacher = Teacher.objects.get(name="杜文")
    assert [card.student for card in class_pupils(scope, teacher)] == [listed]
    assert led_class_names(teacher, TODAY) == "五年级2班"


def test_former_teacher_has_no_pupil_left(town: Town) -> None:
    scope = _scope(town, Role.TEACHER, name="折建国")
    assert own_pupils(scope, Teacher.objects.get(name="折建国")) == []
    assert School.objects.filter(district=town.district).count() == 2
