"""Forms with a choice of rows: where each stands, what else is filled in, and the own row it may take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.access.table import handles
from tests.cast import Cast

OTHER_BOY = "61089920100315919X"
Values = Callable[[Cast], dict[str, Any]]


def _nothing(_cast: Cast) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Case:
    """One field of one form; `own` and `foreign` are relations of `kind` that the field is tried with."""

    name: str
    subject: str
    field: str
    kind: str
    own: str
    values: Values = _nothing
    role: str = "office"
    query: str = ""
    page: str = ""

    def __str__(self) -> str:
        return f"{self.name}.{self.field}"

    def handle(self, cast: Cast, relation: str) -> UUID:
        """The row tried."""
        found: UUID = handles(cast)[self.kind][relation]
        return found


def _teacher(cast: Cast) -> dict[str, Any]:
    return {"teacher": cast.here.teachers[1].public_id}


NEW_PUPIL = {"name": "此乡新来", "id_number": OTHER_BOY, "guardian_name": "此乡祖母"}
NEW_VISIT = {"way": "phone", "situation": "电话里说都好。"}

CASES = (
    Case("student_new", "-", "place-school_class", "class", "led", lambda cast: NEW_PUPIL),
    Case(
        "enrolment_new",
        "pupil:paired",
        "school_class",
        "class",
        "same_district",
        lambda cast: {"reason": "rearranged"},
    ),
    Case(
        "student_household_link", "pupil:same_district", "sibling", "pupil", "led", page="student_household"
    ),
    Case("class_new", "-", "school", "school", "here", lambda cast: {"grade": "primary-2", "number": 9}),
    Case("class_teacher_new", "class:same_school", "teacher", "teacher", "same_school"),
    Case("teacher_new", "-", "school", "school", "here", lambda cast: {"name": "此乡新师"}),
    Case("teacher_move", "teacher:same_district", "school", "school", "here"),
    Case(
        "account_new",
        "-",
        "teacher",
        "teacher",
        "same_district",
        lambda cast: {"name": "此乡新号", "username": "bendi.xin", "roles": ["teacher"]},
        role="admin",
    ),
    Case("account_edit", "account:here", "teacher", "teacher", "same_district", role="admin"),
    Case("account_slips", "-", "teachers", "teacher", "same_district", role="admin", page="account_bulk_new"),
    Case("leadership_new", "-", "teacher", "teacher", "same_school", lambda cast: {"post": "deputy"}),
    Case("pairing_new", "-", "student", "pupil", "same_district", _teacher),
    Case(
        "pairing_new",
        "-",
        "teacher",
        "teacher",
        "same_school",
        lambda cast: {"student": cast.pupils["led"].public_id},
    ),
    Case("pairing_new_many", "-", "students", "pupil", "led", _teacher, query="?show=all"),
    Case(
        "pairing_new_many",
        "-",
        "teacher",
        "teacher",
        "same_school",
        lambda cast: {"students": [cast.pupils["led"].public_id]},
        query="?show=all",
    ),
    Case("pairing_hand_over", "pairing:paired", "teacher", "teacher", "same_school"),
    Case("visit_new", "pupil:paired", "teacher", "teacher", "same_school", lambda cast: NEW_VISIT),
    Case("proposal_new", "-", "excluded", "teacher", "same_school", page="proposal_new"),
    Case("proposal_settings", "batch:draft", "excluded", "teacher", "same_school"),
    Case("proposal_place", "proposal:draft", "teacher", "teacher", "same_district"),
    Case("visit_new", "pupil:paired", "siblings", "pupil", "led", lambda cast: NEW_VISIT),
)
# Forms that name no row but make or change one.
PLAIN = (
    Case("school_new", "-", "name", "-", "", lambda cast: {"name": "此乡三小"}),
    Case("campaign_new", "-", "year", "-", "", lambda cast: {"year": cast.today.year + 1}),
    Case("register_entry_edit", "entry:paired", "remark", "-", "", lambda cast: {"remark": "改"}),
    Case("register_entry_edit", "entry:led", "remark", "-", "", lambda cast: {"remark": "改", "grade": ""}),
    Case("student_edit", "pupil:paired", "village", "-", "", lambda cast: {"village": "改村"}),
    Case("student_household", "pupil:paired", "head_name", "-", "", lambda cast: {"head_name": "此乡新户主"}),
    Case("school_edit", "school:here", "short_name", "-", "", lambda cast: {"short_name": "改"}),
    Case("class_edit", "class:same_school", "number", "-", "", lambda cast: {"number": 7}),
    Case("teacher_edit", "teacher:own", "title", "-", "", lambda cast: {"title": "改"}),
    Case("campaign_edit", "year:here", "title", "-", "", lambda cast: {"title": "改"}),
    Case("year_turn_edit", "turn:here", "version", "-", ""),
    Case("year_turn_pupils", "turn:here", "version", "-", ""),
    Case("district_edit", "-", "town", "-", "", lambda cast: {"town": "改镇"}, role="admin"),
    Case("account_edit", "account:here", "name", "-", "", lambda cast: {"name": "改名"}, role="admin"),
    Case("help_plan_edit", "plan:paired", "goal", "-", "", lambda cast: {"goal": "改"}),
    Case("study_note_correct", "note:paired", "words", "-", "", lambda cast: {"words": "改"}, role="teacher"),
    Case("pairing_edit", "pairing:paired", "remark", "-", "", lambda cast: {"remark": "改"}),
    Case("proposal_new", "-", "remark", "-", "", lambda cast: {"remark": "改"}),
    Case("proposal_settings", "batch:draft", "remark", "-", "", lambda cast: {"remark": "改"}),
    Case("visit_new", "pupil:paired", "situation", "-", "", lambda cast: NEW_VISIT, role="teacher"),
    Case(
        "visit_correct",
        "visit:paired",
        "situation",
        "-",
        "",
        lambda cast: {"situation": "改"},
        role="teacher",
    ),
    Case("help_plan_new", "pairing:paired", "goal", "-", "", lambda cast: {"goal": "新目标"}, role="teacher"),
    Case("help_plan_edit", "plan:paired", "goal", "-", "", lambda cast: {"goal": "改"}, role="teacher"),
    Case("study_note_new", "pupil:led", "words", "-", "", lambda cast: {"words": "好"}, role="teacher"),
    Case("study_note_correct", "note:paired", "words", "-", "", lambda cast: {"words": "改"}, role="teacher"),
)
