"""Every address of the portal: the one module that knows all pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("reports.urls")),
    path("", include("pairing_portal.accounts.urls")),
    path("", include("students.urls")),
    path("", include("pairings.urls")),
    path("", include("visits.urls")),
]
