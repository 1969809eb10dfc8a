"""The ways to load a roster that are held against each other; each takes the file's bytes and stores its rows."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import modelresource_factory
from python_calamine import CalamineWorkbook

from benchmarks.models import FlatPupil
from benchmarks.rosters import HEADERS
from pairing_portal.accounts.models import User
from students.models import RosterImport

Loader = Callable[[bytes, date], dict[str, int]]
BEST = {
    "use_bulk": True,
    "batch_size": 1000,
    "skip_diff": True,
    "instance_loader_class": CachedInstanceLoader,
}


def load_by_portal(content: bytes, on: date) -> dict[str, int]:
    """Upload, look at what changes and confirm, through the pages that the office uses."""
    office = Client(HTTP_HOST="127.0.0.1")
    office.force_login(User.objects.get(username="office"))
    file = SimpleUploadedFile("名单.xlsx", content)
    told = {"kind": RosterImport.Kind.COUNTY_FILED, "year": on.year, "listed_on": on}
    sent = office.post(reverse("import_new"), {"file": file, "submission_id": uuid4(), **told})
    roster = RosterImport.objects.order_by("-pk")[0]
    shown = office.get(roster.get_absolute_url())
    done = office.post(reverse("import_confirm", args=[roster.public_id]))
    roster.refresh_from_db()
    if (sent.status_code, shown.status_code, done.status_code) != (302, 200, 302) or roster.is_open:
        raise RuntimeError("the portal did not take the file")
    return {str(name): int(count) for name, count in roster.counts.items()}


def load_by_peer(content: bytes, _on: date) -> dict[str, int]:
    """django-import-export as its manual sets it up: a resource of the model, rows known by ID number."""
    return _loaded(content, {})


def load_by_peer_at_best(content: bytes, _on: date) -> dict[str, int]:
    """django-import-export with bulk writes, a cached loader and no differences drawn up."""
    return _loaded(content, BEST)


def load_raw(content: bytes, _on: date) -> dict[str, int]:
    """The floor: the cells as they stand, by one executemany."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    rows: list[Any] = sheet.to_python()[1:]
    columns, marks = ", ".join(HEADERS), ", ".join(["%s"] * len(HEADERS))
    updates = ", ".join(f"{name} = excluded.{name}" for name in HEADERS)
    statement = (
        f"INSERT INTO {FlatPupil._meta.db_table} ({columns}) VALUES ({marks}) "  # noqa: S608 (our own names)
        f"ON CONFLICT (id_number) DO UPDATE SET {updates}"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, rows)
    return {"rows": len(rows)}


def _loaded(content: bytes, options: dict[str, Any]) -> dict[str, int]:
    resource = modelresource_factory(
        FlatPupil,
        meta_options={"import_id_fields": ["id_number"], "fields": list(HEADERS), **options},
        custom_fields={name: _column(name, title) for name, title in HEADERS.items()},
    )
    result = resource().import_data(XLSX().create_dataset(content), raise_errors=True)
    return {str(name): int(count) for name, count in result.totals.items()}


def _column(name: str, title: str) -> Field:
    """The column with the widget the peer itself would choose for the model's field."""
    widget = modelresource_factory(FlatPupil).widget_from_django_field(FlatPupil._meta.get_field(name))
    return Field(attribute=name, column_name=title, widget=widget())


LOADERS: dict[str, Loader] = {
    "portal": load_by_portal,
    "peer": load_by_peer,
    "peer_at_best": load_by_peer_at_best,
    "floor": load_raw,
}
