"""A help plan is written once for a pairing and year, and edited afterwards."""

from uuid import UUID

from django.db import transaction

from pairing_portal.accounts.models import User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairings.models import HelpPlan, Pairing


@transaction.atomic
def write_plan(*, plan: HelpPlan, by: User, submission_id: UUID | None = None) -> HelpPlan:
    """Store a filled-in plan, or return what the same form made before; ValidationError if the year has one."""
    Pairing.objects.select_for_update().get(pk=plan.pairing_id)
    if made := HelpPlan.objects.submitted(by, submission_id).first():
        return made
    plan.created_by, plan.submission_id = by, submission_id
    plan.full_clean()
    plan.save()
    record(by, Action.CREATED, plan, fields=[name for name in HelpPlan.PARTS if getattr(plan, name)])
    return plan
