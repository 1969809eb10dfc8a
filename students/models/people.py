"""Households and the pupils who live in them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Case, F, FilteredRelation, Q, Value, When
from django.urls import reverse

from pairing_portal.accounts.models import District
from pairing_portal.lib.codes import Sex
from pairing_portal.lib.fields import BlindIndexField, EncryptedTextField, index_of
from pairing_portal.lib.models import Row, RowQuerySet
from pairing_portal.lib.names import NameKeyField, name_indexes, people_called, reading_of
from pairing_portal.lib.periods import in_force
from pairing_portal.lib.school_years import Stage
from pairing_portal.lib.text import Address, format_address
from students.models.classes import SchoolClass


class Household(Row):
    """A family at one address; brothers and sisters share it."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="households", verbose_name="学区"
    )
    number = models.CharField("户编号", max_length=20, blank=True)
    head_name = models.CharField("户主姓名", max_length=30, blank=True)
    head_id_number = EncryptedTextField("户主身份证号")

    objects = RowQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "家庭"
        ordering = ["number", "pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "number"],
                condition=~Q(number=""),
                name="household_number_once_per_district",
                violation_error_message="本学区已有这个户编号。",
            ),
        ]

    def __str__(self) -> str:
        return self.head_name or self.number or "未登记户主"


class StudentQuerySet(RowQuerySet):
    """Queries over pupils; what a person may see starts at `pairings.access.visible_students`."""

    def with_id_number(self, number: str) -> Self:
        """The pupil with exactly this resident ID number."""
        return self.filter(id_number_index=index_of(Student, "id_number", number) or "-")

    def with_student_number(self, number: str) -> Self:
        """The pupil with exactly this student number."""
        return self.filter(student_number_index=index_of(Student, "student_number", number) or "-")

    def with_place(self, on: date) -> Self:
        """Add `place`, the enrolment of the day, with school, class and boarding as plain columns."""
        return self.annotate(
            place=FilteredRelation(
                "enrolments",
                condition=in_force(on, start="enrolments__started_on", end="enrolments__ended_on"),
            ),
            school_id=F("place__school_class__school_id"),
            school_name=F("place__school_class__school__name"),
            stage=F("place__school_class__stage"),
            entry_year=F("place__school_class__entry_year"),
            class_number=F("place__school_class__number"),
            is_boarder=F("place__is_boarder"),
        )

    def with_entry(self, year: int, on: date) -> Self:
        """Add `entry`, the register entry of the year that is open on the day, as plain columns."""
        listed = in_force(on, start="entries__listed_on", end="entries__ended_on")
        return self.annotate(
            entry=FilteredRelation("entries", condition=Q(entries__year=year) & listed),
            register=F("entry__register"),
            main_type=F("entry__main_type"),
            household_status=F("entry__household_status"),
        )

    def with_stage_rank(self) -> Self:
        """Add `stage_rank`, the stages in the order pupils pass them; wants `with_place` before it."""
        ranks = [When(stage=stage, then=Value(rank)) for rank, stage in enumerate(Stage)]
        return self.annotate(stage_rank=Case(*ranks, default=Value(None), output_field=models.IntegerField()))

    def named(self, text: str, district_id: int | None) -> Self:
        """Pupils of the district whose name, pinyin or initials begin like the text."""
        return self.filter(people_called(Student.objects.filter(district=district_id), text))

    def in_village(self, text: str) -> Self:
        """Pupils whose village holds the text."""
        return self.filter(village__contains=text)

    def in_class(self, school_class: SchoolClass, on: date) -> Self:
        """Pupils enrolled in the class on the day."""
        there = in_force(on, start="enrolments__started_on", end="enrolments__ended_on")
        return self.filter(there, enrolments__school_class=school_class)

    def of_category(self, word: str) -> Self:
        """Pupils listed under a household state or a difficulty type; wants `with_entry` before it."""
        return self.filter(Q(main_type=word) | Q(household_status=word))

    def namesakes(self, name: str, birth_date: date | None) -> Self:
        """Pupils of the name who may be the same person: born the same day, or no day known on either side."""
        same = self.filter(name=name)
        return same if birth_date is None else same.filter(Q(birth_date=birth_date) | Q(birth_date=None))

    def like_family(self, student: "Student") -> Self:
        """Pupils who may share the pupil's household: the same guardian's phone, or guardian and village."""
        near = Q(pk__in=[])
        if student.guardian_phone:
            near |= Q(guardian_phone=student.guardian_phone)
        if student.guardian_name and student.village:
            near |= Q(guardian_name=student.guardian_name, village=student.village)
        return self.filter(near).exclude(pk=student.pk)

    def listed(self, year: int, on: date) -> Self:
        """Pupils on either register of the year on the day."""
        return self.with_entry(year, on).filter(entry__isnull=False)


class Student(Row):
    """A pupil: the person, apart from school, class and registers, which are dated rows."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="students", verbose_name="学区"
    )
    name = models.CharField("姓名", max_length=30)
    pinyin = models.CharField(
        "姓名拼音", max_length=120, blank=True, help_text="排序和查找用；多音字可改，如 shan xiao。"
    )
    letters = NameKeyField("拼音字母", source="pinyin", rule="letters")
    initials = NameKeyField("拼音首字母", source="pinyin", rule="initials")
    given_name = NameKeyField("名", source="name", rule="given_name")
    sex = models.CharField("性别", max_length=8, choices=Sex, default=Sex.UNKNOWN)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    override_reason = models.CharField(
        "与证件号不一致的原因", max_length=100, blank=True, help_text="性别或出生日期与身份证号不一致时必填。"
    )
    id_number = EncryptedTextField("身份证号")
    id_number_index = BlindIndexField(source="id_number")
    student_number = EncryptedTextField("学籍号")
    student_number_index = BlindIndexField(source="student_number")
    is_disabled = models.BooleanField("是否残疾", default=False)
    disability_certificate = EncryptedTextField("残疾人证号")
    nation = models.CharField("民族", max_length=12, default="汉族", blank=True)
    guardian_name = models.CharField("监护人", max_length=30, blank=True)
    guardian_relation = models.CharField("监护人与学生关系", max_length=12, blank=True)
    guardian_phone = models.CharField("联系电话", max_length=30, blank=True)
    town = models.CharField("乡镇", max_length=30, blank=True)
    village = models.CharField("村（社区）", max_length=30, blank=True)
    village_group = models.CharField("组", max_length=30, blank=True)
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="students",
        verbose_name="家庭",
    )
    # what the last list said, fact by fact, as JSON that is read where it is needed (students/imports/received.py)
    received = models.TextField("名单上的写法", blank=True, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "学生"
        ordering = ["pinyin", "pk"]
        indexes = [
            models.Index(fields=["district", "pinyin", "id"], name="student_by_pinyin"),
            *name_indexes("student"),
            models.Index(fields=["district", "village"], name="student_by_village"),
        ]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "id_number_index"],
                name="student_id_number_once",
                violation_error_message="本学区已有学生登记了这个身份证号。",
            ),
            models.UniqueConstraint(
                fields=["district", "student_number_index"],
                name="student_number_once",
                violation_error_message="本学区已有学生登记了这个学籍号。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The pupil's own page."""
        return reverse("student_detail", args=[self.public_id])

    def clean(self) -> None:
        """Derive the sort key where nobody has corrected it."""
        if not self.pinyin:
            self.pinyin = reading_of(self.name)

    @property
    def address(self) -> str:
        """The three parts in one line, as the attachments print it."""
        return format_address(Address(self.town, self.village, self.village_group))
