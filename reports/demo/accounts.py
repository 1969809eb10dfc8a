"""One account per role with a random password, made when the demo is set up."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from pairing_portal.accounts.actions import create_account, set_password
from pairing_portal.accounts.models import District, Role, Teacher, User

WORDS = ("shanlu", "chuntian", "huanghe", "changcheng", "baiyang", "yaodong", "hongzao", "xiaomi", "shaliang")

# The head of the leading group helps pupils, as every member does (clause M1).
ALSO = {Role.LEADER: (Role.TEACHER,)}


@dataclass(frozen=True, slots=True)
class SignIn:
    """What the demo prints for one role."""

    role: str
    username: str
    password: str


def make_password() -> str:
    """A word in pinyin and twelve hex digits: random, long enough, and typed where no Chinese can be."""
    return f"{secrets.choice(WORDS)}-{secrets.token_hex(2)}-{secrets.token_hex(2)}-{secrets.token_hex(2)}"


def open_account(
    role: Role, district: District | None, *, by: User | None, now: datetime, teacher: Teacher | None = None
) -> tuple[User, SignIn]:
    """An account named after its role, or after its teacher, with its password set at once."""
    slip = create_account(
        username=role.value,
        name=teacher.name if teacher else f"演示{role.label}",
        roles=[role, *ALSO.get(role, ())],
        district=district,
        by=by,
        now=now,
        teacher=teacher,
    )
    password = make_password()
    set_password(user=slip.user, password=password)
    return slip.user, SignIn(role.label, role.value, password)
