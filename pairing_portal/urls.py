"""Every address of the portal: the one module that knows all pages."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from pairing_portal.gallery.views import gallery
from pairing_portal.jump.views import jump, jump_search
from pairing_portal.manual.views import manual, manual_role
from pairing_portal.places import Mode

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("pairing_portal.accounts.urls")),
    path("", include("students.urls")),
    path("", include("pairings.urls")),
    path("", include("visits.urls")),
    path("", include("pairing_portal.undo.urls")),
    path("manual/", manual, name="manual"),
    path("manual/<slug:role>/", manual_role, name="manual_role"),
    path("jump/", jump, name="jump"),
    path("jump/search/", jump_search, name="jump_search"),
]
if settings.MODE != Mode.PRODUCTION:
    urlpatterns.append(path("gallery/", gallery, name="gallery"))

handler400 = "pairing_portal.errors.bad_request"
handler500 = "pairing_portal.errors.server_error"
