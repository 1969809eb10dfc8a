"""Make the demo's district once, and print its sign-ins every time."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from pairing_portal.accounts.models import User
from pairing_portal.places import Mode
from reports.demo.lengthening import lengthen
from reports.demo.making import make_demo


class Command(BaseCommand):
    """Everything or nothing: a demo that broke half-way starts anew."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch, for looking at pages under strain."""
        parser.add_argument("--long", action="store_true", help="names and notes as long as the forms allow")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse any data but the demo's own."""
        if settings.MODE != Mode.DEMO:
            raise CommandError("The demo runs with PORTAL_MODE=demo only: use `make demo`.")
        place = Path(settings.DATA_DIR) / "sign-ins.json"
        if not User.objects.exists():
            self._make(place, long=options["long"])
        self._print(place)

    def _make(self, place: Path, *, long: bool) -> None:
        with transaction.atomic():
            sign_ins = make_demo(today=timezone.localdate(), now=timezone.now(), say=self.stdout.write)
            if long:
                lengthen()
            place.touch(mode=0o600)
            place.write_text(
                json.dumps([asdict(each) for each in sign_ins], ensure_ascii=False), encoding="utf-8"
            )

    def _print(self, place: Path) -> None:
        self.stdout.write("演示账号（只在本机可用）")
        for each in json.loads(place.read_text(encoding="utf-8")):
            self.stdout.write(f"  {each['role']:　<6}  登录名 {each['username']:<8}  密码 {each['password']}")
