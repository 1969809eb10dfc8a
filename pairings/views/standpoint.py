"""From where these pages look: the day for new facts, the district, and what a form made before."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from pairing_portal.accounts.models import District
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.models import Row
from pairing_portal.undo.journal import Journal, undoable_today
from pairing_portal.undo.models import Kind
from pairings.access import can_keep_pairings, visible_pairings
from pairings.models import Pairing


def working_day(request: StaffRequest) -> date:
    """The day looked at, but never one that has not come yet."""
    return min(request.day, request.today)


def own_district(request: StaffRequest) -> District:
    """The person's district; an account without one finds nothing here."""
    if request.user.district is None:
        raise Http404
    return request.user.district


def undoable_here(request: StaffRequest, kind: Kind, about: Iterable[Row]) -> AbstractContextManager[Journal]:
    """A decision in the person's district that can be undone today on the pages of the rows it is about."""
    return undoable_today(
        kind, district=own_district(request), about=about, by=request.user, today=request.today
    )


def sent_before(request: StaffRequest) -> Pairing | None:
    """The pairing this very form made when it was sent before (safety I2)."""
    return Pairing.objects.submitted(
        request.user, public_id_in(request.POST.get("submission_id", ""))
    ).first()


def public_id_in(text: str) -> UUID | None:
    """A public id from an address or a form; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def pairing_to_keep(request: StaffRequest, public_id: UUID) -> Pairing:
    """A pairing the person may see (else 404) and change (else 403)."""
    rows = visible_pairings(request.user, request.today).with_people()
    pairing: Pairing = get_object_or_404(rows, public_id=public_id)
    if not can_keep_pairings(request.user):
        raise PermissionDenied
    return pairing
