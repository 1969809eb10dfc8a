"""Forms that came in after the session had ended, given back to whoever wrote them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.actions.kept_forms import discard_kept_form
from pairing_portal.accounts.kept_forms import HAS_KEPT
from pairing_portal.accounts.models import KeptForm, User
from pairing_portal.accounts.requests import StaffRequest


def page_to_go_on(request: HttpRequest, user: User) -> str | None:
    """Where somebody who just came in finds what they had typed; None: nothing is waiting."""
    kept = list(KeptForm.objects.of(user, timezone.now()))
    for form in [each for each in kept if not each.typed]:
        discard_kept_form(user=user, address=form.address)
    waiting = [each for each in kept if each.typed]
    if not waiting:
        return kept[0].page if kept else None
    request.session[HAS_KEPT] = True
    if len(waiting) == 1 and waiting[0].is_on_its_page:
        return waiting[0].address
    return "kept_form_list"


@require_GET
def kept_form_list(request: StaffRequest) -> HttpResponse:
    """What is waiting, to be looked over, sent or dropped."""
    kept = KeptForm.objects.of(request.user, timezone.now())
    return render(request, "accounts/kept_form_list.html", {"kept_forms": kept})


@require_POST
def kept_form_discard(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The person does not want it any more."""
    own = KeptForm.objects.of(request.user, timezone.now())
    form = get_object_or_404(own, public_id=public_id)
    discard_kept_form(user=request.user, address=form.address)
    messages.success(request, "已放弃刚才没有提交的内容。")
    return redirect(form.page)
