"""Encrypted fields and their indexes, on pupils."""

from copy import copy
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection
from django.forms import modelform_factory

from pairing_portal.lib.crypto import SealBroken
from pairing_portal.lib.fields import Sealed, index_of
from students.models import Student
from tests.builders import make_class, make_student

pytestmark = pytest.mark.django_db

NUMBER, OTHER = "610899201003159018", "610899201108209026"


def stored(student: Student) -> tuple[bytes | None, str | None]:
    """What the database itself holds: the sealed ID number and its index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, id_number_index FROM students_student WHERE id = %s", [student.pk])
        sealed, index = cursor.fetchone()
    return sealed and bytes(sealed), index


def test_encrypted_text_reads_back() -> None:
    student = make_student(id_number=NUMBER)

    assert student.id_number == NUMBER
    assert Student.objects.get(pk=student.pk).id_number == NUMBER


def test_database_holds_neither_number_nor_plain_hash() -> None:
    student = make_student(id_number=NUMBER)

    sealed, index = stored(student)

    assert NUMBER.encode() not in (sealed or NUMBER.encode())
    assert index == index_of(Student, "id_number", NUMBER)


def test_empty_text_is_null_and_reads_as_empty() -> None:
    student = make_student(id_number="", student_number="")

    assert stored(student) == (None, None)
    assert Student.objects.get(pk=student.pk).id_number == ""
    assert Student().id_number == ""


def test_clearing_a_number_clears_its_index() -> None:
    student = make_student(id_number=NUMBER)
    student.id_number = ""
    student.save()

    assert stored(student) == (None, None)


def test_unchanged_value_is_written_back_as_it_is() -> None:
    student = make_student(id_number=NUMBER)
    before = stored(student)
    again = Student.objects.get(pk=student.pk)
    assert again.id_number == NUMBER
    again.save()

    assert stored(student) == before


def test_number_is_found_by_its_index_however_typed() -> None:
    student = make_student(id_number="61089920100315919X")

    found = Student.objects.filter(id_number_index=index_of(Student, "id_number", "61089920100315919x "))

    assert list(found) == [student]


def test_empty_search_finds_nobody() -> None:
    make_student(id_number="")

    assert not Student.objects.filter(id_number_index=index_of(Student, "id_number", " ")).exists()


def test_value_moved_to_another_row_does_not_open() -> None:
    student, other = make_student(id_number=NUMBER), make_student(id_number=OTHER)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE students_student SET id_number = (SELECT id_number FROM students_student WHERE id = %s) WHERE id = %s",
            [student.pk, other.pk],
        )

    with pytest.raises(SealBroken):
        Student.objects.get(pk=other.pk).id_number  # noqa: B018  # reading is the act


def test_value_moved_to_another_field_does_not_open() -> None:
    student = make_student(id_number=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE students_student SET student_number = id_number WHERE id = %s", [student.pk])

    with pytest.raises(SealBroken):
        Student.objects.get(pk=student.pk).student_number  # noqa: B018  # reading is the act


def test_copy_under_another_public_id_is_not_saved() -> None:
    student = Student.objects.get(pk=make_student(id_number=NUMBER).pk)
    twin = copy(student)
    twin.pk, twin.public_id = None, uuid4()

    with pytest.raises(SealBroken):
        twin.save()


def test_bulk_create_seals_and_indexes() -> None:
    district = make_class().school.district

    Student.objects.bulk_create(
        [Student(district=district, name="王小明", id_number=number) for number in (NUMBER, OTHER)]
    )

    assert [student.id_number for student in Student.objects.order_by("pk")] == [NUMBER, OTHER]
    assert Student.objects.with_id_number(OTHER).count() == 1


def test_upsert_of_read_rows_writes_new_values() -> None:
    pupils = [make_student(id_number=NUMBER), make_student(id_number="")]
    first, second = Student.objects.order_by("pk")
    second.id_number = OTHER

    Student.objects.bulk_create(
        [first, second],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["id_number", "id_number_index"],
    )

    assert [Student.objects.get(pk=pupil.pk).id_number for pupil in pupils] == [NUMBER, OTHER]
    assert Student.objects.with_id_number(OTHER).get() == pupils[1]


def test_plain_text_cannot_reach_the_database() -> None:
    student = make_student(id_number=NUMBER)

    with pytest.raises(TypeError, match="encrypted"):
        Student.objects.update(id_number=OTHER)
    with pytest.raises(TypeError, match="encrypted"):
        Student.objects.bulk_update([student], ["id_number"])
    with pytest.raises(TypeError, match="encrypted"):
        Student.objects.filter(id_number=NUMBER).exists()
    with pytest.raises(TypeError, match="takes text"):
        student.id_number = 610899201003159018  # type: ignore[assignment]  # the mistake under test


def test_rows_without_a_number_are_found() -> None:
    student = make_student(id_number="")
    make_student(id_number=NUMBER)

    assert list(Student.objects.filter(id_number__isnull=True)) == [student]


def test_values_and_repr_tell_nothing() -> None:
    make_student(id_number=NUMBER)

    (value,) = Student.objects.values_list("id_number", flat=True)

    assert isinstance(value, Sealed)
    assert NUMBER not in repr(value)
    assert NUMBER not in repr(vars(Student.objects.get()))


def test_dump_and_model_form_are_refused() -> None:
    make_student(id_number=NUMBER)

    with pytest.raises(TypeError, match="not serialised"):
        serializers.serialize("json", Student.objects.all())
    with pytest.raises(FieldError):
        modelform_factory(Student, fields=["id_number"])


def test_deferred_number_is_loaded_when_read() -> None:
    make_student(id_number=NUMBER)

    assert Student.objects.only("name").get().id_number == NUMBER


def test_second_pupil_with_a_number_is_refused_in_words() -> None:
    student = make_student(id_number=NUMBER)
    twin = Student(district=student.district, name="王小明", id_number=NUMBER)

    with pytest.raises(ValidationError, match="已有学生登记了这个身份证号"):
        twin.full_clean()
