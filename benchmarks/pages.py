"""The portal's pages, and beside them a Django admin whose list of pupils is the peer of the portal's own.

The portal itself mounts no admin (safety A7). Both lists stand behind the same middleware, show the same rows,
columns and conditions, and log that they were read.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.contrib.admin import AdminSite, ModelAdmin, SimpleListFilter, display
from django.db.models import Prefetch, QuerySet
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from pairing_portal.accounts.models import District, School, Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.urls import urlpatterns as portal_pages
from pairings.models import Campaign, Pairing
from students.forms.filters import LISTED, StudentFilter
from students.models import Enrolment, Register, RegisterEntry, SchoolClass, Student
from students.models.people import StudentQuerySet
from students.views.rows import class_words
from visits.models import Visit


class BenchSite(AdminSite):
    """Open to whoever is signed in: the portal's accounts have no staff flag."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person is signed in."""
        return request.user.is_active


class SameCondition(SimpleListFilter):
    """A condition of the pupil list with the same choices; the bench asks for none of them."""

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[str, str]]:
        """The choices of the list's own form, groups laid flat."""
        return _choices(str(self.parameter_name), timezone.localdate())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Nobody, should somebody ask all the same."""
        return queryset.none() if self.value() else queryset


@lru_cache
def _choices(name: str, day: date) -> tuple[tuple[str, str], ...]:
    form = StudentFilter(QueryDict(), schools=School.objects.none(), day=day, default_register=LISTED)
    field = cast(ChoiceField, form.fields[name])
    choices = [
        pair
        for value, label in cast(Iterable[tuple[Any, Any]], field.choices)
        for pair in (label if isinstance(label, list | tuple) else [(value, label)])
    ]
    return tuple((str(value), str(label)) for value, label in choices if value)


class RegisterCondition(SameCondition):
    """名册."""

    title = "名册"
    parameter_name = "register"


class SchoolCondition(SameCondition):
    """学校."""

    title = "学校"
    parameter_name = "school"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[str, str]]:
        """The district's schools."""
        schools = School.objects.visible_to(cast(User, request.user))
        return [(str(public_id), name) for public_id, name in schools.values_list("public_id", "name")]


class GradeCondition(SameCondition):
    """年级."""

    title = "年级"
    parameter_name = "grade"


class CategoryCondition(SameCondition):
    """类别."""

    title = "类别"
    parameter_name = "category"


class PairedCondition(SameCondition):
    """结对."""

    title = "结对"
    parameter_name = "paired"


class StudentAdmin(ModelAdmin):
    """The columns and conditions of the pupil list over the same query, to look at only."""

    list_per_page = 50
    list_display = ("name", "school", "class_name", "register", "category", "village", "boarding", "teachers")
    list_filter = (RegisterCondition, SchoolCondition, GradeCondition, CategoryCondition, PairedCondition)
    search_fields = ("name", "village")
    ordering = ("pinyin", "pk")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list; whatever page shows children, its reading is logged (safety S3)."""
        response: HttpResponse = super().changelist_view(request, extra_context)
        response = response.render() if isinstance(response, TemplateResponse) else response
        record(request.user if isinstance(request.user, User) else None, Action.READ, "student_list")
        return response

    def has_view_permission(self, _request: HttpRequest, _obj: Student | None = None) -> bool:
        """Everybody here may look."""
        return True

    def get_queryset(self, request: HttpRequest) -> StudentQuerySet:
        """Listed pupils of the person's district with everything the columns show, without a query per row."""
        district = request.user.district_id if isinstance(request.user, User) else None
        today = timezone.localdate()
        students = Student.objects.filter(district=district).with_place(today).listed(today.year, today)
        current = Pairing.objects.active(today).select_related("teacher")
        teachers = Prefetch("pairings", current, to_attr="current_pairings")
        return students.with_stage_rank().prefetch_related(teachers)

    @display(description="学校", ordering="school_name")
    def school(self, student: Any) -> str:
        """The school of the day."""
        return student.school_name or ""

    @display(description="班级", ordering="stage_rank")
    def class_name(self, student: Any) -> str:
        """Grade and class of the day."""
        return class_words(student, timezone.localdate())

    @display(description="名册")
    def register(self, student: Any) -> str:
        """The register with its mark, as the list shows it."""
        return format_html('<span class="status">{}</span>', Register(student.register).label)

    @display(description="类别")
    def category(self, student: Any) -> str:
        """Difficulty type or household state."""
        return str(student.main_type or student.household_status)

    @display(description="就读")
    def boarding(self, student: Any) -> str:
        """Boarder or day pupil."""
        return "住校" if student.is_boarder else "走读"

    @display(description="帮扶教师")
    def teachers(self, student: Any) -> str:
        """The teachers of the day, or a mark that there are none."""
        names = "、".join(pairing.teacher.name for pairing in student.current_pairings)
        return names or format_html('<span class="status">{}</span>', "未结对")


site = BenchSite()
site.register(Student, StudentAdmin)
site.register(
    [District, School, Teacher, User, SchoolClass, Enrolment, RegisterEntry, Campaign, Pairing, Visit]
)
urlpatterns = [*portal_pages, path("admin/", site.urls)]
