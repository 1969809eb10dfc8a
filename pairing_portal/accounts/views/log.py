"""The log, for those who answer for it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.forms.audit import AuditFilter
from pairing_portal.accounts.models import Right, User
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.audit.models import AuditEvent
from pairing_portal.lib.paging import paginate
from pairing_portal.lib.templatetags.portal import has_filters


@require_GET
@requires(Right.READ_AUDIT)
def audit_list(request: StaffRequest) -> HttpResponse:
    """What the people of the district did, newest first."""
    form = AuditFilter(request.GET, people=User.objects.visible_to(request.user))
    events = form.apply(AuditEvent.objects.of_district(request.user.district_id)).select_related("actor")
    context = {
        "page": paginate(events, request.GET, named_by="id"),
        "filter_form": form,
        "is_filtered": has_filters(request.GET),
    }
    return render(request, "accounts/audit_list.html", context)
