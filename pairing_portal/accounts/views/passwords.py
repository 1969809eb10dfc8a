"""Setting the first password, and changing it later."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pairing_portal.accounts.access import teacher_of
from pairing_portal.accounts.actions import set_password
from pairing_portal.accounts.forms.sign_in import NewPasswordForm, PasswordChangeForm
from pairing_portal.accounts.requests import StaffRequest


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def first_password(request: StaffRequest) -> HttpResponse:
    """Whoever came in with a one-time code chooses a password before anything else."""
    if not request.user.must_set_password:
        return redirect("home")
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        set_password(user=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已设好。以后用登录名和这个密码登录。")
        return redirect("home")
    return render(request, "accounts/first_password.html", {"form": form})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def password_change(request: StaffRequest) -> HttpResponse:
    """The person's own account: who one is here, and another password."""
    form = PasswordChangeForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        set_password(user=request.user, password=form.cleaned_data["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改，其他设备上的登录已退出。")
        return redirect("password_change")
    teacher = teacher_of(request.user)
    facts = [
        ("姓名", request.user.name),
        ("登录名", request.user.username),
        ("身份", request.user.role_names),
        *([("学校", teacher.school.name)] if teacher else []),
    ]
    return render(request, "accounts/password_change.html", {"form": form, "facts": facts})
