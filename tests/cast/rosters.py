"""The imports of the cast: one that waits for a decision in each district, one that was set aside."""

from collections.abc import Mapping
from datetime import date

from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from students.actions.imports import ListSettings, Upload, receive_roster
from students.imports.planning import plan_register
from students.models import RosterImport, Student
from tests.cast.places import HOME, Place

NEW_PUPIL = "610899201108209026"
HEADER = ("年级", "班级", "学校", "学生姓名", "身份证号", "监护人", "村", "脱贫状态")

Row = tuple[str | None, ...]


def make_rosters(
    here: Place, there: Place, pupils: Mapping[str, Student], today: date
) -> dict[str, RosterImport]:
    """One that waits in each district, and the settled one."""
    return {
        "here": make_waiting_roster(here, [pupils["paired"], pupils["led"]], today),
        "foreign": make_waiting_roster(there, [pupils["foreign"]], today),
        "settled": make_settled_roster(here, today),
    }


def make_waiting_roster(place: Place, known: list[Student], today: date) -> RosterImport:
    """A county list that waits for a decision: somebody new, the known ones changed, a school nobody knows."""
    word, school = place.word, place.schools[0].name
    rows = (
        HEADER,
        _row(word, school, f"{word}新生", NEW_PUPIL),
        *(_row(word, school, pupil.name, pupil.id_number) for pupil in known),
        _row(word, f"{word}三小", f"{word}外来", None),
    )
    workbook = Workbook((Sheet(f"{word}表", is_visible=True, rows=rows),))
    return receive_roster(
        upload=Upload(workbook, f"{word}名册.xlsx", "0" * 64),
        settings=ListSettings(RosterImport.Kind.COUNTY_FILED, today.year, today),
        planner=plan_register,
        district=place.district,
        by=place.office,
    )


def _row(word: str, school: str, name: str, number: str | None) -> Row:
    return ("三年级", "1班", school, name, number, f"{word}家长", f"{word}湾", "未脱贫")


def make_settled_roster(here: Place, today: date) -> RosterImport:
    """A list that was set aside."""
    return RosterImport.objects.create(
        district=here.district,
        kind=RosterImport.Kind.COUNTY_FILED,
        state=RosterImport.State.DISCARDED,
        year=today.year,
        listed_on=today,
        file_name=f"{HOME}旧名册.xlsx",
        file_hash="0" * 64,
    )
