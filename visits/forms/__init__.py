"""Forms of the visits pages."""

from visits.forms.filters import RoundFilter, VisitFilter
from visits.forms.visits import (
    Fold,
    FollowedUpForm,
    PaperVisitForm,
    VisitCorrectionForm,
    VisitForm,
    folds,
)

__all__ = [
    "Fold",
    "FollowedUpForm",
    "PaperVisitForm",
    "RoundFilter",
    "VisitCorrectionForm",
    "VisitFilter",
    "VisitForm",
    "folds",
]
