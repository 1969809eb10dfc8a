"""Which household a row's pupil lives in: told by the household number, shared by brothers and sisters."""

from collections.abc import Mapping

from pairing_portal.accounts.models import District, User
from pairing_portal.lib.models import another
from pairing_portal.undo.journal import Journal
from students.imports.reading import Values
from students.imports.upserts import insert, overwrite
from students.models import Household, Student

HEAD_KEYS = ("head_name", "head_id_number")


class Households:
    """Collects the households of a list's pupils, then stores the new and the changed ones at once."""

    def __init__(self, known: Mapping[str, Household], district: District) -> None:
        self.by_number = dict(known)
        self.pattern = Household(district=district)
        self.new: list[Household] = []
        self.changed: dict[int, Household] = {}
        self.moved: set[int] = set()

    def settle(self, values: Values, student: Student) -> None:
        """Put the pupil into the household the row names, and give that household its head."""
        number = values.get("household_number", "")
        told = {key: values[key] for key in HEAD_KEYS if key in values}
        if not (number or told):
            return
        household = self._household(number, student)
        if student.household is not household:
            student.household = household
            if student.pk:
                self.moved.add(student.pk)
        for key, value in told.items():
            if getattr(household, key) != value:
                setattr(household, key, value)
                self._note(household)

    def _household(self, number: str, student: Student) -> Household:
        """The household of that number; one without a number takes it on; else a new one."""
        current = student.household
        if number in self.by_number:
            return self.by_number[number]
        if current is None or (number and current.number):
            current = another(self.pattern)
            current.number = number
            self.new.append(current)
        if number:
            self.by_number[number] = current
            if current.number != number:
                current.number = number
                self._note(current)
        return current

    def _note(self, household: Household) -> None:
        if household.pk:
            self.changed[household.pk] = household

    def write(self, by: User, journal: Journal) -> None:
        """Store them, new ones first so that pupils can point at them."""
        insert(self.new, by, journal)
        overwrite(self.changed.values(), ["number", *HEAD_KEYS], journal)
