"""Whoever has seen a child's page is in the log, whichever way the page was asked for."""

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import make_class, make_student, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_that_comes_back_refused_is_a_read_of_the_page(client: Client, method: str) -> None:
    student = make_student(make_class(), name="折小雨")
    client.force_login(make_user(Role.OFFICE, district=student.district))

    answer = getattr(client, method)(reverse("student_edit", args=[student.public_id]), {"name": ""})

    assert "折小雨" in answer.content.decode()
    assert AuditEvent.objects.get(action=Action.READ).subject_id == str(student.public_id)


def test_a_change_that_shows_nothing_is_no_read(client: Client) -> None:
    student = make_student(make_class())
    client.force_login(make_user(Role.LEADER, district=student.district))

    answer = client.get(reverse("student_edit", args=[student.public_id]))

    assert answer.status_code == 403
    assert not AuditEvent.objects.filter(action=Action.READ).exists()
    assert AuditEvent.objects.get().action == Action.DENIED
