"""Soft checks of one register row: things a careful clerk would ask about, none of which keeps the row out."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from pairing_portal.lib.codes import is_special_family_only
from pairing_portal.lib.identifiers import (
    Remark,
    ResidentId,
    household_number_remark,
    phone_remark,
    resident_id_warnings,
    student_number_remark,
)
from pairing_portal.lib.school_years import Stage, school_year
from students.imports.persons import MOBILE
from students.imports.reading import Check, Values
from students.models import Register

COMPULSORY_AGES = range(6, 16)  # on 31 August, domain list 1.6
PRESCHOOL_AGES = range(2, 8)

ID_LENGTH = 18
OTHER_HOLDER = Remark("certificate_differs_from_id", "残疾人证号里的身份证号与身份证号一栏不一致，请核对。")
NO_CERTIFICATE = Remark("certificate_missing", "写明是残疾学生，请补填残疾人证号。")

Remarks = Iterator[tuple[str, Remark]]


def register_check(register: Register, on: date) -> Check:
    """The soft checks of a register on the day the list describes."""
    return partial(_check, register, on)


def _check(register: Register, on: date, values: Values) -> Remarks:
    yield from _identifier_remarks(values)
    yield from _shape_remarks(values)
    yield from _age_remarks(values, on)
    if register == Register.DISTRICT_RECOGNISED:
        yield from _recognition_remarks(values)


def _identifier_remarks(values: Values) -> Remarks:
    number = values.get("id_number")
    if number is None:
        return
    keys = {"sex_differs_from_id": "sex", "birth_date_differs_from_id": "birth_date"}
    sex, born = values.get("sex"), values.get("birth_date")
    for remark in resident_id_warnings(ResidentId(number), sex=sex, birth_date=born):
        yield keys.get(remark.code, "id_number"), remark
    if remark_found := student_number_remark(values.get("student_number", ""), number):
        yield "student_number", remark_found
    if (values.get("disability_certificate") or number)[:ID_LENGTH] != number:
        yield "disability_certificate", OTHER_HOLDER


def _shape_remarks(values: Values) -> Remarks:
    if values.get("is_disabled") and not values.keys() & {"disability_certificate", "key"}:
        yield "disability_certificate", NO_CERTIFICATE
    phone, household = values.get("guardian_phone"), values.get("household_number")
    if phone and not MOBILE.fullmatch(phone) and (remark := phone_remark(phone)):
        yield "guardian_phone", remark
    if household and (remark := household_number_remark(household)):
        yield "household_number", remark


def _age_remarks(values: Values, on: date) -> Remarks:
    number, stage = values.get("id_number"), _stage(values)
    born = ResidentId(number).birth_date if number else values.get("birth_date")
    if born is None or stage is None:
        return
    turned = date(school_year(on), 8, 31)
    age = turned.year - born.year - ((born.month, born.day) > (turned.month, turned.day))
    if age not in (PRESCHOOL_AGES if stage == Stage.PRESCHOOL else COMPULSORY_AGES):
        sentence = f"按出生日期，本学年开学时 {age} 岁，与学段不符，请核对。"
        yield "class_grade", Remark("age_outside_stage", sentence)


def _stage(values: Values) -> Stage | None:
    """The stage of the row's grade, wherever the sheet writes the grade."""
    words = values.get("class_grade") or values.get("class_number")
    return words[0] if isinstance(words, tuple) else None


def _recognition_remarks(values: Values) -> Remarks:
    main_type = values.get("main_type")
    types = [main_type, *values.get("further_types", ())] if main_type else []
    if not main_type:
        yield "main_type", Remark("main_type_missing", "没有填认定类型，请补填。")
    elif "grade" not in values and not is_special_family_only(types):
        yield "grade", Remark("recognition_grade_missing", "除单亲、留守等特殊家庭外都要填困难等级，请补填。")
