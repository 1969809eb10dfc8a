"""Which list a workbook is."""

from dataclasses import dataclass
from datetime import date

from pairing_portal.accounts.models import District
from students.models import Register

RETURNED = "退回的行"  # the sheet of rows that came back to be put right, which is no whole list


@dataclass(frozen=True)
class RegisterList:
    """Which list it is: of whom, for which year, describing which day."""

    district: District
    register: Register
    year: int
    on: date
