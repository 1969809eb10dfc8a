"""Rights follow the present: what was taken away is gone with the very next request (safety A4)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import Teacher, User
from pairings.actions.pairings import end_pairing
from pairings.models import Pairing
from reports.models import Edition
from students.actions.classes import end_class_teacher
from students.models import ClassTeacher, Enrolment, Student
from tests.access.asking import signed_in
from tests.builders import make_campaign, make_pairing
from tests.cast import Cast

EXPORT = reverse("attachment_export", args=[3])


def _status(client: Client, name: str, row: Student | Pairing) -> int:
    return client.get(reverse(name, args=[row.public_id])).status_code


def _exported(client: Client, cast: Cast) -> int:
    asked = {"edition": Edition.SCHOOL, "as_of": cast.today}
    response = client.post(EXPORT, asked)
    is_file = "attachment" in response.headers.get("Content-Disposition", "")
    return response.status_code if is_file or response.status_code != 200 else 0


def test_teacher_whose_pairing_ends_loses_the_pupil_but_not_the_own_visits(cast: Cast) -> None:
    client, pupil = signed_in(cast.users["teacher"]), cast.pupils["paired"]
    assert _status(client, "student_detail", pupil) == 200
    end_pairing(
        pairing=cast.pairings["paired"],
        on=cast.today,
        reason=Pairing.EndReason.OTHER,
        note="",
        by=cast.users["office"],
        today=cast.today,
    )
    assert _status(client, "student_detail", pupil) == 404
    assert _status(client, "visit_new", pupil) == 404
    assert _status(client, "pairing_detail", cast.pairings["paired"]) == 404
    assert pupil.name not in client.get(reverse("student_list")).text
    visit = client.get(cast.visits["paired"].get_absolute_url())
    assert visit.status_code == 200
    assert pupil.get_absolute_url() not in visit.text


def test_former_teacher_reads_the_name_as_it_was(cast: Cast) -> None:
    Student.objects.filter(pk=cast.pupils["ended"].pk).update(name="改名之后")
    client = signed_in(cast.users["teacher"])
    for name in ("visit_detail", "visit_correct"):
        page = client.get(reverse(name, args=[cast.visits["ended"].public_id]))
        assert cast.pupils["ended"].name in page.text
        assert "改名之后" not in page.text


def test_teacher_who_no_longer_leads_the_class_loses_its_pupils(cast: Cast) -> None:
    client, pupil = signed_in(cast.users["teacher"]), cast.pupils["led"]
    assert _status(client, "student_detail", pupil) == 200
    end_class_teacher(
        term=ClassTeacher.objects.get(pk=cast.here.class_teacher.pk),
        on=cast.today,
        reason=ClassTeacher.EndReason.LEFT,
        by=cast.users["office"],
    )
    assert _status(client, "student_detail", pupil) == 404


def test_pupil_who_leaves_the_school_is_out_of_its_heads_sight(cast: Cast) -> None:
    client, pupil = signed_in(cast.users["school"]), cast.pupils["same_school"]
    assert _status(client, "student_detail", pupil) == 200
    Enrolment.objects.filter(student=pupil).update(ended_on=cast.today, end_reason="moved_class")
    assert _status(client, "student_detail", pupil) == 404


def test_head_who_changes_school_sees_the_new_one(cast: Cast) -> None:
    client = signed_in(cast.users["school"])
    Teacher.objects.filter(user=cast.users["school"]).update(school=cast.here.schools[1])
    assert _status(client, "student_detail", cast.pupils["same_school"]) == 404
    assert _status(client, "student_detail", cast.pupils["same_district"]) == 200


@pytest.mark.parametrize("role", ["admin", "office"])
def test_removed_group_takes_pages_and_exports_along(cast: Cast, role: str) -> None:
    client = signed_in(cast.users[role])
    assert (_status(client, "student_edit", cast.pupils["paired"]), _exported(client, cast)) == (200, 200)
    User.objects.get(username=role).groups.clear()
    assert (_status(client, "student_edit", cast.pupils["paired"]), _exported(client, cast)) == (404, 403)


@pytest.mark.parametrize("role", ["admin", "office"])
def test_disabled_account_is_sent_to_sign_in(cast: Cast, role: str) -> None:
    client = signed_in(cast.users[role])
    assert (_status(client, "student_detail", cast.pupils["paired"]), _exported(client, cast)) == (200, 200)
    User.objects.filter(username=role).update(is_active=False)
    assert (_status(client, "student_detail", cast.pupils["paired"]), _exported(client, cast)) == (302, 302)


def test_new_one_time_code_ends_every_session(cast: Cast) -> None:
    client, admin = signed_in(cast.users["office"]), signed_in(cast.users["admin"])
    admin.post(reverse("account_code_new", args=[cast.users["office"].public_id]))
    assert _status(client, "student_detail", cast.pupils["paired"]) == 302


def test_pairing_that_begins_tomorrow_opens_nothing_today(cast: Cast) -> None:
    pupil = cast.pupils["same_district"]
    make_pairing(pupil, cast.here.teachers[0], started_on=cast.today + timedelta(days=1))
    assert _status(signed_in(cast.users["teacher"]), "student_detail", pupil) == 404


def test_looking_at_an_earlier_year_brings_no_former_right_back(cast: Cast) -> None:
    """Facts are those of the year looked at, rights those of today."""
    last_year = cast.today.year - 1
    make_campaign(cast.here.district, last_year)
    pupil, ended_on = cast.pupils["same_district"], timezone.localdate() - timedelta(days=70)
    ended = {"ended_on": ended_on, "end_reason": Pairing.EndReason.OTHER}
    make_pairing(pupil, cast.here.teachers[0], started_on=cast.today - timedelta(days=800), **ended)
    client = signed_in(cast.users["teacher"])
    client.post(reverse("year_select"), {"year": last_year})
    assert f"正在查看 {last_year} 年度" in client.get(reverse("student_list")).text
    assert _status(client, "student_detail", pupil) == 404
    assert pupil.name not in client.get(reverse("student_list")).text
    assert pupil.name not in client.get(reverse("pairing_list"), {"ended": "on"}).text


def test_year_of_the_other_district_cannot_be_chosen(cast: Cast) -> None:
    client = signed_in(cast.users["office"])
    client.post(reverse("year_select"), {"year": cast.today.year - 1})
    assert "正在查看" not in client.get(reverse("student_list")).text
