"""How far an upload has come is told to whoever sent it, and to nobody else."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pairing_portal.accounts.models import User
from students.actions.uploads import clear_stage, tell_stage
from students.models import RosterImport, UploadStage
from tests.builders import PASSWORD
from tests.students.rosters import HEADER, make_office, row, sheet_bytes

pytestmark = pytest.mark.django_db
Stage = UploadStage.Stage
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def clerk() -> User:
    """Somebody of an office."""
    return make_office()[1]


@pytest.fixture
def office(client: Client, clerk: User) -> Client:
    """The clerk, signed in."""
    assert client.login(username=clerk.username, password=PASSWORD)
    return client


def stage_of(client: Client, upload: UUID | str) -> str:
    """What the script is told."""
    words: str = client.get(reverse("import_progress"), {"upload": str(upload)}).json()["stage"]
    return words


def test_stage_is_told_step_by_step_until_there_is_an_answer(office: Client, clerk: User) -> None:
    upload = uuid4()
    told = [stage_of(office, upload)]
    for stage in Stage:
        tell_stage(submission_id=upload, stage=stage, by=clerk)
        told.append(stage_of(office, upload))
    clear_stage(submission_id=upload, by=clerk, now=timezone.now())
    assert [*told, stage_of(office, upload)] == ["", "正在读取文件…", "正在与已登记的资料比对…", ""]


def test_stage_of_somebody_else_is_not_told(office: Client) -> None:
    upload = uuid4()
    tell_stage(submission_id=upload, stage=Stage.READING, by=make_office()[1])
    assert (stage_of(office, upload), stage_of(office, "no number")) == ("", "")


def test_uploads_that_broke_off_leave_nothing_behind(clerk: User) -> None:
    tell_stage(submission_id=uuid4(), stage=Stage.READING, by=clerk)
    clear_stage(submission_id=uuid4(), by=clerk, now=timezone.now() + timedelta(days=2))
    assert not UploadStage.objects.exists()


@pytest.mark.parametrize("headers", [SCRIPT, {}], ids=["script", "plain"])
def test_script_is_told_the_next_page_and_a_browser_is_led_there(
    office: Client, headers: dict[str, str]
) -> None:
    file = SimpleUploadedFile("名单.xlsx", sheet_bytes(HEADER, row()))
    data = {"submission_id": str(uuid4()), "kind": "county_filed", "file": file}
    answer = office.post(reverse("import_new"), data, headers=headers)
    told = answer.json()["next"] if headers else answer["Location"]
    assert told == RosterImport.objects.get().get_absolute_url()
    assert not UploadStage.objects.exists()


def test_script_is_shown_the_same_refusal_as_a_browser(office: Client) -> None:
    data = {"submission_id": str(uuid4()), "file": SimpleUploadedFile("名单.xlsx", b"%PDF-1.4 nothing")}
    answer = office.post(reverse("import_new"), data, headers=SCRIPT)
    assert "这个文件是 PDF" in answer.content.decode()
    assert not UploadStage.objects.exists()
