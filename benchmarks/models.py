"""The peer's table: what django-import-export loads a roster into."""

from django.db import models


class FlatPupil(models.Model):
    """One row of a roster as it stands in the sheet: twenty columns, nothing sealed, nothing dated."""

    school = models.CharField(max_length=60)
    class_grade = models.CharField(max_length=12)
    class_number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=30)
    sex = models.CharField(max_length=8)
    birth_date = models.DateField()
    nation = models.CharField(max_length=12)
    id_number = models.CharField(max_length=18, unique=True)
    student_number = models.CharField(max_length=19)
    boarding = models.CharField(max_length=12)
    address = models.CharField(max_length=100)
    guardian_name = models.CharField(max_length=30)
    guardian_relation = models.CharField(max_length=12)
    guardian_phone = models.CharField(max_length=30)
    household_number = models.CharField(max_length=20)
    head_name = models.CharField(max_length=30)
    relation_to_head = models.CharField(max_length=12)
    household_attribute = models.CharField(max_length=12)
    poverty_cause = models.CharField(max_length=12)
    household_status = models.CharField(max_length=12)

    objects = models.Manager()

    def __str__(self) -> str:
        return self.name
