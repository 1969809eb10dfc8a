"""Requests that cannot be read, and our own failures, are answered by a page that tells nothing."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from pairing_portal.errors import server_error

FORM = "application/x-www-form-urlencoded"


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["gbk", "utf-7", "utf-16"])
def test_a_form_in_another_encoding_is_refused_under_the_policy(encoding: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get(reverse("sign_in"))

    answer = browser.generic("POST", reverse("sign_in"), b"username=a", f"{FORM}; charset={encoding}")

    assert answer.status_code == 400
    assert "无法处理这次请求" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failure_is_answered_even_where_the_request_cannot_be_read() -> None:
    request: HttpRequest = RequestFactory().generic("POST", "/", b"a=1", f"{FORM}; charset=gbk")

    answer: HttpResponse = server_error(request)

    assert answer.status_code == 500
    assert "系统出了问题" in answer.text
