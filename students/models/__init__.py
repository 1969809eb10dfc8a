"""Pupils, their classes and households, the two registers and how they came in."""

from students.models.classes import ClassTeacher, SchoolClass
from students.models.columns import ColumnChoice
from students.models.enrolments import Enrolment
from students.models.imports import RosterImport
from students.models.people import Household, Student
from students.models.registers import Register, RegisterEntry
from students.models.uploads import UploadStage

__all__ = [
    "ClassTeacher",
    "ColumnChoice",
    "Enrolment",
    "Household",
    "Register",
    "RegisterEntry",
    "RosterImport",
    "SchoolClass",
    "Student",
    "UploadStage",
]
