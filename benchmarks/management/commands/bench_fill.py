"""Fill the portal with a district of made-up pupils and sign its office in."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import Client
from django.utils import timezone

from benchmarks.districts import fill_district
from benchmarks.people import make_office
from pairing_portal.accounts.models import School, User
from pairing_portal.lib.searches import remember_search


class Command(BaseCommand):
    """What a client needs to ask for pages, as JSON: cookies, some with a search begun, and a school to filter by."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many pupils in how many schools."""
        parser.add_argument("pupils", type=int)
        parser.add_argument("schools", type=int)
        parser.add_argument("searches", nargs="*")

    def handle(self, *_args: object, **options: Any) -> None:
        """Make the district, then a session for its office."""
        office = make_office(options["schools"])
        with transaction.atomic():
            fill_district(office, options["pupils"], timezone.localdate())
        school = School.objects.filter(district=office.district).order_by("pk").first()
        answer = {
            "cookie": _cookie(office, ""),
            "school": str(school.public_id) if school else "",
            "searches": {words: _cookie(office, words) for words in options["searches"]},
        }
        self.stdout.write(json.dumps(answer))


def _cookie(user: User, words: str) -> str:
    """A session of the person, with the list of pupils searched for the words."""
    client = Client()
    client.force_login(user)
    session = client.session
    remember_search(session, "student_list", words)
    session.save()
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"
