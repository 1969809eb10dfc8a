"""Lets somebody sign in again at once: for the only administrator, who has nobody to ask."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pairing_portal.accounts.actions.locks import lift_lock
from pairing_portal.accounts.models import User


class Command(BaseCommand):
    """`manage.py lift_lock NAME`, on the machine itself."""

    help = "解除一个登录名的锁定"

    def add_arguments(self, parser: CommandParser) -> None:
        """The sign-in name."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done."""
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError("没有这个登录名。")
        lifted = lift_lock(user=user, by=None)
        self.stdout.write("已解除锁定，可以马上登录。" if lifted else "这个账号没有被锁定。")
