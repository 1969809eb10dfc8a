"""Classes: listed, opened, corrected, and seen with their pupils."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions.edits import save_edit
from pairing_portal.accounts.models import Right, School
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.paging import paginate
from pairing_portal.undo.access import undoable
from pairings.access import visible_students
from reports.access import Scope
from reports.metrics.pupils import pupils_of_class
from students.access import can_keep_registers, visible_classes
from students.actions.classes import open_class
from students.forms.classes import ClassEditForm, ClassNewForm
from students.forms.filters import ClassFilter
from students.metrics import classes_with_numbers
from students.models import SchoolClass
from students.views.rows import student_rows, with_list_columns

CLASS_ORDER = ("school_name", "stage_rank", "-entry_year", "number")


@require_GET
@requires(Right.SEE_DISTRICT, Right.SEE_SCHOOL)
@audited_read("班级名单")
def class_list(request: StaffRequest) -> HttpResponse:
    """Classes by school as of the day, with their teacher and how many pupils they have."""
    classes = visible_classes(request.user, request.today)
    schools = School.objects.visible_to(request.user).filter(classes__in=classes).distinct()
    form = ClassFilter(request.GET, schools=schools, day=request.day)
    rows = classes_with_numbers(form.apply(classes), request.year, request.day).by_grade()
    page = paginate(rows.select_related("school"), request.GET, order=CLASS_ORDER)
    shown = [(each, each.name(request.day)) for each in page.rows]
    context = {"form": form, "page": page, "rows": shown, "can_keep": can_keep_registers(request.user)}
    return render(request, "students/class_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS)
def class_new(request: StaffRequest) -> HttpResponse:
    """Open a class of a school."""
    schools = School.objects.visible_to(request.user).open(request.today)
    form = ClassNewForm(request.POST or None, schools=schools, day=request.day)
    if request.method == "POST" and form.is_valid():
        submission_id = form.cleaned_data["submission_id"]
        if repeated := SchoolClass.objects.submitted(request.user, submission_id).first():
            return redirect(repeated)
        form.instance.submission_id = submission_id
        try:
            made = open_class(school_class=form.instance, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "已新建班级。")
            return redirect(made)
    return render(request, "students/class_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_REGISTERS, rows=visible_classes)
def class_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct a class's stage, entry year or number."""
    classes = visible_classes(request.user, request.today).select_related("school")
    school_class = get_object_or_404(classes, public_id=public_id)
    name, conflict = school_class.name(request.day), None
    form = ClassEditForm(request.POST or None, instance=school_class)
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "已保存。")
            return redirect(school_class)
    context = {"school_class": school_class, "name": name, "form": form, "conflict": conflict}
    return render(request, "students/class_edit.html", context)


@require_GET
@audited_read("班级")
def class_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A class on the day: its pupils as far as the reader may see them, those on a register first, and who has led it."""
    classes = visible_classes(request.user, request.today).select_related("school")
    school_class = get_object_or_404(classes, public_id=public_id)
    scope = Scope(request.user, request.today, request.year, request.day)
    students = visible_students(request.user, request.today).in_class(school_class, request.day)
    page = paginate(with_list_columns(students, request.year, request.day), request.GET, order=("pinyin",))
    terms = list(school_class.class_teachers.select_related("teacher"))
    context = {
        "school_class": school_class,
        "name": school_class.name(request.day),
        "page": page,
        "rows": student_rows(page.rows, request.day),
        "cards": pupils_of_class(scope, school_class),
        "terms": terms,
        "leader": next((term for term in terms if term.holds(request.day)), None),
        "can_keep": can_keep_registers(request.user),
        "undoable": undoable(request.user, [school_class], request.today),
    }
    return render(request, "students/class_detail.html", context)
