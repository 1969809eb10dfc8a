"""Pupils are entered and corrected here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions.edits import save_edit
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairings.access import visible_students
from students.actions.people import register_student
from students.forms.enrolments import PlaceForm
from students.forms.people import SECRET, StudentEditForm, StudentFacts, StudentNewForm
from students.forms.registers import NEW_FORMS, RegisterChoice
from students.models import RegisterEntry, SchoolClass, Student

DERIVED = ("sex", "birth_date", "pinyin", "is_disabled", *SECRET)


class NewStudent:
    """The forms of one page: person, class, and the facts of the register chosen."""

    def __init__(self, request: StaffRequest) -> None:
        data, user = request.POST or None, request.user
        days = {"day": min(request.day, request.today), "today": request.today}
        classes = SchoolClass.objects.visible_to(user).taking_pupils(days["day"]).by_grade()
        student = Student(district=user.district)
        self.person = StudentNewForm(data, instance=student, today=request.today)
        self.place = PlaceForm(data, prefix="place", classes=classes, **days)
        self.choice = RegisterChoice(data)
        chosen = self.choice["register"].value()
        self.entries = {
            register: form(
                data if register == chosen else None,  # what was not chosen has nothing to answer for
                prefix=register,
                instance=RegisterEntry(year=request.year, register=register),
                **days,
            )
            for register, form in NEW_FORMS.items()
        }

    def is_valid(self) -> bool:
        """Whether every part that counts is; each is asked, so that all errors show at once."""
        parts = [self.person, self.place, self.choice, *filter(None, [self.entry_form])]
        return not [form for form in parts if not form.is_valid()]

    @property
    def entry_form(self) -> Any:
        """The form of the register that was chosen, if one was."""
        return self.entries.get(str(self.choice["register"].value() or ""))

    def save(self, request: StaffRequest) -> Student:
        """Store it all; ValidationError with a sentence when something stands against it."""
        facts = self.person.cleaned_data
        student: Student = self.person.instance
        student.submission_id = facts["submission_id"]
        entry = self.entry_form.instance if self.entry_form else None
        if entry is not None:
            entry.submission_id = self.entry_form.cleaned_data["submission_id"]
        return register_student(
            student=student,
            place=self.place.enrolment(),
            entry=entry,
            household_number=facts["household_number"],
            head_name=facts["head_name"],
            by=request.user,
        )


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS)
def student_new(request: StaffRequest) -> HttpResponse:
    """Enter a pupil with class, boarding and, if wanted, the register entry, on one page."""
    new = NewStudent(request)
    namesakes: list[Student] = []
    if request.method == "POST" and new.is_valid():
        facts = new.person.cleaned_data
        if repeated := Student.objects.submitted(request.user, facts["submission_id"]).first():
            return redirect(repeated)
        namesakes = _namesakes(request, facts)
        if namesakes and not facts["is_another_person"]:
            new.person.add_error(None, "已有同名学生，请先核对是不是同一人；确实不是，请勾选后再保存。")
        elif student := _saved(new, request):
            messages.success(request, "已登记学生。")
            return redirect(student)
    context = {"new": new, "namesakes": namesakes, "existing": _same_numbers(request, new.person)}
    return render(request, "students/student_new.html", context)


def _saved(new: NewStudent, request: StaffRequest) -> Student | None:
    try:
        return new.save(request)
    except ValidationError as refused:
        new.person.add_error(None, refused.messages)
        return None


def _namesakes(request: StaffRequest, facts: dict[str, Any]) -> list[Student]:
    students = visible_students(request.user, request.today).with_place(request.today)
    return list(students.namesakes(facts["name"], facts["birth_date"])[:5])


def _same_numbers(request: StaffRequest, form: StudentFacts) -> list[Student]:
    """Pupils the reader may see who hold a number of a refused form."""
    if not form.is_bound or form.is_valid():
        return []
    typed = form.cleaned_data
    students = visible_students(request.user, request.today).exclude(pk=form.instance.pk)
    with_id = students.with_id_number(typed.get("id_number", ""))
    with_number = students.with_student_number(typed.get("student_number", ""))
    return list({each.pk: each for each in (*with_id, *with_number)}.values())


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_students)
@audited_read("学生")
def student_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct a pupil; what somebody else changed meanwhile is shown beside."""
    student = get_object_or_404(visible_students(request.user, request.today), public_id=public_id)
    name, conflict = student.name, None
    form = StudentEditForm(request.POST or None, instance=student, today=request.today)
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user, also=DERIVED)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "已保存。")
            return redirect(student)
    context = {"student": student, "name": name, "form": form, "conflict": conflict}
    return render(
        request, "students/student_edit.html", {**context, "existing": _same_numbers(request, form)}
    )
