"""Accounts: who may sign in, in which roles, and the slips that let them."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions import Slip, change_account, create_account, link_teacher, save_edit
from pairing_portal.accounts.actions.locks import locked_accounts, locked_until
from pairing_portal.accounts.forms.accounts import AccountEditForm, AccountFilter, AccountForm
from pairing_portal.accounts.models import Right, Role, Teacher, User, UserSession
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.accounts.views.slips import slips_page
from pairing_portal.lib.forms import EditConflict
from pairing_portal.lib.paging import paginate, sort_order
from pairing_portal.lib.searches import remember_search, searched
from pairing_portal.lib.templatetags.portal import has_filters

SEARCH = "accounts"
ORDERS = {"username": ("username",), "name": ("name", "username"), "seen": ("last_login", "username")}


@require_GET
@requires(Right.MANAGE_ACCOUNTS)
def account_list(request: StaffRequest) -> HttpResponse:
    """Accounts of the district with their roles and when they were last used."""
    form, words = AccountFilter(request.GET), searched(request.session, SEARCH)
    now = timezone.now()
    seen = User.objects.visible_to(request.user)
    users = form.apply(seen, words, locked=partial(locked_accounts, now=now))
    shown = users.select_related("teacher__school").prefetch_related("groups")
    context = {
        "page": paginate(shown, request.GET, order=sort_order(request.GET, ORDERS, "username")),
        "filter_form": form,
        "is_filtered": has_filters(request.GET),
        "words": words,
        "now": now,
    }
    return render(request, "accounts/account_list.html", context)


@require_POST
@requires(Right.MANAGE_ACCOUNTS)
def account_list_search(request: StaffRequest) -> HttpResponse:
    """Keep the name looked for out of the address."""
    remember_search(request.session, SEARCH, "" if "clear" in request.POST else request.POST.get("text", ""))
    return redirect("account_list")


@require_http_methods(["GET", "POST"])
@requires(Right.MANAGE_ACCOUNTS)
def account_new(request: StaffRequest) -> HttpResponse:
    """Open one account; the answer is its slip, shown once."""
    teachers = _teachers(request).without_account()
    form = AccountForm(request.POST or None, teachers=teachers, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["submission_id"]
        if repeated := User.objects.submitted(request.user, sent).first():
            messages.info(request, "这个账号已经建好。登录码只显示一次，没有打印的请重新发放。")
            return redirect("account_edit", repeated.public_id)
        try:
            slip = _opened(form, request)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return slips_page(request, [slip])
    return render(request, "accounts/account_new.html", {"form": form})


def _initial(request: StaffRequest) -> dict[str, object]:
    """A teacher named in the address is filled in with the role that fits."""
    try:
        teacher = (
            _teachers(request).without_account().filter(public_id=request.GET.get("teacher", "")).first()
        )
    except ValidationError:
        return {}
    return {"teacher": teacher, "name": teacher.name, "roles": [Role.TEACHER.value]} if teacher else {}


def _opened(form: AccountForm, request: StaffRequest) -> Slip:
    return create_account(
        username=form.cleaned_data["username"],
        name=form.cleaned_data["name"],
        roles=[Role(name) for name in form.cleaned_data["roles"]],
        district=request.user.district,
        by=request.user,
        now=timezone.now(),
        teacher=form.cleaned_data["teacher"],
        submission_id=form.cleaned_data["submission_id"],
    )


@require_http_methods(["GET", "POST"])
@requires(Right.MANAGE_ACCOUNTS, rows=lambda user, _: User.objects.visible_to(user))
def account_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change name, roles and teacher, or switch the account off; it holds from the next request."""
    user = get_object_or_404(User.objects.visible_to(request.user), public_id=public_id)
    teachers = _teachers(request).filter(user=None) | Teacher.objects.filter(user=user)
    form, conflict = AccountEditForm(request.POST or None, instance=user, teachers=teachers), None
    if request.method == "POST" and form.is_valid():
        try:
            _change(user, form, request)
        except EditConflict as found:
            conflict = found
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "账号已保存。")
            return redirect("account_list")
    context = {"form": form, "conflict": conflict, "account": user, "is_own": user.pk == request.user.pk}
    return render(request, "accounts/account_edit.html", context | _access_of(user, timezone.now()))


def _access_of(user: User, now: datetime) -> dict[str, object]:
    """Whether the person can come in, and where they are in."""
    return {
        "now": now,
        "locked_until": locked_until(username=user.username, now=now),
        "sessions": UserSession.objects.open_of(user, now),
    }


@transaction.atomic
def _change(user: User, form: AccountEditForm, request: StaffRequest) -> None:
    if not save_edit(form=form, by=request.user):
        return
    roles = [Role(name) for name in form.cleaned_data["roles"]]
    change_account(user=user, roles=roles, is_active=form.cleaned_data["is_active"], by=request.user)
    link_teacher(user=user, teacher=form.cleaned_data["teacher"], by=request.user)


def _teachers(request: StaffRequest) -> TeacherQuerySet:
    return Teacher.objects.visible_to(request.user).employed(request.today).select_related("school")
