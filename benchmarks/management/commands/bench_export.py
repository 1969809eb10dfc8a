"""Download attachment 1 several times."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.statements import StatementCounter
from pairing_portal.accounts.models import User
from reports.models import Edition, Export
from students.models import Register, RegisterEntry


class Command(BaseCommand):
    """Seconds of each download, its rows and statements, as JSON."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many times."""
        parser.add_argument("times", type=int)

    def handle(self, *_args: object, **options: Any) -> None:
        """One download to warm up, then those that count."""
        office = Client(HTTP_HOST="127.0.0.1")
        office.force_login(User.objects.get(username="office"))
        _download(office)
        seconds = []
        for _ in range(options["times"]):
            counter, begun = StatementCounter(), time.perf_counter()
            with connection.execute_wrapper(counter):
                _download(office)
            seconds.append(time.perf_counter() - begun)
        rows = RegisterEntry.objects.filter(register=Register.COUNTY_FILED).count()
        self.stdout.write(json.dumps({"seconds": seconds, "rows": rows, "statements": counter.count}))


def _download(office: Client) -> None:
    address = reverse("attachment_export", args=[Export.Attachment.COUNTY_FILED])
    asked = {"edition": Edition.FULL, "as_of": timezone.localdate(), "reason": "测速导出"}
    answer = office.post(address, asked)
    if answer.status_code != 200 or "attachment" not in answer.get("Content-Disposition", ""):
        raise RuntimeError("the attachment was not written")
