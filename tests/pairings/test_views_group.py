"""Pages of the campaign, the leading group and the gaps."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import District, Role, School, Teacher
from pairing_portal.audit.models import Action, AuditEvent
from pairings.actions.campaigns import open_campaign
from pairings.models import Campaign, LeadershipMember
from tests.builders import (
    make_campaign,
    make_class,
    make_class_teacher,
    make_entry,
    make_member,
    make_pairing,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    """A school of the district under test; another district, whose words must not appear, stands beside it."""
    stranger = make_teacher(make_school(name="异区小学"), name="异区教师")
    make_member(stranger)
    make_entry(make_student(make_class(stranger.school), name="异区学生"))
    return make_school(name="麻镇小学")


@pytest.fixture
def district(school: School) -> District:
    open_campaign(district=school.district, year=2018, by=None)
    return school.district


@pytest.fixture
def office(client: Client, district: District) -> Client:
    client.force_login(make_user(Role.OFFICE, district=district))
    client.post(reverse("year_select"), {"year": "2018"})
    return client


def campaign_form(campaign: Campaign, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "version": campaign.version,
        "title": campaign.title,
        "report_due_on": campaign.report_due_on.isoformat(),
    }
    for phase in campaign.phases.all():
        values[f"phase_{phase.number}_starts_on"] = phase.starts_on.isoformat()
        values[f"phase_{phase.number}_ends_on"] = phase.ends_on.isoformat()
    return values | changes


def words(response: Any) -> str:
    return str(response.content, "utf-8")


def test_campaign_page_tells_phase_and_deadline_apart(office: Client) -> None:
    answer = office.get(reverse("campaign_detail", args=[2018]))
    assert [state.state for state in answer.context["states"]] == ["done", "done", "done", "current"]
    assert "2018年6月30日前（含当天）报送" in words(answer)


def test_campaign_page_of_a_year_without_one(office: Client) -> None:
    assert office.get(reverse("campaign_detail", args=[1999])).status_code == 404


def test_a_district_without_a_campaign_is_told_what_to_do(client: Client, school: School) -> None:
    client.force_login(make_user(Role.OFFICE, district=school.district))
    year = timezone.localdate().year
    assert reverse("campaign_new") in words(client.get(reverse("campaign_detail", args=[year])))


def test_campaign_new_opens_the_year_and_asks_to_check_the_dates(office: Client, district: District) -> None:
    form = {"submission_id": str(uuid4()), "year": "2019"}
    answers = [office.post(reverse("campaign_new"), form) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [reverse("campaign_edit", args=[2019])] * 2
    assert Campaign.objects.get(district=district, year=2019).phases.count() == 4


def test_campaign_new_proposes_this_year_and_then_the_next(office: Client, district: District) -> None:
    this_year = timezone.localdate().year
    proposed = [office.get(reverse("campaign_new")).context["form"]["year"].value()]
    make_campaign(district, this_year)
    proposed += [office.get(reverse("campaign_new")).context["form"]["year"].value()]
    assert proposed == [this_year, this_year + 1]


def test_campaign_new_refuses_a_year_that_has_one(office: Client) -> None:
    answer = office.post(reverse("campaign_new"), {"submission_id": str(uuid4()), "year": "2018"})
    assert "2018 年度的活动已经建立" in words(answer)


def test_campaign_edit_moves_a_phase_and_logs_it(office: Client, district: District) -> None:
    campaign = Campaign.objects.get(district=district)
    form = campaign_form(campaign, phase_1_starts_on="2018-03-01")
    office.post(reverse("campaign_edit", args=[2018]), form)
    assert campaign.phases.get(number=1).starts_on == date(2018, 3, 1)
    assert AuditEvent.objects.get(action=Action.CHANGED).fields == ["phases"]


def test_campaign_edit_refuses_phases_that_overlap(office: Client, district: District) -> None:
    campaign = Campaign.objects.get(district=district)
    answer = office.post(
        reverse("campaign_edit", args=[2018]), campaign_form(campaign, phase_1_ends_on="2018-03-11")
    )
    assert "第 2 阶段要在第 1 阶段结束之后开始" in words(answer)


def test_campaign_edit_shows_both_days_when_somebody_was_faster(office: Client, district: District) -> None:
    campaign = Campaign.objects.get(district=district)
    url, first = (
        reverse("campaign_edit", args=[2018]),
        campaign_form(campaign, phase_1_starts_on="2018-03-01"),
    )
    office.post(url, first)
    answer = office.post(url, campaign_form(campaign, phase_1_starts_on="2018-03-02"))
    conflict = answer.context["conflict"].fields[0]
    assert (conflict.mine, conflict.theirs) == ("2018年3月2日", "2018年3月1日")


def test_group_page_lists_posts_then_class_teachers_and_who_lacks_a_pupil(
    office: Client, school: School
) -> None:
    head = make_teacher(school, name="折建国")
    make_member(head, post=LeadershipMember.Post.HEAD)
    make_pairing(make_student(make_class(school)), head)
    make_class_teacher(make_class(school), make_teacher(school, name="单秀英"))
    answer = office.get(reverse("leadership_list"))
    assert (answer.context["members"], answer.context["lacking"]) == (2, 1)
    assert "异区" not in words(answer)


def test_post_is_given_once_though_sent_twice(office: Client, school: School) -> None:
    teacher = make_teacher(school)
    form = {
        "submission_id": str(uuid4()),
        "teacher": str(teacher.public_id),
        "post": "head",
        "started_on": "2018-03-05",
    }
    for _ in range(2):
        assert office.post(reverse("leadership_new"), form)["Location"] == reverse("leadership_list")
    assert teacher.posts.count() == 1


def test_post_is_not_given_to_a_teacher_of_another_district(office: Client) -> None:
    stranger = Teacher.objects.get(name="异区教师")
    form = {"submission_id": str(uuid4()), "teacher": str(stranger.public_id), "post": "head"}
    assert "teacher" in office.post(reverse("leadership_new"), form).context["form"].errors


def test_post_ends_with_its_reason(office: Client, school: School) -> None:
    member = make_member(make_teacher(school))
    url = reverse("leadership_end", args=[member.public_id])
    office.post(url, {"ended_on": "2018-05-01", "end_reason": "replaced"})
    member.refresh_from_db()
    assert member.ended_on == date(2018, 5, 1)


def test_post_of_another_district_is_not_found(office: Client) -> None:
    member = LeadershipMember.objects.get(teacher__name="异区教师")
    assert office.get(reverse("leadership_end", args=[member.public_id])).status_code == 404


def test_gaps_tell_what_is_required_from_what_is_encouraged(office: Client, school: School) -> None:
    make_entry(make_student(make_class(school), name="王艺涵"))
    make_member(make_teacher(school, name="折建国"))
    helping = make_teacher(school, name="单秀英")
    make_pairing(make_student(make_class(school)), helping)
    make_teacher(school, name="苗师")
    context = office.get(reverse("pairing_gaps")).context
    assert [line.student.name for line in context["pupils"]] == ["王艺涵"]
    assert [member.name for member, _ in context["members"]] == ["折建国"]
    assert (context["helping"], context["teachers"]) == (1, 3)
    assert {teacher.name for teacher in context["idle"]} == {"折建国", "苗师"}


def test_gaps_of_a_year_without_registers_praise_nobody(office: Client) -> None:
    page = words(office.get(reverse("pairing_gaps")))
    assert "本年度名册上还没有学生，请先导入名册。" in page
    assert "还没有领导小组成员，请先登记职务和班主任。" in page
    assert "都有帮扶" not in page


def test_gaps_of_a_school_head_are_the_own_schools(client: Client, office: Client, school: School) -> None:
    far = make_school(school.district)
    for place, word in ((school, "本校"), (far, "外校")):
        make_member(make_teacher(place, name=f"{word}成员"))
        make_entry(make_student(make_class(place), name=f"{word}学生"))
    head = make_user(Role.SCHOOL, district=school.district)
    make_teacher(school, name="校长", user=head)
    client.force_login(head)
    client.post(reverse("year_select"), {"year": "2018"})
    page = words(client.get(reverse("pairing_gaps")))
    assert "本校成员" in page
    assert "本校学生" in page
    assert "外校" not in page


def test_gaps_never_name_another_district(office: Client) -> None:
    assert "异区" not in words(office.get(reverse("pairing_gaps")))


@pytest.mark.parametrize("size", [3, 30])
def test_gaps_cost_the_same_for_any_number(
    office: Client, school: School, size: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(size):
        make_member(make_teacher(school))
        make_entry(make_student(make_class(school)))
    with django_assert_max_num_queries(14):
        office.get(reverse("pairing_gaps"))


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [(Role.LEADER, 200, 403), (Role.SCHOOL, 403, 403), (Role.TEACHER, 403, 403), (Role.COUNTY, 403, 403)],
)
def test_who_reads_and_who_keeps_the_group_and_the_campaign(
    client: Client, district: District, role: Role, reads: int, keeps: int
) -> None:
    client.force_login(make_user(role, district=district))
    for url in (reverse("leadership_list"), reverse("campaign_detail", args=[2018])):
        assert client.get(url).status_code == reads
    for name in ("leadership_new", "campaign_new", "pairing_new", "pairing_new_many"):
        assert client.get(reverse(name)).status_code == keeps
