"""Setting the first password, and changing it later."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import teacher_of
from pairing_portal.accounts.actions import change_password, set_password
from pairing_portal.accounts.forms.sign_in import NewPasswordForm, PasswordChangeForm
from pairing_portal.accounts.models import UserSession
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.accounts.sessions import session_id
from pairing_portal.audit.actions import present_origin


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def first_password(request: StaffRequest) -> HttpResponse:
    """Whoever came in with a one-time code chooses a password before anything else."""
    if not request.user.must_set_password:
        return redirect("home")
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        set_password(
            user=request.user, password=form.cleaned_data["password"], keep=session_id(request.session)
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已设好。以后用登录名和这个密码登录。")
        return redirect("home")
    return render(request, "accounts/first_password.html", {"form": form})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def password_change(request: StaffRequest) -> HttpResponse:
    """The person's own account: who one is here, another password, and the devices one is signed in on."""
    form = PasswordChangeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid() and _changed(form, request):
        messages.success(request, "密码已修改，其他设备上的登录已退出。")
        return redirect("password_change")
    teacher = teacher_of(request.user)
    facts = [
        ("姓名", request.user.name),
        ("登录名", request.user.username),
        ("身份", request.user.role_names),
        *([("学校", teacher.school.name)] if teacher else []),
    ]
    context = {
        "form": form,
        "facts": facts,
        "sessions": UserSession.objects.open_of(request.user, timezone.now()),
        "this_session": session_id(request.session),
    }
    return render(request, "accounts/password_change.html", context)


def _changed(form: PasswordChangeForm, request: StaffRequest) -> bool:
    try:
        change_password(
            user=request.user,
            current=form.cleaned_data["current"],
            password=form.cleaned_data["password"],
            now=timezone.now(),
            address=present_origin().address,
            keep=session_id(request.session),
        )
    except ValidationError as refused:
        form.add_error("current", refused)
        return False
    update_session_auth_hash(request, request.user)
    return True
