"""Which list a workbook is."""

from dataclasses import dataclass
from datetime import date

from pairing_portal.accounts.models import District
from students.models import Register


@dataclass(frozen=True)
class RegisterList:
    """Which list it is: of whom, for which year, describing which day."""

    district: District
    register: Register
    year: int
    on: date
