"""Which pupil on record a row means: by ID number, by student number, then by name, birth date and guardian."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from pairing_portal.lib.fields import index_of
from pairing_portal.lib.identifiers import ResidentId
from students.imports.known import Known
from students.imports.reading import RosterRow, Values
from students.models import Student


@dataclass(frozen=True, slots=True)
class Match:
    """The pupil found; or, where it cannot be told, who it might be and why it is not decided."""

    student: Student | None = None
    candidates: tuple[Student, ...] = ()
    code: str = ""
    message: str = ""


NEW = Match()
NUMBERS_DISAGREE = "身份证号与学籍号分别指向两名已登记的学生，请核对这两个号码。"
SEVERAL = "有几名学生的姓名、出生日期、监护人都相同，无法判断是谁。请补填身份证号或学籍号后重新上传。"
KEY_UNKNOWN = "本学区没有这个系统编号的学生。请从本学区自己下载的预填表里复制；新增的学生留空。"
KEY_DISAGREES = (
    "系统编号与身份证号、学籍号指的不是同一名学生。请核对这一行；要更正已登记的号码，请到学生页面修改。"
)
UNCERTAIN = "学区里已有同名学生，资料不足以判断是不是同一个人。请核对身份证号、学籍号、监护人后重新上传。"


class Likeness(Enum):
    """How a namesake on record compares with a row."""

    OTHER = 0
    POSSIBLE = 1
    SAME = 2


def birth_date_of(values: Values) -> date | None:
    """The row's birth date, from the ID number where there is one."""
    number = values.get("id_number")
    born: date | None = ResidentId(number).birth_date if number else values.get("birth_date")
    return born


def match(row: RosterRow, known: Known) -> Match:
    """The pupil a row means; several candidates, or one that is not sure, are shown and never guessed."""
    values = row.values
    if "key" in values:
        return _by_key(values, known)
    by_id = _holder("id_number", values, known.by_id_number, known)
    by_number = _holder("student_number", values, known.by_student_number, known)
    if by_id is not None and by_number is not None and by_id is not by_number:
        return Match(candidates=(by_id, by_number), code="numbers_disagree", message=NUMBERS_DISAGREE)
    found = by_id or by_number
    if found is not None:
        return Match(found)
    namesakes = known.by_name.get(values.get("name", ""), [])
    return _among(namesakes, values, known) if namesakes else NEW


def _holder(key: str, values: Values, holders: dict[str, Student], known: Known) -> Student | None:
    """Who has the number, else who had it on the last list and was corrected here."""
    index = index_of(Student, key, values.get(key, ""))
    if not index or not known.students:
        return None
    return holders.get(index) or known.heard_numbers.get(index)


def _by_key(values: Values, known: Known) -> Match:
    """The pupil whose key stands in the row, unless its numbers say otherwise."""
    student = known.by_key.get(values["key"].public_id)
    if student is None:
        return Match(code="key_unknown", message=KEY_UNKNOWN)
    for key, holders, own in (
        ("id_number", known.by_id_number, student.id_number_index),
        ("student_number", known.by_student_number, student.student_number_index),
    ):
        index = index_of(Student, key, values.get(key, ""))
        if index and index != own and (own or holders.get(index, student) is not student):
            return Match(candidates=(student,), code="key_disagrees", message=KEY_DISAGREES)
    return Match(student)


def _among(namesakes: list[Student], values: Values, known: Known) -> Match:
    """Decide between namesakes; only one in whom all that is known agrees is the pupil."""
    likeness = {student.pk: _likeness(student, values, known) for student in namesakes}
    same = tuple(student for student in namesakes if likeness[student.pk] == Likeness.SAME)
    possible = tuple(student for student in namesakes if likeness[student.pk] != Likeness.OTHER)
    if len(same) == 1 and len(possible) == 1:
        return Match(same[0])
    if len(same) > 1:
        return Match(candidates=same, code="match_ambiguous", message=SEVERAL)
    if possible:
        return Match(candidates=possible, code="match_uncertain", message=UNCERTAIN)
    return NEW


def _likeness(student: Student, values: Values, known: Known) -> Likeness:
    born, guardian = birth_date_of(values), values.get("guardian_name", "")
    if born and student.birth_date and born != student.birth_date:
        return Likeness.OTHER
    agree_on_birth = born == student.birth_date
    agree_on_guardian = bool(guardian) and guardian == student.guardian_name
    if student.id_number_index and "id_number" in values:
        return Likeness.POSSIBLE if agree_on_birth and agree_on_guardian else Likeness.OTHER
    if agree_on_birth and agree_on_guardian:
        return Likeness.SAME
    if guardian and student.guardian_name and not agree_on_guardian:
        is_near = born is not None or _is_same_school(student, values, known)
        return Likeness.POSSIBLE if agree_on_birth and is_near else Likeness.OTHER
    return Likeness.POSSIBLE


def _is_same_school(student: Student, values: Values, known: Known) -> bool:
    place = known.places.get(student.pk)
    return place is not None and place.school_class.school.name == values.get("school")
