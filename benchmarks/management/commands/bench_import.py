"""Load one file in one way, in a process and a database that have seen nothing else."""

import json
import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.loaders import LOADERS
from benchmarks.people import make_office
from benchmarks.statements import StatementCounter


class Command(BaseCommand):
    """Seconds and statements of each of several loads of the same file, as JSON."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The way, the file to warm up with, the file, and how many times over."""
        parser.add_argument("way", choices=LOADERS)
        parser.add_argument("warm_up", type=Path)
        parser.add_argument("file", type=Path)
        parser.add_argument("times", type=int)

    def handle(self, *_args: object, **options: Any) -> None:
        """Warm up with a small file that is rolled back, then load and count."""
        make_office()
        load, today = LOADERS[options["way"]], timezone.localdate()
        with transaction.atomic():
            load(options["warm_up"].read_bytes(), today)
            transaction.set_rollback(True)
        content = options["file"].read_bytes()
        answers = []
        for _ in range(options["times"]):
            counter, begun, worked = StatementCounter(), time.perf_counter(), _processor_seconds()
            with connection.execute_wrapper(counter):
                counts = load(content, today)
            answers.append(
                {
                    "seconds": time.perf_counter() - begun,
                    "processor_seconds": _processor_seconds() - worked,
                    "statements": counter.count,
                    "counts": counts,
                }
            )
        self.stdout.write(json.dumps({"loads": answers}))


def _processor_seconds() -> float:
    """What this process and its finished children, the reader among them, have worked so far."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
