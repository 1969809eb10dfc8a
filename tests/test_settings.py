"""Settings come from the environment, and a wrong one stops the start."""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from pairing_portal.gunicorn_conf import is_loopback, on_starting
from pairing_portal.places import BASE_DIR, BadPlaceError, Mode, places_from
from pairing_portal.set_up import set_up

SHOW = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


def start(place: Path, *names: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Start Python in an environment of its own and print the named settings."""
    return subprocess.run(
        [sys.executable, "-c", SHOW, *names],
        cwd=BASE_DIR,
        env={
            "DJANGO_SETTINGS_MODULE": "pairing_portal.settings",
            "PORTAL_DATA_DIR": str(place / "data"),
            "PORTAL_KEYS_DIR": str(place / "keys"),
            **environ,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def shown(place: Path, *names: str, **environ: str) -> dict[str, Any]:
    """The named settings of a start that succeeds."""
    answer = start(place, *names, **environ)
    assert answer.returncode == 0, answer.stderr
    return dict(json.loads(answer.stdout))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory with fresh keys and data."""
    set_up(
        places_from({"PORTAL_DATA_DIR": str(tmp_path / "data"), "PORTAL_KEYS_DIR": str(tmp_path / "keys")})
    )
    return tmp_path


def test_places_default_keeps_keys_out_of_the_project() -> None:
    places = places_from({})

    assert places.mode == Mode.PRODUCTION
    assert places.data == BASE_DIR / "var"
    assert not places.keys.is_relative_to(BASE_DIR)


@pytest.mark.parametrize(
    "environ",
    [
        {"PORTAL_MODE": "staging"},
        {"PORTAL_DATA_DIR": "/srv/portal", "PORTAL_KEYS_DIR": "/srv/portal/keys"},
        {"PORTAL_KEYS_DIR": str(BASE_DIR / "keys")},
    ],
)
def test_places_refuse_what_would_expose_keys(environ: dict[str, str]) -> None:
    with pytest.raises(BadPlaceError):
        places_from(environ)


def test_production_serves_only_over_tls(place: Path) -> None:
    settings = shown(
        place,
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SECURE_HSTS_SECONDS",
        "DEBUG",
        PORTAL_HOSTS="portal.example",
    )

    assert settings == {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "DEBUG": False,
    }


@pytest.mark.parametrize(
    ("environ", "complaint"),
    [
        ({}, "PORTAL_HOSTS is missing"),
        ({"PORTAL_HTTPS": "false", "PORTAL_HOSTS": "portal.example"}, "for this machine only"),
        ({"PORTAL_MODE": "demo", "PORTAL_HOSTS": "portal.example"}, "for this machine only"),
        (
            {"PORTAL_MODE": "demo", "PORTAL_HTTPS": "true", "PORTAL_HOSTS": "portal.example"},
            "demo answers on this",
        ),
    ],
)
def test_start_refuses_to_be_reached_unsafely(place: Path, environ: dict[str, str], complaint: str) -> None:
    answer = start(place, "DEBUG", **environ)

    assert answer.returncode != 0
    assert complaint in answer.stderr


def test_start_refuses_missing_keys(tmp_path: Path) -> None:
    answer = start(tmp_path, "DEBUG", PORTAL_HOSTS="portal.example")

    assert answer.returncode != 0
    assert "is missing" in answer.stderr


def test_real_passwords_are_hashed_with_argon2(place: Path) -> None:
    settings = shown(place, "PASSWORD_HASHERS", PORTAL_HTTPS="false")

    assert settings["PASSWORD_HASHERS"] == ["pairing_portal.lib.passwords.PortalArgon2Hasher"]


def test_the_django_admin_is_not_installed(place: Path) -> None:
    assert (
        "django.contrib.admin" not in shown(place, "INSTALLED_APPS", PORTAL_HTTPS="false")["INSTALLED_APPS"]
    )


def test_every_answer_is_private_and_strict(client: Client) -> None:
    headers = client.get("/no/such/page/").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in headers["Content-Security-Policy"].split("; ")
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_host_that_is_not_ours_is_answered_under_the_policy_too(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["portal.example"]

    answer = Client().get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_set_up_closes_a_data_directory_that_others_could_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)

    set_up(
        places_from({"PORTAL_DATA_DIR": str(tmp_path / "data"), "PORTAL_KEYS_DIR": str(tmp_path / "keys")})
    )

    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        (("127.0.0.1", 8000), True),
        (("localhost", 8000), True),
        (("::1", 8000), True),
        ("unix:/run/portal.sock", True),
        (("0.0.0.0", 8000), False),  # noqa: S104  # the address the demo must refuse
        (("", 8000), False),
        (("192.168.1.20", 8000), False),
    ],
)
def test_server_knows_its_own_machine(address: tuple[str, int] | str, loopback: bool) -> None:
    assert is_loopback(address) is loopback


@pytest.mark.parametrize(
    ("mode", "https"),
    [("production", "n"), ("production", ""), ("production", "False"), ("demo", ""), ("test", "")],
)
def test_whatever_says_no_tls_keeps_the_portal_on_this_machine(
    mode: str, https: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_MODE", mode)
    monkeypatch.setenv("PORTAL_HTTPS", https)

    on_starting(SimpleNamespace(cfg=SimpleNamespace(address=[("127.0.0.1", 8000)])))
    with pytest.raises(SystemExit, match="this machine only"):
        on_starting(SimpleNamespace(cfg=SimpleNamespace(address=[("192.0.2.1", 8000)])))
