"""The district, its schools and its teachers come into being."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import District, School, Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.models import Row


@transaction.atomic
def open_district(*, district: District, by: User, submission_id: UUID | None = None) -> District:
    """Store the office's district and place its first administrator in it."""
    founder = User.objects.select_for_update().get(pk=by.pk)
    if founder.district_id is not None:
        raise ValidationError("您的账号已经属于一个学区，请在“学区设置”里修改。")
    _store(district, by, submission_id)
    founder.district = by.district = district
    founder.save(update_fields=["district"])
    record(by, Action.CREATED, district)
    return district


@transaction.atomic
def add_school(*, school: School, by: User, submission_id: UUID | None = None) -> School:
    """Enter a school of the actor's district; the same form sent again gives the first one."""
    if made := sent_before(School, by, submission_id):
        return made
    school.district_id = by.district_id  # type: ignore[assignment]  # full_clean refuses an actor without one
    _store(school, by, submission_id)
    record(by, Action.CREATED, school)
    return school


@transaction.atomic
def add_teacher(*, teacher: Teacher, by: User, submission_id: UUID | None = None) -> Teacher:
    """Enter a teacher in service at a school of the actor's district; the same form sent again gives the first."""
    if made := sent_before(Teacher, by, submission_id):
        return made
    teacher.district = teacher.school.district
    _store(teacher, by, submission_id)
    record(by, Action.CREATED, teacher)
    return teacher


def _store(row: Row, by: User, submission_id: UUID | None) -> None:
    row.created_by, row.submission_id = by, submission_id
    row.full_clean()
    row.save()
