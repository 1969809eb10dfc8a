"""Teachers: found, read about, entered and corrected."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import can_keep_people, requires, visible_teachers
from pairing_portal.accounts.actions import add_teacher, save_edit
from pairing_portal.accounts.forms.teachers import TeacherEditForm, TeacherFilter, TeacherForm
from pairing_portal.accounts.models import Right, School, Teacher
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.reads import audited_read
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.paging import paginate, sort_order
from pairing_portal.lib.searches import remember_search, searched
from pairing_portal.lib.templatetags.portal import has_filters
from pairings.access import visible_pairings
from pairings.metrics import with_duties
from students.access import visible_classes

SEARCH = "teachers"
ORDERS = {"name": ("pinyin",), "school": ("school__name", "pinyin"), "pupils": ("pupils", "pinyin")}
READERS = (Right.KEEP_PEOPLE, Right.SEE_DISTRICT, Right.SEE_SCHOOL)


@require_GET
@requires(*READERS)
@audited_read("教师")
def teacher_list(request: StaffRequest) -> HttpResponse:
    """The staff list with class, post in the leading group and pupils on the day."""
    teachers = visible_teachers(request.user, request.today)
    schools = School.objects.filter(pk__in=teachers.values("school"))
    form, words = TeacherFilter(request.GET, schools=schools), searched(request.session, SEARCH)
    found = with_duties(form.apply(teachers, request.day, words, request.user.district_id), request.day)
    context = {
        "page": paginate(found, request.GET, order=sort_order(request.GET, ORDERS, "name")),
        "filter_form": form,
        "is_filtered": has_filters(request.GET),
        "words": words,
        "can_edit": can_keep_people(request.user),
    }
    return render(request, "accounts/teacher_list.html", context)


@require_POST
@requires(*READERS)
def teacher_list_search(request: StaffRequest) -> HttpResponse:
    """Keep the name looked for out of the address."""
    remember_search(request.session, SEARCH, "" if "clear" in request.POST else request.POST.get("text", ""))
    return redirect("teacher_list")


@require_GET
@requires(*READERS, rows=visible_teachers)
@audited_read("教师")
def teacher_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A teacher with classes, posts, account and pupils."""
    visible = visible_teachers(request.user, request.today)
    teacher = get_object_or_404(with_duties(visible, request.day), public_id=public_id)
    pairings = visible_pairings(request.user, request.today).filter(teacher=teacher)
    with_pupils = pairings.select_related("student").order_by("student__pinyin", "pk")
    context = {
        "teacher": teacher,
        "facts": _facts(teacher),
        "open_classes": visible_classes(request.user, request.today).filter(class_teachers__teacher=teacher),
        "pairings": with_pupils.active(request.day),
        "can_edit": can_keep_people(request.user),
        "can_manage_account": request.user.may(Right.MANAGE_ACCOUNTS),
    }
    return render(request, "accounts/teacher_detail.html", context)


def _facts(teacher: Teacher) -> list[tuple[str, object]]:
    return [
        ("学校", teacher.school.name),
        ("性别", teacher.get_sex_display()),
        ("职务", teacher.post),
        ("职称", teacher.title),
    ]


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE)
def teacher_new(request: StaffRequest) -> HttpResponse:
    """Enter a teacher."""
    schools = School.objects.visible_to(request.user).open(request.today)
    form = TeacherForm(
        request.POST or None,
        schools=schools,
        teachers=Teacher.objects.visible_to(request.user),
        initial={"started_on": min(request.day, request.today)},
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["submission_id"]
        if repeated := Teacher.objects.submitted(request.user, sent).first():
            return redirect(repeated)
        try:
            teacher = add_teacher(teacher=form.instance, by=request.user, submission_id=sent)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"已新增{teacher.name}老师。")
            return redirect(teacher)
    context = {"form": form, "has_schools": schools.exists()}
    return render(request, "accounts/teacher_new.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_PEOPLE, rows=visible_teachers)
def teacher_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct what is written down about a teacher."""
    teacher = get_object_or_404(visible_teachers(request.user, request.today), public_id=public_id)
    name = teacher.name
    form, conflict = TeacherEditForm(request.POST or None, instance=teacher), None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user, also=["pinyin"])
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "教师信息已保存。")
            return redirect(teacher)
    context = {"form": form, "conflict": conflict, "teacher": teacher, "name": name}
    return render(request, "accounts/teacher_edit.html", context)
