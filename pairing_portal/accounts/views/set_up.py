"""The first run, and the office's own settings."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions import open_district, save_edit
from pairing_portal.accounts.forms.places import DistrictEditForm, DistrictForm
from pairing_portal.accounts.models import District, Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.navigation import Step
from pairings.rules import SetUpStep, set_up_steps


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step is done and where its result is seen, with the words before and after."""

    page: str
    result: str
    before: str
    after: str


PLACES = {
    "district": Place("district_edit", "district_edit", "学区名称、县级主管办公室", "可在学区设置中修改"),
    "schools": Place("school_list", "school_list", "逐所录入，也可以在导入第一份名册时带入", "已有 {} 所"),
    "campaign": Place(
        "campaign_new", "campaign_detail", "核对方案的四个阶段和报送截止日", "本年度活动已建立"
    ),
    "teachers": Place(
        "import_new", "teacher_list", "导入教师名单，也可以在“教师”里逐位录入", "已有 {} 位在职教师"
    ),
    "county_register": Place("import_new", "student_list", "导入县里下发的名单", "在册 {} 人"),
    "district_register": Place("import_new", "student_list", "导入学区认定的名单", "在册 {} 人"),
    "pairings": Place("pairing_new_many", "pairing_list", "导入结对名单，或在平台里安排", "已有 {} 对"),
}


@require_http_methods(["GET", "POST"])
@requires(Right.MANAGE_DISTRICT)
def setup(request: StaffRequest) -> HttpResponse:
    """What the portal still needs; its first step makes the district."""
    district = request.user.district
    form = None
    if district is None:
        form = DistrictForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and _opened(form, request):
            messages.success(request, "学区已建立。接下来录入学校。")
            return redirect("setup")
    found = set_up_steps(district, request.year, request.day)
    context = {"form": form, "steps": _steps(found, request.year), "next_step": _next(found, request.year)}
    return render(request, "accounts/setup.html", context)


def _opened(form: DistrictForm, request: StaffRequest) -> bool:
    try:
        open_district(
            district=form.instance, by=request.user, submission_id=form.cleaned_data["submission_id"]
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _steps(found: tuple[SetUpStep, ...], year: int) -> list[Step]:
    """The steps as the page shows them; nothing can be opened before there is a district."""
    current = next((step for step in found if not step.is_done), None)
    return [_step(step, year, is_current=step is current, can_open=found[0].is_done) for step in found]


def _step(step: SetUpStep, year: int, *, is_current: bool, can_open: bool) -> Step:
    place = PLACES[step.code]
    if step.is_done:
        seen = reverse(place.result, args=[year] if place.result == "campaign_detail" else None)
        return Step(step.label, "done", seen, place.after.format(step.count))
    address = reverse(place.page) if can_open else ""
    return Step(step.label, "current" if is_current else "todo", address, place.before)


def _next(found: tuple[SetUpStep, ...], year: int) -> Step | None:
    """The step to take now, if the district stands and something is missing."""
    waiting = next((step for step in _steps(found, year) if step.state == "current"), None)
    return waiting if waiting and waiting.url else None


@require_http_methods(["GET", "POST"])
@requires(Right.MANAGE_DISTRICT)
def district_edit(request: StaffRequest) -> HttpResponse:
    """The office's names as the documents print them, and the reminder interval."""
    if request.user.district is None:
        return redirect("setup")
    district = District.objects.get(pk=request.user.district.pk)
    form, conflict = DistrictEditForm(request.POST or None, instance=district), None
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form=form, by=request.user)
        except EditConflict as found:
            conflict = found
        else:
            messages.success(request, "学区设置已保存。")
            return redirect("district_edit")
    return render(request, "accounts/district_edit.html", {"form": form, "conflict": conflict})
