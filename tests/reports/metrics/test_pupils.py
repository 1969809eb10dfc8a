"""A teacher's pupils in the order they should be visited, and a class with its gaps first."""

from datetime import date

from pairing_portal.accounts.models import Role, School, Teacher
from reports.access import Scope
from reports.metrics.pupils import class_pupils, led_classes, own_pupils, pupils_of_class
from students.models import SchoolClass
from tests.builders import make_entry, make_pairing, make_student, make_user, make_visit
from tests.reports.town import Town

TODAY = date(2018, 7, 1)


def _scope(town: Town, *roles: Role, name: str) -> Scope:
    teacher = Teacher.objects.get(name=name)
    teacher.user = make_user(*roles, district=town.district)
    teacher.save(update_fields=["user"])
    return Scope(teacher.user, TODAY, 2018, TODAY)


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
    assert led_classes(teacher, TODAY) == [far]


def test_former_teacher_has_no_pupil_left(town: Town) -> None:
    scope = _scope(town, Role.TEACHER, name="折建国")
    assert own_pupils(scope, Teacher.objects.get(name="折建国")) == []
    assert School.objects.filter(district=town.district).count() == 2


def test_class_shows_gaps_then_the_longest_silent_with_anybodys_promise(town: Town) -> None:
    far = SchoolClass.objects.get(school__name="九年制学校")
    make_entry(make_student(far, name="没有教师"))
    make_student(far, name="不在册")
    promise = make_visit(
        town.filed,
        Teacher.objects.get(name="单秀英"),
        visited_on=date(2018, 6, 20),
        follow_up_on=date(2018, 6, 25),
    )
    cards = pupils_of_class(_scope(town, Role.TEACHER, name="杜文"), far)
    assert [card.student.name for card in cards] == ["没有教师", "=1+1", "苗沐阳"]
    assert [card.helpers for card in cards] == ["", "杜文", "单秀英、杜文"]
    assert cards[2].promises == (promise,)
    assert cards[2].boarding == "住校"
    assert all(card.can_record for card in cards)


def test_class_lets_only_those_record_who_may(town: Town) -> None:
    far = SchoolClass.objects.get(school__name="九年制学校")
    leader = make_user(Role.LEADER, district=town.district)
    for user, may in ((town.office, True), (leader, False)):
        cards = pupils_of_class(Scope(user, TODAY, 2018, TODAY), far)
        assert {card.can_record for card in cards} == {may}
