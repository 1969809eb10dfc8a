"""Who still lacks whom, how many pupils each teacher has, who is in the leading group, where the campaign stands.

Every query answers for one day and costs the same for any number of rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from pairing_portal.accounts.models import District, Teacher
from pairing_portal.accounts.models.places import TeacherQuerySet
from pairing_portal.lib.periods import in_force
from pairings.models import Campaign, LeadershipMember, Pairing, Phase, Proposal, ProposalBatch
from pairings.models.pairings import PairingQuerySet
from students.models import ClassTeacher, RegisterEntry, SchoolClass, Student
from students.models.classes import ClassTeacherQuerySet
from students.models.people import StudentQuerySet

MANY_PUPILS = 4
CLASS_TEACHER_RANK = 9
_POST_ORDER = list(LeadershipMember.Post)


def unpaired_students(scope: StudentQuerySet, year: int, on: date) -> StudentQuerySet:
    """Pupils in scope who are on a register of the year on the day and have no teacher that day."""
    return scope.listed(year, on).filter(~Exists(Pairing.objects.active(on).filter(student=OuterRef("pk"))))


def unpaired_first(students: StudentQuerySet, on: date) -> StudentQuerySet:
    """Those without a teacher on the day before those with one (`is_paired`), each in the order of names."""
    helped = Exists(Pairing.objects.active(on).filter(student=OuterRef("pk")))
    return students.annotate(is_paired=helped).order_by("is_paired", "pinyin", "pk")


def paired_students(scope: StudentQuerySet, year: int, on: date) -> StudentQuerySet:
    """Pupils in scope who are on a register of the year on the day and have at least one teacher that day."""
    return scope.listed(year, on).filter(Exists(Pairing.objects.active(on).filter(student=OuterRef("pk"))))


def pairings_off_register(pairings: PairingQuerySet, year: int, on: date) -> PairingQuerySet:
    """Pairings in force on the day whose pupil is on no register of the year any more.

    Pupils wait for the register they were on last: until it has come in for the year, nothing is said of them.
    """
    known = RegisterEntry.objects.filter(student=OuterRef("student"), year__lte=year)
    last = known.order_by("-year", "-listed_on").values("register")[:1]
    come_in = RegisterEntry.objects.filter(
        year=year,
        student__district=OuterRef("student__district"),
        register=OuterRef("last_register"),
    )
    rows = pairings.active(on).on_register("", year, on).annotate(last_register=Subquery(last))
    return rows.filter(Exists(come_in))


def teachers_with_load(district: District | None, on: date) -> TeacherQuerySet:
    """Teachers in service on the day with their school and `pupils`, how many they help that day."""
    teachers = Teacher.objects.filter(district=district).employed(on).select_related("school")
    return teachers.annotate(pupils=_pupils_helped(on))


def with_proposed(teachers: TeacherQuerySet, batch: ProposalBatch) -> TeacherQuerySet:
    """Add `proposed`, how many pupils the batch gives each teacher."""
    rows = Proposal.objects.filter(batch=batch, teacher=OuterRef("pk")).order_by().values("teacher")
    counted = Subquery(rows.annotate(pupils=Count("pk")).values("pupils"))
    return teachers.annotate(proposed=Coalesce(counted, 0))


def usual_cap(district: District | None, year: int, on: date) -> int:
    """How many pupils a teacher should have at most: what counts as many, or one more than an even share."""
    waiting = unpaired_students(Student.objects.filter(district=district), year, on).count()
    loads = list(teachers_with_load(district, on).values_list("pupils", flat=True))
    return max(MANY_PUPILS, (waiting + sum(loads)) // len(loads) + 2 if loads else 0)


def nearest_first(teachers: TeacherQuerySet, school_id: int | None) -> TeacherQuerySet:
    """Teachers of the school first (`is_near`), then school by school, each in the order of names."""
    near = Case(When(school_id=school_id, then=Value(True)), default=Value(False))
    return teachers.annotate(is_near=near).order_by("-is_near", "school__name", "pinyin", "pk")


def teachers_without_pupil(district: District | None, on: date) -> TeacherQuerySet:
    """Teachers in service who help nobody on the day: a share (clause M2), never a violation."""
    return teachers_with_load(district, on).filter(pupils=0)


def group_members(district: District | None, on: date) -> TeacherQuerySet:
    """The leading group on the day (clause O1): holders of a post and class teachers, each teacher once.

    Adds `pupils`, `rank` (the highest post first) and the lists `held_posts` and `led` (class teacher rows).
    """
    posts = LeadershipMember.objects.active(on).filter(teacher=OuterRef("pk"))
    leading = leading_classes(on).filter(teacher=OuterRef("pk"))
    teachers = Teacher.objects.filter(district=district).employed(on)
    return (
        with_duties(teachers.filter(Q(Exists(posts)) | Q(Exists(leading))), on)
        .annotate(rank=_rank(on))
        .order_by("rank", "school__name", "pinyin", "pk")
    )


def members_without_pupil(district: District | None, on: date) -> TeacherQuerySet:
    """Members of the leading group who help nobody on the day: what clause M1 does not allow."""
    return group_members(district, on).filter(pupils=0)


def with_duties(teachers: TeacherQuerySet, on: date) -> TeacherQuerySet:
    """Teachers with their school, `pupils` (how many they help on the day) and the lists `held_posts` and `led`."""
    return (
        teachers.select_related("school")
        .annotate(pupils=_pupils_helped(on))
        .prefetch_related(
            Prefetch("posts", LeadershipMember.objects.active(on), to_attr="held_posts"),
            Prefetch("led_classes", leading_classes(on).select_related("school_class"), to_attr="led"),
        )
    )


def leading_classes(on: date) -> ClassTeacherQuerySet:
    """Who leads a class that is still running on the day."""
    return ClassTeacher.objects.active(on).filter(school_class__in=SchoolClass.objects.running(on))


def _pupils_helped(on: date) -> Count:
    helping = in_force(on, start="pairings__started_on", end="pairings__ended_on")
    return Count("pairings__student", filter=helping, distinct=True)


def _rank(on: date) -> Min:
    order = [
        When(posts__post=post, then=Value(place)) for place, post in enumerate(LeadershipMember.Post.values)
    ]
    held = in_force(on, start="posts__started_on", end="posts__ended_on")
    return Min(
        Case(*order, default=Value(CLASS_TEACHER_RANK), output_field=IntegerField()),
        filter=held,
        default=Value(CLASS_TEACHER_RANK),
    )


def member_words(member: Any, on: date) -> str:
    """The posts and classes of a row of `with_duties`, such as 副组长、班主任（三年级1班）."""
    posts = sorted((LeadershipMember.Post(held.post) for held in member.held_posts), key=_POST_ORDER.index)
    classes = [row.school_class.name(on) for row in member.led]
    words = [post.label for post in posts]
    return "、".join([*words, f"班主任（{'、'.join(classes)}）"] if classes else words)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One line of the printed group: a teacher in a post, or leading a class."""

    teacher: Any
    pupils: int
    classes: str = ""
    held: LeadershipMember | None = None


