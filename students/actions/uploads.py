"""Telling how far an upload has come; each step is committed at once, so that it can be seen while the next one runs."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pairing_portal.accounts.models import User
from students.models import UploadStage

LEFT_BEHIND_AFTER = timedelta(days=1)


@transaction.atomic(durable=True)
def tell_stage(*, submission_id: UUID, stage: UploadStage.Stage, by: User) -> None:
    """The upload of this form has come so far."""
    UploadStage.objects.update_or_create(
        created_by=by, submission_id=submission_id, defaults={"stage": stage}
    )


@transaction.atomic(durable=True)
def clear_stage(*, submission_id: UUID, by: User, now: datetime) -> None:
    """The upload has its answer; what uploads that broke off left behind goes too."""
    UploadStage.objects.submitted(by, submission_id).delete()
    UploadStage.objects.filter(created_at__lt=now - LEFT_BEHIND_AFTER).delete()
