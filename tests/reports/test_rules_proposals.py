"""A proposal waits on the desk of whoever has to go on with it."""

import pytest
from django.test import Client

from pairing_portal.accounts.models import Role
from pairings.models import ProposalBatch
from reports.access import Scope
from reports.rules.proposals import proposals_with_group, proposals_with_office
from tests.builders import TODAY, make_proposal_batch, make_user
from tests.reports.town import Town

State = ProposalBatch.State


def _counts(town: Town, *roles: Role) -> tuple[int, int]:
    """How many batches the person's desk names: to go on with, to decide on."""
    scope = Scope(make_user(*roles, district=town.district), TODAY, 2018, TODAY)
    found = (next(rule(scope), None) for rule in (proposals_with_office, proposals_with_group))
    office, group = (todo.count if todo else 0 for todo in found)
    return office, group


@pytest.fixture
def batches(town: Town) -> None:
    """One batch in every state, and one of another year."""
    for state in State:
        make_proposal_batch(town.district, state=state, created_by=town.office)
    make_proposal_batch(town.district, year=2017, created_by=town.office)


@pytest.mark.usefixtures("batches")
@pytest.mark.parametrize(
    ("roles", "counts"),
    [
        ((Role.OFFICE,), (2, 0)),
        ((Role.LEADER,), (0, 1)),
        ((Role.OFFICE, Role.LEADER), (2, 1)),
        ((Role.TEACHER,), (0, 0)),
    ],
)
def test_batches_wait_for_those_who_must_act(
    town: Town, roles: tuple[Role, ...], counts: tuple[int, int]
) -> None:
    assert _counts(town, *roles) == counts


def test_leaders_desk_begins_with_what_waits(town: Town, client: Client) -> None:
    leader = make_user(Role.LEADER, district=town.district)
    client.force_login(leader)
    year = client.get("/").context["selected_year"]
    batch = make_proposal_batch(town.district, year=year, state=State.SUBMITTED, created_by=town.office)
    first = client.get("/").context["sections"][0]
    todo = first.data["todos"][0]
    assert (first.anchor, [name.url for name in todo.names]) == ("decide", [batch.get_absolute_url()])
    assert todo.url == batch.get_absolute_url()
