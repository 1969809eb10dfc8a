"""Pages of the visits."""

from visits.views.lists import visit_list, visit_list_search
from visits.views.new import visit_new
from visits.views.records import visit_correct, visit_detail, visit_followed_up, visit_note_read
from visits.views.rounds import village_round

__all__ = [
    "village_round",
    "visit_correct",
    "visit_detail",
    "visit_followed_up",
    "visit_list",
    "visit_list_search",
    "visit_new",
    "visit_note_read",
]
