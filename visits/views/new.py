"""Logging a visit: one page, for the teacher on a phone and for the office that copies from paper."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import teacher_of
from pairing_portal.accounts.models import Right, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairings.access import visible_students
from pairings.models import Pairing
from students.models import Enrolment, Student
from visits.access import can_record_visit, housemates, pupils_of, teachers_for
from visits.actions import log_family_visit
from visits.forms import PaperVisitForm, VisitForm, folds
from visits.metrics import next_pupil
from visits.models import Visit


@require_http_methods(["GET", "POST"])
@audited_read("学生")
def visit_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Log a visit to the pupil; way, day and teacher may come along from the visit written before."""
    student = get_object_or_404(visible_students(request.user, request.today), public_id=public_id)
    if not can_record_visit(request.user, student, request.today):
        raise PermissionDenied
    form = _form(request, student)
    if request.method == "POST" and form.is_valid():
        visit, *others = _log(form, request)
        _tell(request, [visit, *others])
        return redirect(_next_address(request, visit) if "next" in request.POST else _after(visit))
    context = {
        "student": student,
        "place": _place(student, request.today),
        "form": form,
        "form_folds": list(folds(form)),
        "last_visit": Visit.objects.until(request.today).filter(student=student).first(),
        "cancel_url": reverse("home") if request.user.may(Right.RECORD_VISITS) else reverse("visit_list"),
    }
    return render(request, "visits/visit_new.html", context)


def _log(form: VisitForm, request: StaffRequest) -> list[Visit]:
    """The pupil's record first, then those of the siblings that were there."""
    return log_family_visit(
        visit=form.save(commit=False),
        siblings=form.cleaned_data.get("siblings", ()),
        is_personal_shared=form.cleaned_data.get("shares_personal", False),
        by=request.user,
        submission_id=form.cleaned_data["submission_id"],
    )


def _form(request: StaffRequest, student: Student) -> VisitForm:
    """The office chooses the teacher; a teacher writes in the own name."""
    data, today = request.POST or None, request.today
    own = teacher_of(request.user) if request.user.may(Right.RECORD_VISITS) else None
    initial = {"visited_on": _day(request.GET, today), "way": request.GET.get("way", "")}
    asked: dict[str, Any] = {
        "siblings": housemates(student, request.user, today),
        "today": today,
        "initial": initial,
    }
    if not request.user.may(Right.RECORD_FOR_OTHERS):
        initial["headings"] = _focus(student, own, today)
        return VisitForm(data, instance=Visit(student=student, teacher=own), **asked)
    teachers = teachers_for(student, request.user, today)
    chosen = _likely_teacher(request, student, own)
    initial |= {"teacher": chosen and chosen.public_id, "headings": _focus(student, chosen, today)}
    return PaperVisitForm(data, instance=Visit(student=student), teachers=teachers, **asked)


def _likely_teacher(request: StaffRequest, student: Student, own: Teacher | None) -> Teacher | None:
    """The teacher of the record before, else the signed-in one where paired, else one who is paired."""
    teachers = teachers_for(student, request.user, request.today)
    try:
        asked = teachers.filter(public_id=UUID(request.GET.get("teacher", ""))).first()
    except ValueError:
        asked = None
    paired = list(teachers.filter(is_paired=True))
    return asked or (own if own in paired else next(iter(paired), None))


def _focus(student: Student, teacher: Teacher | None, today: date) -> tuple[str, ...]:
    """The headings that the pairing of the two is about."""
    pairing = Pairing.objects.active(today).filter(student=student, teacher=teacher).first()
    return pairing.focus if pairing else ()


def _day(parameters: QueryDict, today: date) -> date:
    """The day of the visit written before, as far as it is one; today otherwise."""
    try:
        day = parse_date(parameters.get("on", ""))
    except ValueError:
        day = None
    return min(day, today) if day else today


def _place(student: Student, day: date) -> str:
    """School and class in words."""
    places = Enrolment.objects.active(day).filter(student=student).select_related("school_class__school")
    place = places.first()
    return f"{place.school_class.school} {place.school_class.name(day)}" if place else ""


def _tell(request: StaffRequest, visits: list[Visit]) -> None:
    """Whose records are stored, and which of them came before their pairing."""
    names = "、".join(visit.student_name for visit in visits)
    messages.success(request, f"已保存 {names} 的记录。")
    current = Pairing.objects.active(request.today).filter(teacher=visits[0].teacher)
    paired = set(
        current.filter(student__in=[visit.student_id for visit in visits]).values_list("student", flat=True)
    )
    early = [visit.student_name for visit in visits if visit.pairing is None and visit.student_id in paired]
    if early:
        whose = f"{'、'.join(early)}：" if len(visits) > 1 else ""
        messages.warning(request, f"{whose}家访日期早于结对日期，按首次家访记录，不计入这条结对。")


def _next_address(request: StaffRequest, visit: Visit) -> str:
    """The same page for the next pupil, with way, day and teacher kept."""
    pupils = pupils_of(visit.teacher, request.user, request.today)
    student = next_pupil(pupils, after=visit.student, teacher=visit.teacher, on=visit.visited_on)
    if student is None:
        messages.info(request, "其他学生这一天都已经有记录。")
        return _after(visit)
    kept = QueryDict(mutable=True)
    kept.update({"way": visit.way, "on": visit.visited_on.isoformat()})
    if visit.is_paper_record:
        kept["teacher"] = str(visit.teacher.public_id)
    return f"{reverse('visit_new', args=[student.public_id])}?{kept.urlencode()}"


def _after(visit: Visit) -> str:
    """A teacher returns to the own pupils; the office sees what it has copied."""
    return visit.get_absolute_url() if visit.is_paper_record else reverse("home")
