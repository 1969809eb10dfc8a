"""Changing, handing over and ending one pairing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.undo.models import Kind
from pairings.actions.pairings import end_pairing, hand_over
from pairings.forms.pairings import HandOverForm, PairingEndForm, PairingForm
from pairings.metrics import nearest_first, teachers_with_load
from pairings.models import Pairing
from pairings.views.standpoint import own_district, pairing_to_keep, sent_before, undoable_here, working_day

ENDED = "这条结对已经结束，不用再办理。"


@require_http_methods(["GET", "POST"])
@audited_read("结对")
def pairing_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct focus, measures and remark."""
    pairing = pairing_to_keep(request, public_id)
    form = PairingForm(request.POST or None, instance=pairing)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, request)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "结对信息已保存。")
            return redirect(pairing)
    context = {"form": form, "pairing": pairing, "conflict": conflict}
    return render(request, "pairings/pairing_edit.html", context)


@transaction.atomic
def _save(form: PairingForm, request: StaffRequest) -> None:
    fields = form.edited_fields
    if form.save_versioned():
        record(request.user, Action.CHANGED, form.instance, fields=fields)


@require_http_methods(["GET", "POST"])
@audited_read("结对")
def pairing_hand_over(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give the pupil to another teacher from a day on."""
    pairing = pairing_to_keep(request, public_id)
    if request.method == "POST" and (made := sent_before(request)):
        return redirect(made)
    if pairing.ended_on is not None and not request.POST:
        return _already_ended(request, pairing)
    day = working_day(request)
    teachers = teachers_with_load(own_district(request), day).exclude(pk=pairing.teacher_id)
    form = HandOverForm(
        request.POST or None, teachers=nearest_first(teachers, pairing.teacher.school_id), day=day
    )
    if request.method == "POST" and form.is_valid() and (made := _hand_over(form, pairing, request)):
        messages.success(request, f"已移交：{made.student.name} 由 {made.teacher.name} 帮扶。")
        return redirect(made)
    return render(request, "pairings/pairing_hand_over.html", {"form": form, "pairing": pairing})


def _hand_over(form: HandOverForm, pairing: Pairing, request: StaffRequest) -> Pairing | None:
    """The successor; None with the reason on the form when the pupil cannot be handed over."""
    data = form.cleaned_data
    try:
        with undoable_here(request, Kind.HANDED_OVER, [pairing, pairing.student]) as journal:
            made = hand_over(
                pairing=pairing,
                to=data["teacher"],
                on=data["on"],
                reason=Pairing.EndReason(data["reason"]),
                note=data["note"],
                by=request.user,
                today=request.today,
                submission_id=data["submission_id"],
                journal=journal,
            )
            journal.concerns(made)
            return made
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


@require_http_methods(["GET", "POST"])
@audited_read("结对")
def pairing_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a pairing without a successor; the page says what follows before it is done."""
    pairing = pairing_to_keep(request, public_id)
    if pairing.ended_on is not None and not request.POST:
        return _already_ended(request, pairing)
    form = PairingEndForm(request.POST or None, day=working_day(request))
    if request.method == "POST" and form.is_valid() and _end(form, pairing, request):
        messages.success(request, f"{pairing.teacher.name} 与 {pairing.student.name} 的结对已结束。")
        return redirect(pairing)
    others = Pairing.objects.of_student(pairing.student).active(request.today).exclude(pk=pairing.pk)
    context = {"form": form, "pairing": pairing, "points": _consequences(pairing, others.exists())}
    return render(request, "pairings/pairing_end.html", context)


def _end(form: PairingEndForm, pairing: Pairing, request: StaffRequest) -> bool:
    data = form.cleaned_data
    try:
        with undoable_here(request, Kind.PAIRING_ENDED, [pairing, pairing.student]) as journal:
            end_pairing(
                pairing=pairing,
                on=data["on"],
                reason=Pairing.EndReason(data["reason"]),
                note=data["note"],
                by=request.user,
                today=request.today,
                journal=journal,
            )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _consequences(pairing: Pairing, has_others: bool) -> list[str]:
    """What ending means for the pupil, the teacher and the records."""
    pupil = "仍有其他教师帮扶" if has_others else "将没有帮扶教师，会列入“未结对”"
    return [
        f"{pairing.student.name} {pupil}。",
        f"{pairing.teacher.name} 不能再打开该生的页面，自己写的家访记录仍可查看。",
        "已有的家访记录全部保留。",
    ]


def _already_ended(request: StaffRequest, pairing: Pairing) -> HttpResponse:
    messages.info(request, ENDED)
    return redirect(pairing)
