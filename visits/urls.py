"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from visits import views

urlpatterns: list[URLPattern] = [
    path("visits/", views.visit_list, name="visit_list"),
    path("visits/search/", views.visit_list_search, name="visit_list_search"),
    path("students/<uuid:public_id>/visits/new/", views.visit_new, name="visit_new"),
    path("visits/round/", views.village_round, name="village_round"),
    path("visits/<uuid:public_id>/", views.visit_detail, name="visit_detail"),
    path("visits/<uuid:public_id>/correct/", views.visit_correct, name="visit_correct"),
    path("visits/<uuid:public_id>/followed-up/", views.visit_followed_up, name="visit_followed_up"),
    path("visits/<uuid:public_id>/note-read/", views.visit_note_read, name="visit_note_read"),
]
