"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from pairings.views.campaigns import campaign_detail, campaign_edit, campaign_new
from pairings.views.ending import pairing_edit, pairing_end, pairing_hand_over
from pairings.views.gaps import pairing_gaps
from pairings.views.leadership import leadership_end, leadership_list, leadership_new
from pairings.views.lists import pairing_detail, pairing_list, pairing_list_search
from pairings.views.making import pairing_new, pairing_new_many
from pairings.views.plans import help_plan_edit, help_plan_new
from pairings.views.proposal_batches import (
    proposal_calculate,
    proposal_detail,
    proposal_publish,
    proposal_return,
    proposal_submit,
    proposal_take_back,
    proposal_withdraw,
)
from pairings.views.proposal_rows import proposal_leave_out, proposal_pin, proposal_place
from pairings.views.proposals import proposal_list, proposal_new, proposal_settings
from pairings.views.study_notes import study_note_correct, study_note_new
from pairings.views.turn_results import (
    year_turn_confirm,
    year_turn_detail,
    year_turn_discard,
    year_turn_refresh,
    year_turn_undo,
)
from pairings.views.turning import year_turn_edit, year_turn_list, year_turn_new, year_turn_pupils

urlpatterns: list[URLPattern] = [
    path("campaigns/new/", campaign_new, name="campaign_new"),
    path("campaigns/<int:year>/", campaign_detail, name="campaign_detail"),
    path("campaigns/<int:year>/edit/", campaign_edit, name="campaign_edit"),
    path("leadership/", leadership_list, name="leadership_list"),
    path("leadership/new/", leadership_new, name="leadership_new"),
    path("leadership/<uuid:public_id>/end/", leadership_end, name="leadership_end"),
    path("pairings/", pairing_list, name="pairing_list"),
    path("pairings/search/", pairing_list_search, name="pairing_list_search"),
    path("pairings/new/", pairing_new, name="pairing_new"),
    path("pairings/new-many/", pairing_new_many, name="pairing_new_many"),
    path("pairings/gaps/", pairing_gaps, name="pairing_gaps"),
    path("pairings/<uuid:public_id>/", pairing_detail, name="pairing_detail"),
    path("pairings/<uuid:public_id>/edit/", pairing_edit, name="pairing_edit"),
    path("pairings/<uuid:public_id>/hand-over/", pairing_hand_over, name="pairing_hand_over"),
    path("pairings/<uuid:public_id>/end/", pairing_end, name="pairing_end"),
    path("pairings/<uuid:public_id>/plans/new/", help_plan_new, name="help_plan_new"),
    path("plans/<uuid:public_id>/edit/", help_plan_edit, name="help_plan_edit"),
    path("students/<uuid:public_id>/study-notes/new/", study_note_new, name="study_note_new"),
    path("study-notes/<uuid:public_id>/correct/", study_note_correct, name="study_note_correct"),
    path("year-turns/", year_turn_list, name="year_turn_list"),
    path("year-turns/new/", year_turn_new, name="year_turn_new"),
    path("year-turns/<uuid:public_id>/", year_turn_detail, name="year_turn_detail"),
    path("year-turns/<uuid:public_id>/edit/", year_turn_edit, name="year_turn_edit"),
    path("year-turns/<uuid:public_id>/pupils/", year_turn_pupils, name="year_turn_pupils"),
    path("year-turns/<uuid:public_id>/refresh/", year_turn_refresh, name="year_turn_refresh"),
    path("year-turns/<uuid:public_id>/confirm/", year_turn_confirm, name="year_turn_confirm"),
    path("year-turns/<uuid:public_id>/discard/", year_turn_discard, name="year_turn_discard"),
    path("year-turns/<uuid:public_id>/undo/", year_turn_undo, name="year_turn_undo"),
    path("proposals/", proposal_list, name="proposal_list"),
    path("proposals/new/", proposal_new, name="proposal_new"),
    path("proposals/<uuid:public_id>/", proposal_detail, name="proposal_detail"),
    path("proposals/<uuid:public_id>/settings/", proposal_settings, name="proposal_settings"),
    path("proposals/<uuid:public_id>/calculate/", proposal_calculate, name="proposal_calculate"),
    path("proposals/<uuid:public_id>/submit/", proposal_submit, name="proposal_submit"),
    path("proposals/<uuid:public_id>/take-back/", proposal_take_back, name="proposal_take_back"),
    path("proposals/<uuid:public_id>/withdraw/", proposal_withdraw, name="proposal_withdraw"),
    path("proposals/<uuid:public_id>/publish/", proposal_publish, name="proposal_publish"),
    path("proposals/<uuid:public_id>/return/", proposal_return, name="proposal_return"),
    path("proposals/rows/<uuid:public_id>/place/", proposal_place, name="proposal_place"),
    path("proposals/rows/<uuid:public_id>/pin/", proposal_pin, name="proposal_pin"),
    path("proposals/rows/<uuid:public_id>/leave-out/", proposal_leave_out, name="proposal_leave_out"),
]
