"""From any page to a person, a place or another page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.audit.reads import audited_read
from pairing_portal.context import menu_of
from pairing_portal.jump.finding import find, straight_to
from pairing_portal.jump.forms import JumpForm
from pairing_portal.lib.searches import remember_search, searched
from pairings.access import visible_students
from students.forms.numbers import NOT_FOUND, FindForm

SEARCH = "jump"


@require_GET
@audited_read("全站查找")
def jump(request: StaffRequest) -> HttpResponse:
    """Pupils, teachers, classes, schools and pages that answer to the words, as far as the reader may see them."""
    words = searched(request.session, SEARCH)
    groups = find(words, request, menu_of(request)) if words else ()
    return render(request, "jump/jump.html", {"words": words, "groups": groups})


@require_POST
def jump_search(request: StaffRequest) -> HttpResponse:
    """Keep the words on the server and show what answers to them; the only answer is opened at once."""
    form = JumpForm(request.POST)
    if "clear" in request.POST or not form.is_valid():
        remember_search(request.session, SEARCH, "")
        _say(request, form)
        return redirect("jump")
    if form.is_number:
        return _by_number(request, form.cleaned_data["text"])
    words = form.cleaned_data["text"]
    remember_search(request.session, SEARCH, words)
    return redirect(straight_to(words, find(words, request, menu_of(request))) or "jump")


def _say(request: StaffRequest, form: JumpForm) -> None:
    """What to type instead; nothing where the box was cleared on purpose."""
    if "clear" not in request.POST:
        messages.warning(request, " ".join(str(error) for error in form.errors["text"]))


def _by_number(request: StaffRequest, number: str) -> HttpResponse:
    """Open the pupil with exactly this number, which is kept neither in the session nor in the log."""
    remember_search(request.session, SEARCH, "")
    form = FindForm({"number": number}, today=request.today)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for error in form.errors["number"]))
        return redirect("jump")
    found = form.apply(visible_students(request.user, request.today)).first()
    record(request.user, Action.READ, "按证件号查找", count=0 if found is None else 1)
    if found is None:
        messages.warning(request, NOT_FOUND)
    return redirect(found or "jump")
