"""Numbers about classes, each read together with its class in one query."""

from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery

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
