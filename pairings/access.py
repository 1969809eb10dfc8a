"""The one door to pupils and pairings: every page, form field, export and search starts here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from pairing_portal.accounts.models import Right, Role, Teacher, User
from pairings.models import HelpPlan, Pairing, Proposal, ProposalBatch, StudyNote, YearTurn
from pairings.models.pairings import PairingQuerySet
from pairings.models.plans import HelpPlanQuerySet
from pairings.models.proposals import ProposalBatchQuerySet, ProposalQuerySet
from pairings.models.study_notes import StudyNoteQuerySet
from pairings.models.turns import YearTurnQuerySet
from students.access import place_scope
from students.models import ClassTeacher, Enrolment, RegisterEntry, Student
from students.models.people import StudentQuerySet
from students.models.registers import RegisterEntryQuerySet


def visible_students(user: User, on: date) -> StudentQuerySet:
    """Pupils within the user's district, school or class, and those paired with the user on the day."""
    if not user.may(Right.RECORD_VISITS):
        return Student.objects.filter(place_scope(user, on))
    pairings = Pairing.objects.active(on).filter(teacher__user=user, student__district=user.district_id)
    return Student.objects.filter(place_scope(user, on) | Q(pk__in=pairings.values("student")))


def visible_pairings(user: User, on: date) -> PairingQuerySet:
    """Pairings of the pupils the user may see."""
    return Pairing.objects.filter(student__in=visible_students(user, on))


def visible_entries(user: User, on: date) -> RegisterEntryQuerySet:
    """Register entries of the pupils the user may see."""
    return RegisterEntry.objects.filter(student__in=visible_students(user, on))


def visible_plans(user: User, on: date) -> HelpPlanQuerySet:
    """Help plans of the pairings the user may see."""
    return HelpPlan.objects.filter(pairing__in=visible_pairings(user, on))


def visible_notes(user: User, on: date) -> StudyNoteQuerySet:
    """Study notes on the pupils the user may see."""
    return StudyNote.objects.filter(student__in=visible_students(user, on))


def visible_batches(user: User, _on: date) -> ProposalBatchQuerySet:
    """Proposed pairings are read by those who see the whole district, whatever the day."""
    batches = ProposalBatch.objects.visible_to(user)
    return batches if user.may(Right.SEE_DISTRICT) else batches.none()


def visible_proposals(user: User, on: date) -> ProposalQuerySet:
    """Rows of the batches the user may read."""
    return Proposal.objects.filter(batch__in=visible_batches(user, on))


def can_confirm_pairings(user: User) -> bool:
    """Whether the user may publish what is proposed, or send it back."""
    return user.may(Right.CONFIRM_PAIRINGS)


def can_keep_pairings(user: User) -> bool:
    """Whether the user may make, hand over and end pairings."""
    return user.may(Right.KEEP_PAIRINGS)


def can_plan(user: User, pairing: Pairing, on: date) -> bool:
    """The teacher plans for the own pupils while the pairing lasts; the office writes down what it is handed."""
    is_own = user.may(Right.RECORD_VISITS) and pairing.teacher.user_id == user.pk
    return can_keep_pairings(user) or (is_own and pairing.is_active(on))


def can_correct_note(user: User, note: StudyNote) -> bool:
    """A study note is corrected by the teacher who wrote it."""
    return user.may(Right.RECORD_VISITS) and note.teacher.user_id == user.pk


def visible_turns(user: User, _on: date) -> YearTurnQuerySet:
    """Turns of the year in the user's district, whatever the day."""
    return YearTurn.objects.visible_to(user)


def can_turn_year(user: User) -> bool:
    """Whether the user may let classes advance and the year turn: it touches pupils and pairings alike."""
    return user.may(Right.KEEP_REGISTERS) and user.may(Right.KEEP_PAIRINGS)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who can open a pupil's page, and why."""

    name: str
    reasons: tuple[str, ...]


def viewers(student: Student, on: date) -> list[Viewer]:
    """Everybody with an account who can see the pupil on the day, with each reason."""
    users = User.objects.active().filter(district_id=student.district_id).prefetch_related("groups")
    schools, led, paired = _near(student, on)
    found = []
    for user in users:
        roles = {group.name for group in user.groups.all()}
        reasons = [
            Role(name).label + "（全学区）"
            for name in (Role.ADMIN, Role.OFFICE, Role.LEADER)
            if name in roles
        ]
        if Role.SCHOOL in roles and user.pk in schools:
            reasons.append("学校负责人（本校）")
        if Role.TEACHER in roles and user.pk in led:
            reasons.append("班主任")
        if Role.TEACHER in roles and user.pk in paired:
            reasons.append("帮扶教师")
        if reasons:
            found.append(Viewer(user.name, tuple(reasons)))
    return found


def _near(student: Student, on: date) -> tuple[set[int | None], set[int | None], set[int | None]]:
    """Accounts at the pupil's school, leading the pupil's class, and paired with the pupil."""
    places = Enrolment.objects.active(on).filter(student=student)
    at_school = Teacher.objects.employed(on).filter(school__in=places.values("school_class__school"))
    leading = ClassTeacher.objects.active(on).filter(school_class__in=places.values("school_class"))
    helping = Pairing.objects.active(on).filter(student=student)
    return (
        set(at_school.filter(Q(user__isnull=False)).values_list("user_id", flat=True)),
        set(leading.values_list("teacher__user_id", flat=True)),
        set(helping.values_list("teacher__user_id", flat=True)),
    )
