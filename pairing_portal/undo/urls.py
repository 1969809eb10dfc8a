"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from pairing_portal.undo import views

urlpatterns: list[URLPattern] = [
    path("changes/<uuid:public_id>/undo/", views.change_undo, name="change_undo"),
]
