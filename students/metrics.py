"""Numbers about classes and schools, each read together with its row in one query."""

from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pairing_portal.accounts.models import Teacher
from pairing_portal.accounts.models.places import SchoolQuerySet
from students.models import ClassTeacher, Enrolment, RegisterEntry, SchoolClass
from students.models.classes import SchoolClassQuerySet
from students.models.enrolments import EnrolmentQuerySet


def classes_with_numbers(classes: SchoolClassQuerySet, year: int, on: date) -> SchoolClassQuerySet:
    """Add `pupils` and `listed_pupils` of the day, and `leader`, the class teacher's name (None without one)."""
    there = Enrolment.objects.active(on).filter(school_class=OuterRef("pk"))
    listed = there.filter(student__in=RegisterEntry.objects.listed(year, on).values("student"))
    leading = ClassTeacher.objects.active(on).filter(school_class=OuterRef("pk"))
    return classes.annotate(
        pupils=Subquery(_count(there), output_field=IntegerField()),
        listed_pupils=Subquery(_count(listed), output_field=IntegerField()),
        leader=Subquery(leading.values("teacher__name")[:1]),
        school_name=F("school__name"),
    )


def _count(enrolments: EnrolmentQuerySet) -> QuerySet[SchoolClass]:
    """How many, as a column of the outer query."""
    return enrolments.order_by().values("school_class").annotate(number=Count("pk")).values("number")


def with_head_counts(schools: SchoolQuerySet, on: date) -> SchoolQuerySet:
    """Add `staff`, running `forms` and `pupils` of the day to each school."""
    return schools.annotate(
        staff=_per_school(Teacher.objects.employed(on), "school"),
        forms=_per_school(SchoolClass.objects.running(on), "school"),
        pupils=_per_school(Enrolment.objects.active(on), "school_class__school"),
    )


def _per_school(rows: QuerySet[Any], school: str) -> Coalesce:
    """How many of the rows belong to the school of the outer query."""
    there = rows.filter(**{school: OuterRef("pk")}).order_by()
    counted = there.values(school).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
