"""How long a session still lasts, and ending those that should not last."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.actions.locks import lift_lock
from pairing_portal.accounts.actions.sessions import end_session, end_sessions
from pairing_portal.accounts.models import Right, User, UserSession
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.accounts.sessions import extend, idle_end, session_id, total_end


@require_GET
def session_state(request: StaffRequest) -> HttpResponse:
    """How many seconds are left; asking is no sign of life."""
    return _state(request, timezone.now())


@require_POST
def session_extend(request: StaffRequest) -> HttpResponse:
    """The person is still there."""
    now = timezone.now()
    extend(request.session, now)
    return _state(request, now)


def _state(request: StaffRequest, now: datetime) -> HttpResponse:
    left = {"idle": idle_end(request.session) - now, "total": total_end(request.session) - now}
    return JsonResponse({name: int(span.total_seconds()) for name, span in left.items()})


@require_POST
def session_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Sign out one of the own devices."""
    own = UserSession.objects.open_of(request.user, timezone.now())
    session = get_object_or_404(own, public_id=public_id)
    if session.public_id == session_id(request.session):
        messages.info(request, "这是正在使用的设备，请用“退出登录”。")
    else:
        end_session(session=session, by=request.user)
        messages.success(request, "已退出这台设备。")
    return redirect("password_change")


@require_POST
def session_end_others(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = end_sessions(user=request.user, by=request.user, keep=session_id(request.session))
    messages.success(request, f"已退出其他 {ended} 台设备。" if ended else "没有其他登录的设备。")
    return redirect("password_change")


@require_POST
@requires(Right.MANAGE_ACCOUNTS, rows=lambda user, _: User.objects.visible_to(user))
def account_sessions_end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Sign somebody out on every device, as when a telephone is lost."""
    user = get_object_or_404(User.objects.visible_to(request.user), public_id=public_id)
    keep = session_id(request.session) if user == request.user else None
    ended = end_sessions(user=user, by=request.user, keep=keep)
    messages.success(request, f"已退出 {ended} 台设备。" if ended else "这个账号没有登录的设备。")
    return redirect("account_edit", public_id)


@require_POST
@requires(Right.MANAGE_ACCOUNTS, rows=lambda user, _: User.objects.visible_to(user))
def account_unlock(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Let somebody who mistyped too often try again at once."""
    user = get_object_or_404(User.objects.visible_to(request.user), public_id=public_id)
    lifted = lift_lock(user=user, by=request.user)
    messages.success(request, "已解除锁定，可以马上登录。" if lifted else "这个账号没有被锁定。")
    return redirect("account_edit", public_id)
