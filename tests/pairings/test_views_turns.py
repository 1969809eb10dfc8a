"""The office turns the year: chooses, looks, confirms, and takes it back."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.lib.school_years import school_year
from pairings.models import Campaign, Way, YearTurn
from students.models import Enrolment, Student
from tests.builders import make_campaign, make_class, make_pairing, make_school, make_student
from tests.pairings.turning import TurningTown, make_town, place_of, to

pytestmark = pytest.mark.django_db
# The pages ask the clock, so the town is as many years younger as have passed since 2018.
YEARS = school_year(timezone.localdate()) - 2018


@pytest.fixture
def town() -> TurningTown:
    """The town as it stands this September."""
    town = make_town()
    for school in (town.kindergarten, town.primary, town.through):
        for school_class in school.classes.all():
            school_class.entry_year += YEARS
            school_class.save()
    for school_class in (town.oldest, town.sixth, town.ninth, town.third):
        school_class.refresh_from_db()
    return town


@pytest.fixture
def office(client: Client, town: TurningTown) -> Client:
    """The office, signed in."""
    client.force_login(town.office)
    return client


def begun(office: Client) -> YearTurn:
    """Press the button that begins it."""
    answer = office.post(reverse("year_turn_new"), {"submission_id": str(uuid4())})
    turn: YearTurn = YearTurn.objects.open().get()
    assert answer["Location"] == reverse("year_turn_edit", args=[turn.public_id])
    return turn


def address(name: str, turn: YearTurn) -> str:
    return reverse(f"year_turn_{name}", args=[turn.public_id])


def post(office: Client, name: str, turn: YearTurn, query: str = "", **data: Any) -> str:
    """Send one of the turn's forms and read the page that follows."""
    return office.post(f"{address(name, turn)}{query}", data, follow=True).content.decode()


def filled(office: Client, turn: YearTurn) -> dict[str, Any]:
    """The form of the classes as the page fills it in."""
    form = office.get(address("edit", turn)).context["form"]
    return {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}


def test_start_page_says_what_waits(office: Client, town: TurningTown) -> None:
    make_student(town.sixth)
    page = office.get(reverse("year_turn_list")).content.decode()
    assert "1 个班的 1 名学生读完了最后一个年级" in page
    assert "中心小学六年级1班 1 人" in page
    assert "年度活动还没有建立" in page


def test_start_page_without_anything_to_do_says_when_to_come_back(office: Client, town: TurningTown) -> None:
    year = timezone.localdate().year
    make_campaign(town.district, year)
    make_campaign(town.district, year + 1)
    assert "现在没有要办的" in office.get(reverse("year_turn_list")).content.decode()


def test_start_page_says_when_the_year_has_been_turned(office: Client, town: TurningTown) -> None:
    year = timezone.localdate().year
    make_campaign(town.district, year)
    make_campaign(town.district, year + 1)
    make_student(town.ninth)
    post(office, "confirm", begun(office))
    assert "本学年的升级已经办理" in office.get(reverse("year_turn_list")).content.decode()


def test_class_is_sent_on_and_the_year_is_turned_back(office: Client, town: TurningTown) -> None:
    pupil, today = make_student(town.sixth, name="折小雨"), timezone.localdate()
    make_pairing(pupil, town.teacher)
    turn = begun(office)
    preview = post(office, "edit", turn, **filled(office, turn))
    assert "九年制学校 七年级1班（新建）" in preview
    assert "折建国 <span" in preview
    assert "学年升级已办理" in post(office, "confirm", turn)
    assert place_of(pupil, today) == ("九年制学校", "七年级1班")
    assert "1 名学生回到原来的班级" in office.get(address("undo", turn)).content.decode()
    assert "恢复到办理之前" in post(office, "undo", turn)
    assert Enrolment.objects.open().get(student=pupil).school_class == town.sixth


def test_class_without_a_choice_is_asked_for(office: Client, town: TurningTown) -> None:
    make_class(make_school(town.district), entry_year=2018 + YEARS, number=1)
    make_student(town.oldest)
    turn = begun(office)
    assert "请选择中心幼儿园 大班1班。" in post(office, "edit", turn, **filled(office, turn))


