"""Forms of the visits pages."""

from visits.forms.filters import VisitFilter
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
    "VisitCorrectionForm",
    "VisitFilter",
    "VisitForm",
    "folds",
]
