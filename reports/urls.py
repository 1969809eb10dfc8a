"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from reports.views import attachments, desks, exports, office, silence

urlpatterns: list[URLPattern] = [
    path("", desks.home, name="home"),
    path("silent/", silence.silent_list, name="silent_list"),
    path("attachments/", attachments.attachment_list, name="attachment_list"),
    path("attachments/<int:attachment>/export/", attachments.attachment_export, name="attachment_export"),
    path("imports/templates/<slug:kind>/", office.import_template, name="import_template"),
    path("imports/<uuid:public_id>/returned/", office.import_returned, name="import_returned"),
    path("imports/prefilled/", office.register_prefilled, name="register_prefilled"),
    path("exports/", exports.export_list, name="export_list"),
]