def test_class_of_another_district_cannot_be_chosen(office: Client, town: TurningTown) -> None:
    make_student(town.sixth)
    turn = begun(office)
    foreign = to(make_town().through)
    page = post(office, "edit", turn, **filled(office, turn) | {f"class_{town.sixth.public_id.hex}": foreign})
    assert "这个去向不能选，请从名单中另选。" in page


def test_campaign_that_is_not_wanted_is_not_asked_about(office: Client, town: TurningTown) -> None:
    make_student(town.sixth)
    turn = begun(office)
    sent = filled(office, turn) | {"title": "", "phase_1_starts_on": "昨天"}
    del sent["makes_campaign"]
    assert "确认办理" in post(office, "edit", turn, **sent)
    post(office, "confirm", turn)
    assert not Campaign.objects.exists()


def test_campaign_whose_phases_run_into_each_other_is_refused(office: Client, town: TurningTown) -> None:
    turn = begun(office)
    sent = filled(office, turn)
    sent["phase_2_starts_on"] = sent["phase_1_starts_on"]
    assert "第 2 阶段要在第 1 阶段结束之后开始" in post(office, "edit", turn, **sent)


def test_single_pupil_is_kept_back_from_an_advancing_class(office: Client, town: TurningTown) -> None:
    pupil = make_student(town.third, name="任小禾")
    turn = begun(office)
    query = f"?class={town.third.public_id}"
    assert "随班升级" in office.get(address("pupils", turn) + query).content.decode()
    page = post(office, "pupils", turn, query, version=1, **{_field(pupil): Way.REPEATED})
    assert "中心小学 三年级1班（新建）" in page
    assert "任小禾" in page


def _field(pupil: Student) -> str:
    return f"pupil_{pupil.public_id.hex}"


def test_class_of_another_district_is_not_shown(office: Client, town: TurningTown) -> None:
    query = f"?class={make_town().sixth.public_id}"
    assert office.get(address("pupils", begun(office)) + query).status_code == 404


def test_two_at_once_see_both_choices_and_lose_none(office: Client, town: TurningTown) -> None:
    make_student(town.sixth)
    turn, name = begun(office), f"class_{town.sixth.public_id.hex}"
    sent = filled(office, turn)
    post(office, "edit", turn, **sent | {name: Way.LATER})
    page = office.post(address("edit", turn), sent | {name: Way.TRANSFERRED})
    conflict = page.context["conflict"]
    assert [(each.mine, each.theirs) for each in conflict.fields] == [("转出学区", "以后再定")]
    assert page.context["form"][name].value() == Way.TRANSFERRED
    again = sent | {name: Way.TRANSFERRED, "version": page.context["form"]["version"].value()}
    assert "转出学区" in post(office, "edit", turn, **again)


def test_change_in_between_is_named_and_can_be_looked_at_again(office: Client, town: TurningTown) -> None:
    pupil = make_student(town.ninth, name="单小雨")
    turn = begun(office)
    make_pairing(pupil, town.teacher, started_on=date(2018, 3, 11))
    assert "单小雨的资料在核对之后有变动" in post(office, "confirm", turn)
    assert "已按现在的资料重新核对" in post(office, "refresh", turn)
    assert "学年升级已办理" in post(office, "confirm", turn)


def test_turn_set_aside_is_listed_and_writes_nothing(office: Client, town: TurningTown) -> None:
    pupil = make_student(town.sixth)
    page = post(office, "discard", begun(office))
    assert "已放弃" in page
    assert Enrolment.objects.get(student=pupil).ended_on is None


def test_beginning_again_goes_on_with_the_one_that_waits(office: Client, town: TurningTown) -> None:
    turn = begun(office)
    assert begun(office) == turn
    assert "继续办理" in office.get(reverse("year_turn_list")).content.decode()


@pytest.mark.parametrize("name", ["list", "edit", "detail", "pupils"])
def test_pages_cost_the_same_for_any_number_of_pupils(
    office: Client, town: TurningTown, name: str, django_assert_max_num_queries: Any
) -> None:
    for school_class in (town.oldest, town.sixth, town.ninth):
        for _ in range(4):
            make_pairing(make_student(school_class), town.teacher)
    turn = begun(office)
    with django_assert_max_num_queries(24):
        office.get(reverse("year_turn_list") if name == "list" else address(name, turn))
