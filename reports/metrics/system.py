"""What an administrator looks after: accounts, what the log counts of the last days, and the machine."""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from pairing_portal.accounts.actions.locks import locked_accounts
from pairing_portal.accounts.models import User
from pairing_portal.accounts.models.users import UserQuerySet
from pairing_portal.audit.models import Action, AuditEvent, AuditEventQuerySet
from reports.access import Scope
from reports.metrics.numbers import Number

LAST_DAYS = 7
LITTLE_SPACE = 2 * 1024**3  # bytes
DATABASE_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def accounts_waiting(scope: Scope) -> UserQuerySet:
    """Accounts whose owner has not come in yet."""
    waiting: UserQuerySet = User.objects.visible_to(scope.user).waiting()
    return waiting


def accounts_disabled(scope: Scope) -> UserQuerySet:
    """Accounts that may not sign in."""
    disabled: UserQuerySet = User.objects.visible_to(scope.user).filter(is_active=False)
    return disabled


def accounts_locked(scope: Scope, now: datetime) -> UserQuerySet:
    """Accounts that may not try to sign in just now, after too many wrong passwords (safety P1)."""
    return locked_accounts(User.objects.visible_to(scope.user), now)


def events(scope: Scope, action: Action) -> AuditEventQuerySet:
    """What the log holds of the last seven days, today included."""
    of_district = AuditEvent.objects.of_district(scope.user.district_id)
    return of_district.filter(action=action).during(first_day(scope.today), None)


def first_day(today: date) -> date:
    """The first of the days the desk counts."""
    return today - timedelta(days=LAST_DAYS - 1)


def account_numbers(scope: Scope, now: datetime) -> tuple[Number, ...]:
    """Accounts somebody has to look after."""
    accounts = reverse("account_list")
    waiting, disabled = accounts_waiting(scope).count(), accounts_disabled(scope).count()
    locked = accounts_locked(scope, now).count()
    told = {"kind": "attention", "word": "可解除锁定"} if locked else {}
    return (
        Number("waiting", "等待首次登录的账号", waiting, "个", f"{accounts}?state=waiting"),
        Number("locked", "登录被锁定的账号", locked, "个", f"{accounts}?state=locked", **told),
        Number("disabled", "已停用的账号", disabled, "个", f"{accounts}?state=closed"),
    )


def log_numbers(scope: Scope) -> tuple[Number, ...]:
    """What came in, what went out and what was refused in the last days."""
    return (
        _counted(scope, "imports", "确认导入", Action.IMPORT_CONFIRMED),
        _counted(scope, "exports", "导出附件", Action.EXPORTED),
        _counted(scope, "denials", "拒绝访问", Action.DENIED),
    )


def _counted(scope: Scope, code: str, caption: str, action: Action) -> Number:
    count = events(scope, action).order_by().count()
    address = f"{reverse('audit_list')}?action={action.value}&first={first_day(scope.today)}"
    return Number(code, caption, count, "次", address, f"最近 {LAST_DAYS} 天")


@dataclass(frozen=True, slots=True)
class Health:
    """How the machine stands: sizes in bytes."""

    database: int
    free: int

    @property
    def is_tight(self) -> bool:
        """Whether the disk has little space left."""
        return self.free < LITTLE_SPACE

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The same in words."""
        return [
            ("数据库大小", filesizeformat(self.database)),
            ("磁盘剩余空间", filesizeformat(self.free)),
            ("最近一次备份", "不知道：平台还不会自己备份，请照使用手册“备份”一节定期备份。"),
        ]


def health() -> Health:
    """Asked of the database and of the disk the data lies on."""
    with connection.cursor() as cursor:
        cursor.execute(DATABASE_SIZE[connection.vendor])
        (size,) = cursor.fetchone()
    return Health(database=size, free=shutil.disk_usage(settings.DATA_DIR).free)
