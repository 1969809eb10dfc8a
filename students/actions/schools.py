"""A school closes once nobody is there any more."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from pairing_portal.accounts.models import School, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from students.models import Enrolment


@transaction.atomic
def close_school(*, school: School, on: date, by: User) -> School:
    """Close the school from the day on; refused while pupils or teachers are still there."""
    current = School.objects.select_for_update().get(pk=school.pk)
    if current.closed_on is not None:
        raise ValidationError("这所学校已经停办。")
    stays = Q(ended_on=None) | Q(ended_on__gt=on)
    pupils = Enrolment.objects.filter(stays, school_class__school=current).count()
    teachers = current.teachers.filter(stays).count()
    if pupils or teachers:
        raise ValidationError(f"还有 {pupils} 名在读学生、{teachers} 位在职教师，请先办理转学、调动或离岗。")
    current.closed_on = on
    current.version += 1
    current.save(update_fields=["closed_on", "version"])
    record(by, Action.ENDED, current, fields=["closed_on"])
    return current
