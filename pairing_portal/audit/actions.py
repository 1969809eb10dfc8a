"""The one function that writes to the log."""

from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from pairing_portal.audit.models import Action, AuditEvent, Outcome

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from and in which roles; commands and tests have none."""

    address: str = ""
    roles: str = ""


_origin: ContextVar[Origin] = ContextVar("audit_origin", default=Origin())


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Give every event recorded inside the block its address and roles."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def record(
    by: "AbstractBaseUser | None",
    action: Action,
    subject: models.Model | str = "",
    *,
    subject_id: str = "",
    fields: Iterable[str] = (),
    count: int | None = None,
    reason: str = "",
    outcome: Outcome = Outcome.DONE,
) -> AuditEvent:
    """Write one event: names of fields, never their values; in the transaction of the change it tells of."""
    origin = _origin.get()
    return AuditEvent.objects.create(
        at=timezone.now(),
        actor=by if by is not None and by.pk else None,
        district_id=getattr(by, "district_id", None),
        roles=origin.roles,
        address=origin.address,
        action=action,
        subject=subject._meta.label_lower if isinstance(subject, models.Model) else subject,
        subject_id=str(getattr(subject, "public_id", subject.pk)) if isinstance(subject, models.Model) else subject_id,
        fields=sorted(fields),
        count=count,
        reason=reason[:200],
        outcome=outcome,
    )
