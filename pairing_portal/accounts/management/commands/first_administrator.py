"""Print a one-time code for the first administrator of an empty portal."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pairing_portal.accounts.actions import create_account
from pairing_portal.accounts.models import Role, User

USERNAME = "admin"


class Command(BaseCommand):
    """Does nothing once anybody has an account."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Create the account `admin` and show its code, once."""
        if User.objects.exists():
            return
        slip = create_account(
            username=USERNAME, name="管理员", roles=[Role.ADMIN], district=None, by=None, now=timezone.now()
        )
        self.stdout.write(
            f"首位管理员  登录名：{USERNAME}  一次性登录码：{slip.code}（14 天内有效，登录后设置密码）"
        )
