"""Paper with one-time codes: the only place where a code is ever seen."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions import Slip, create_teacher_accounts, issue_code, reissue_codes
from pairing_portal.accounts.forms.accounts import MOST_AT_ONCE, BulkAccountForm
from pairing_portal.accounts.models import Right, Teacher, User
from pairing_portal.accounts.requests import StaffRequest

MOST_SHOWN = 300


@require_GET
@requires(Right.MANAGE_ACCOUNTS)
def account_bulk_new(request: StaffRequest) -> HttpResponse:
    """Tick who gets a slip."""
    return _bulk_page(request, _bulk_form(request))


@require_POST
@requires(Right.MANAGE_ACCOUNTS)
def account_slips(request: StaffRequest) -> HttpResponse:
    """Open the ticked accounts; this answer is the paper, and it never comes again."""
    form = _bulk_form(request)
    if not form.is_valid():
        return _bulk_page(request, form)
    now = timezone.now()
    slips = [
        *create_teacher_accounts(teachers=form.cleaned_data["teachers"], by=request.user, now=now),
        *reissue_codes(users=form.cleaned_data["users"], by=request.user, now=now),
    ]
    return slips_page(request, slips)


@require_POST
@requires(Right.MANAGE_ACCOUNTS, rows=lambda user, _: User.objects.visible_to(user))
def account_code_new(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A new code for somebody who forgot the password or lost the slip; the old password ends at once."""
    user = get_object_or_404(User.objects.visible_to(request.user).active(), public_id=public_id)
    if user.pk == request.user.pk:
        raise PermissionDenied
    return slips_page(request, [issue_code(user=user, by=request.user, now=timezone.now())])


def slips_page(request: StaffRequest, slips: Sequence[Slip]) -> HttpResponse:
    """The printable answer to the POST that made the codes."""
    context = {"slips": slips, "address": request.build_absolute_uri(reverse("sign_in"))}
    return render(request, "accounts/account_slips.html", context)


def _bulk_form(request: StaffRequest) -> BulkAccountForm:
    teachers = Teacher.objects.visible_to(request.user).employed(request.today).without_account()
    return BulkAccountForm(
        request.POST if request.method == "POST" else None,
        teachers=teachers.select_related("school").order_by("school__name", "pinyin", "pk"),
        users=User.objects.visible_to(request.user).waiting().exclude(pk=request.user.pk),
    )


def _bulk_page(request: StaffRequest, form: BulkAccountForm) -> HttpResponse:
    context = {
        "form": form,
        "teachers": form.offered_teachers[:MOST_SHOWN],
        "users": form.offered_users[:MOST_SHOWN],
        "has_teachers": Teacher.objects.visible_to(request.user).employed(request.today).exists(),
        "most": MOST_AT_ONCE,
        "now": timezone.now(),
        "ticked": set(request.POST.getlist("teachers")) | set(request.POST.getlist("users")),
    }
    return render(request, "accounts/account_bulk_new.html", context)
