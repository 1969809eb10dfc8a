"""The register of exports: who took what out of the portal, when and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.accounts.access import requires
from pairing_portal.accounts.models import Right
from pairing_portal.accounts.requests import StaffRequest
from pairing_portal.lib.paging import paginate
from reports.forms import ExportFilter
from reports.models import Export


@require_GET
@requires(Right.EXPORT)
def export_list(request: StaffRequest) -> HttpResponse:
    """Every attachment that was downloaded, newest first."""
    form = ExportFilter(request.GET)
    exports = form.apply(Export.objects.visible_to(request.user)).select_related("created_by")
    page = paginate(exports, request.GET)
    return render(request, "reports/export_list.html", {"page": page, "form": form})
