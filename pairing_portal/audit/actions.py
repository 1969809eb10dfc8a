"""The one function that writes to the log."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
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


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=NOWHERE)


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Give every event recorded inside the block its address and roles."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def present_origin() -> Origin:
    """Where the request that is being answered comes from."""
    return _origin.get()


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
        actor_id=by.pk if by is not None else None,
        district_id=getattr(by, "district_id", None),
        roles=origin.roles,
        address=origin.address,
        action=action,
        **_named(subject, subject_id),
        fields=sorted(fields),
        count=count,
        reason=reason[:200],
        outcome=outcome,
    )


def _named(subject: models.Model | str, subject_id: str) -> dict[str, str]:
    """The row by its kind and public id, or the words and id as given."""
    if isinstance(subject, models.Model):
        return {
            "subject": subject._meta.label_lower,
            "subject_id": str(getattr(subject, "public_id", subject.pk)),
        }
    return {"subject": subject, "subject_id": subject_id}
