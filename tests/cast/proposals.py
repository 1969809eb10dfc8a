"""The proposals of the cast: a draft and one that waits for the leading group here, one that waits in 乙."""

from datetime import date

from pairings.models import Proposal, ProposalBatch
from students.models import Student
from tests.builders import make_proposal, make_proposal_batch
from tests.cast.places import Place

State = ProposalBatch.State


def make_batches(
    here: Place, there: Place, pupils: dict[str, Student], today: date
) -> dict[str, ProposalBatch]:
    """The pupil whose pairing has ended waits for a teacher; the other district proposes its only one."""
    return {
        "draft": _make_batch(here, pupils["ended"], State.DRAFT, today),
        "waiting": _make_batch(here, pupils["ended"], State.SUBMITTED, today),
        "foreign": _make_batch(there, pupils["foreign"], State.SUBMITTED, today),
    }


def _make_batch(place: Place, student: Student, state: str, today: date) -> ProposalBatch:
    words = f"{place.word}说明"
    batch = make_proposal_batch(
        place.district, year=today.year, state=state, remark=words, decision=words, created_by=place.office
    )
    make_proposal(batch, student, place.teachers[1], why=f"{place.word}理由")
    return batch


def row_of(batch: ProposalBatch) -> Proposal:
    """The only row of one of these batches."""
    return batch.proposals.get()
