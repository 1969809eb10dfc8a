"""The imports of the cast: one that waits for a decision in each district, one that was set aside."""

from datetime import date

from pairing_portal.lib.workbooks.sheets import Sheet, Workbook
from students.actions.imports import ListSettings, Upload, receive_roster
from students.imports.planning import plan_register
from students.models import RosterImport, Student
from tests.cast.places import HOME, Place

NEW_PUPIL = "610899201108209026"


def make_waiting_roster(place: Place, known: Student, today: date) -> RosterImport:
    """A county list that waits for a decision: somebody new, somebody changed, a school nobody knows."""
    word = place.word
    rows = [
        ("学校", "年级", "班级", "学生姓名", "身份证号", "监护人", "村", "脱贫状态"),
        (
            place.schools[0].name,
            "三年级",
            "1班",
            f"{word}新生",
            NEW_PUPIL,
            f"{word}家长",
            f"{word}村",
            "未脱贫",
        ),
        (
            place.schools[0].name,
            "三年级",
            "1班",
            known.name,
            known.id_number,
            f"{word}姑",
            f"{word}湾",
            "未脱贫",
        ),
        (f"{word}三小", "三年级", "1班", f"{word}外来", None, f"{word}家长", f"{word}村", "未脱贫"),
    ]
    workbook = Workbook((Sheet(f"{word}表", is_visible=True, rows=tuple(rows)),))
    return receive_roster(
        upload=Upload(workbook, f"{word}名册.xlsx", "0" * 64),
        settings=ListSettings(RosterImport.Kind.COUNTY_FILED, today.year, today),
        planner=plan_register,
        district=place.district,
        by=place.office,
    )


def make_settled_roster(here: Place, today: date) -> RosterImport:
    return RosterImport.objects.create(
        district=here.district,
        kind=RosterImport.Kind.COUNTY_FILED,
        state=RosterImport.State.DISCARDED,
        year=today.year,
        listed_on=today,
        file_name=f"{HOME}旧名册.xlsx",
        file_hash="0" * 64,
    )