def group_lines(members: Iterable[Any], on: date) -> list[tuple[str, list[GroupLine]]]:
    """The rows of `group_members` as they are printed: post by post, then the class teachers.

    A teacher with several posts stands under each of them.
    """
    sections: dict[str, list[GroupLine]] = {title: [] for title in (*LeadershipMember.Post.labels, "班主任")}
    for member in members:
        for held in member.held_posts:
            sections[held.get_post_display()].append(GroupLine(member, member.pupils, held=held))
        if member.led:
            classes = "、".join(row.school_class.name(on) for row in member.led)
            sections["班主任"].append(GroupLine(member, member.pupils, classes))
    return list(sections.items())


@dataclass(frozen=True, slots=True)
class PhaseState:
    """A phase as seen from a day; `state` is `done`, `current` or `todo`."""

    phase: Phase
    state: str
    words: str


def phase_states(campaign: Campaign, on: date) -> tuple[PhaseState, ...]:
    """The campaign's phases in order, with how the day stands to each."""
    return tuple(_phase_state(phase, on) for phase in campaign.phases.all())


def _phase_state(phase: Phase, on: date) -> PhaseState:
    if on < phase.starts_on:
        return PhaseState(phase, "todo", f"还有 {(phase.starts_on - on).days} 天开始")
    if on > phase.ends_on:
        return PhaseState(phase, "done", "已结束")
    left = (phase.ends_on - on).days
    return PhaseState(phase, "current", f"进行中，还有 {left} 天" if left else "进行中，今天结束")


def deadline_words(due_on: date, on: date) -> str:
    """How far a deadline is; the day itself is still in time."""
    left = (due_on - on).days
    if left < 0:
        return f"已过 {-left} 天"
    return f"还有 {left} 天" if left else "今天截止"
