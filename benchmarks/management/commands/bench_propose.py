"""Propose pairings for a whole district through the office's page, and solve the bare problem beside it."""

import json
import os
from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

import numpy as np
from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from scipy.optimize import linear_sum_assignment

from benchmarks.people import make_office
from benchmarks.waiting import make_all_wait
from pairings.actions.proposing.facts import read_facts
from pairings.actions.proposing.solver import slot_costs
from pairings.models import ProposalBatch


class Command(BaseCommand):
    """Processor seconds of each proposal and of the solver alone, with the size of the problem, as JSON."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many pupils in how many schools, and how many times."""
        parser.add_argument("pupils", type=int)
        parser.add_argument("schools", type=int)
        parser.add_argument("times", type=int)

    def handle(self, *_args: object, **options: Any) -> None:
        """Make the district; then by turns the page and the bare solver, once each to warm up."""
        office = make_office(options["schools"])
        with transaction.atomic():
            make_all_wait(office, options["pupils"], timezone.localdate())
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(office)
        batch, _ = _propose(client)
        costs = _costs(batch)
        _solve(costs)
        turns = [(_propose(client)[1], _solve(costs)) for _ in range(options["times"])]
        answer = {"rows": costs.shape[0], "slots": costs.shape[1], "placed": batch.proposals.placed().count()}
        self.stdout.write(
            json.dumps(answer | {"page": [page for page, _ in turns], "solver": [bare for _, bare in turns]})
        )


def _propose(client: Client) -> tuple[ProposalBatch, float]:
    """One proposal under the usual settings, and its processor seconds."""
    begun = _processor_seconds()
    answer = client.post(reverse("proposal_new"), {"submission_id": uuid4()})
    seconds = _processor_seconds() - begun
    if answer.status_code != 302:
        raise RuntimeError("the portal proposed nothing")
    return ProposalBatch.objects.order_by("-pk")[0], seconds


def _costs(batch: ProposalBatch) -> np.ndarray:
    """The problem that the page hands to the solver, families and villages left aside."""
    facts = read_facts(batch.district, batch.year, batch.day(timezone.localdate()))
    problem = facts.problem(batch, excluded=(), kept=())
    rows = np.array([np.frombuffer(row, dtype=np.int32) for row in problem.rows()])
    return slot_costs(rows, problem.slots())


def _solve(costs: np.ndarray) -> float:
    begun = _processor_seconds()
    linear_sum_assignment(costs)
    return _processor_seconds() - begun


def _processor_seconds() -> float:
    """What this process and its finished children, the solver among them, have worked so far."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
