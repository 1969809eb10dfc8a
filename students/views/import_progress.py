"""How far one’s own upload has come, for the script that waits for it; without the script nothing is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from students.actions.uploads import clear_stage, tell_stage
from students.models import UploadStage

Stage = UploadStage.Stage


@require_GET
@requires(Right.KEEP_REGISTERS)
def import_progress(request: StaffRequest) -> HttpResponse:
    """The stage of the upload that the address names, in words; blank where nothing of one's own is under way."""
    upload = UploadStage.objects.submitted(request.user, _number(request.GET.get("upload", ""))).first()
    return JsonResponse({"stage": upload.get_stage_display() if upload is not None else ""})


def _number(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def is_watched(request: StaffRequest) -> bool:
    """Whether a script sent the form and shows how far it comes."""
    return request.headers.get("Accept") == "application/json"


@contextmanager
def watched(request: StaffRequest) -> Iterator[None]:
    """Tell that the file is being read, until there is an answer."""
    upload = _number(request.POST.get("submission_id", "")) if is_watched(request) else None
    if upload is None:
        yield
        return
    tell_stage(submission_id=upload, stage=Stage.READING, by=request.user)
    try:
        yield
    finally:
        clear_stage(submission_id=upload, by=request.user, now=timezone.now())


def tell_comparing(request: StaffRequest, upload: UUID) -> None:
    """Tell that the rows are being compared."""
    if is_watched(request):
        tell_stage(submission_id=upload, stage=Stage.COMPARING, by=request.user)


def sent_on(request: StaffRequest, address: str) -> HttpResponse:
    """On to the address; a script is told where, so that it does not open the page twice."""
    return JsonResponse({"next": address}) if is_watched(request) else redirect(address)
