"""What a person looks at when a desk, a list or an attachment is put together."""

from dataclasses import dataclass
from datetime import date

from pairing_portal.accounts.models import District, Right, User
from pairings.access import visible_pairings, visible_students
from pairings.models.pairings import PairingQuerySet
from students.models.people import StudentQuerySet


@dataclass(frozen=True, slots=True)
class Scope:
    """One person's view: rights follow `today`, facts are those of `day` in the campaign year `year`."""

    user: User
    today: date
    year: int
    day: date

    @property
    def district(self) -> District | None:
        """The person's district; accounts without one see nothing."""
        return self.user.district

    @property
    def students(self) -> StudentQuerySet:
        """Every pupil the person may see today."""
        return visible_students(self.user, self.today)

    @property
    def listed(self) -> StudentQuerySet:
        """Those of them who are on a register of the year on the day."""
        return self.students.listed(self.year, self.day)

    @property
    def pairings(self) -> PairingQuerySet:
        """Every pairing the person may see today."""
        return visible_pairings(self.user, self.today)


def can_export(user: User) -> bool:
    """Whether the user may take the attachments out of the portal."""
    return user.may(Right.EXPORT)
