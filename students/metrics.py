"""Numbers about classes and schools, each read together with its row in one query."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pairing_portal.accounts.models import Teacher
from pairing_portal.accounts.models.places import SchoolQuerySet
from students.models import ClassTeacher, Enrolment, RegisterEntry, SchoolClass
from students.models.classes import SchoolClassQuerySet


def classes_with_numbers(classes: SchoolClassQuerySet, year: int, on: date) -> SchoolClassQuerySet:
    """Add `pupils` and `listed_pupils` of the day, and `leader`, the class teacher's name (None without one)."""
    there = Enrolment.objects.active(on)
    on_register = RegisterEntry.objects.listed(year, on).filter(student=OuterRef("student"))
    leading = ClassTeacher.objects.active(on).filter(school_class=OuterRef("pk"))
    return classes.annotate(
        pupils=_how_many(there, "school_class"),
        listed_pupils=_how_many(there.filter(Exists(on_register)), "school_class"),
        leader=Subquery(leading.values("teacher__name")[:1]),
        school_name=F("school__name"),
    )


def with_head_counts(schools: SchoolQuerySet, on: date) -> SchoolQuerySet:
    """Add `staff`, running `forms` and `pupils` of the day to each school."""
    return schools.annotate(
        staff=_how_many(Teacher.objects.employed(on), "school"),
        forms=_how_many(SchoolClass.objects.running(on), "school"),
        pupils=_how_many(Enrolment.objects.active(on), "school_class__school"),
    )


def _how_many(rows: QuerySet[Any], per: str) -> Coalesce:
    """How many of the rows belong to the row of the outer query."""
    there = rows.filter(**{per: OuterRef("pk")}).order_by()
    counted = there.values(per).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
