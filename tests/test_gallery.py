"""The gallery shows every component there is."""

from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import Role
from pairing_portal.lib.templatetags.portal import navigation
from tests.builders import make_district, make_user
from tests.source_tree import ROOT

COMPONENTS = ROOT / "templates" / "components"


def test_gallery_shows_every_component(client: Client, db: None) -> None:
    navigation.cache_clear()  # a menu printed before is not printed anew
    client.force_login(make_user(Role.OFFICE, district=make_district()))
    page = client.get(reverse("gallery"))
    shown = {template.name.rpartition("/")[2] for template in page.templates if template.name}
    assert {path.name for path in COMPONENTS.iterdir()} - shown == set()
