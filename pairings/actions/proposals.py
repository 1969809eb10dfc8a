"""A batch of proposals is drafted, changed by hand, calculated again, submitted, sent back or published."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from pairing_portal.accounts.actions.submissions import sent_before
from pairing_portal.accounts.models import Teacher, User
from pairing_portal.audit.actions import record
from pairing_portal.audit.models import Action
from pairing_portal.lib.forms import VersionedModelForm
from pairings.actions.pairings import known_problem, lock_pupils
from pairings.actions.proposing.changes import review
from pairings.actions.proposing.drafting import Draft, blank_draft, full_draft, proposals_of
from pairings.models import Pairing, Proposal, ProposalBatch
from students.imports.upserts import overwrite, store

State = ProposalBatch.State
COMPUTED = ("teacher", "school_class", "is_second", "reasons", "why")
ALTERED = "打开本页之后，方案或资料又有变化，没有发布。请核对下面的内容后再确认。"
VOID_ROWS = "有 {} 行已经不成立，请重新计算，或逐行移出后再办理。"


def propose(
    *,
    batch: ProposalBatch,
    excluded: Collection[Teacher],
    fills: bool,
    by: User,
    today: date,
    now: datetime,
    submission_id: UUID | None = None,
) -> ProposalBatch:
    """Draft a batch under its settings: filled by the solver, or left blank to be fixed by hand first.

    The same form sent again gives the first batch; ValidationError when there is nobody to place or to help.
    """
    left_out = [teacher.pk for teacher in excluded]
    draft = (
        full_draft(batch, excluded=left_out, kept=(), today=today)
        if fills
        else blank_draft(batch, today=today)
    )
    with transaction.atomic():
        if made := sent_before(ProposalBatch, by, submission_id):
            return made
        batch.created_by, batch.submission_id = by, submission_id
        batch.seen, batch.computed_at = draft.seen, now
        _store_batch(batch, excluded, draft, by)
    return batch


def _store_batch(batch: ProposalBatch, excluded: Collection[Teacher], draft: Draft, by: User) -> None:
    batch.full_clean()
    batch.save()
    batch.excluded.set(excluded)
    rows = list(proposals_of(draft, batch))
    store(rows, by)
    record(by, Action.CREATED, batch, count=len(rows))


@transaction.atomic
def change_settings(*, form: VersionedModelForm, by: User, today: date, now: datetime) -> ProposalBatch:
    """Save the settings and calculate the batch again under them, or neither. Raises `EditConflict`."""
    _check_editable(_locked(form.instance))
    fields = sorted({"weights" if name.startswith("care_") else name for name in form.edited_fields})
    if form.save_versioned(also=("weights",)):
        record(by, Action.CHANGED, form.instance, fields=fields)
    return calculate_again(batch=form.instance, by=by, today=today, now=now)


def calculate_again(*, batch: ProposalBatch, by: User, today: date, now: datetime) -> ProposalBatch:
    """Fill the batch anew around the rows that are pinned or made by hand; it must still be the office's."""
    _check_editable(batch)
    kept = list(batch.proposals.kept())
    excluded = list(batch.excluded.values_list("pk", flat=True))
    draft = full_draft(batch, excluded=excluded, kept=kept, today=today)
    with transaction.atomic():
        current = _locked(batch)
        _check_editable(current)
        if {(row.pk, row.version) for row in kept} != set(
            current.proposals.kept().values_list("pk", "version")
        ):
            raise ValidationError("计算期间有人改了方案，请再点一次“重新计算”。")
        _replace(current, draft, by)
        current.seen, current.computed_at = draft.seen, now
        current.save(update_fields=["seen", "computed_at"])
        record(by, Action.CHANGED, current, fields=["computed_at"], count=len(draft.rows))
    return current


def _replace(batch: ProposalBatch, draft: Draft, by: User) -> None:
    """Write the new rows over the calculated ones; those of pupils who no longer wait never bound anybody and go."""
    rows = {row.student_id: row for row in batch.proposals.computed()}
    new, changed = [], []
    for row in proposals_of(draft, batch):
        if (known := rows.pop(row.student_id, None)) is None:
            new.append(row)
        else:
            for name in ("teacher_id", "school_class_id", "is_second", "reasons", "why"):
                setattr(known, name, getattr(row, name))
            changed.append(known)
    Proposal.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
    overwrite(changed, COMPUTED)
    store(new, by)


@transaction.atomic
def place_by_hand(*, form: VersionedModelForm, by: User) -> Proposal:
    """Give the pupil the teacher chosen on the form and fix the row; the one proposed anyway is just pinned.

    Raises `EditConflict`.
    """
    row: Proposal = form.instance
    if not form.edited_fields:
        return pin(proposal=row, is_pinned=True, by=by)
    _check_editable(_locked(row.batch))
    row.source, row.is_pinned = Proposal.Source.HAND, True
    row.reasons, row.why = ["hand"], "手工指定"
    if form.save_versioned(also=("source", "is_pinned", "reasons", "why")):
        record(by, Action.CHANGED, row, fields=["teacher"])
    return row


@transaction.atomic
def leave_out(*, proposal: Proposal, by: User) -> Proposal:
    """Give the pupil no teacher in this batch; a new calculation respects it."""
    row = _open_row(proposal)
    row.teacher, row.source, row.is_pinned = None, Proposal.Source.HAND, True
    row.reasons, row.why = ["left_out"], "手工移出，这次不安排"
    return _keep_row(row, ("teacher", "source", "is_pinned", "reasons", "why"), by)


@transaction.atomic
def pin(*, proposal: Proposal, is_pinned: bool, by: User) -> Proposal:
    """Keep the row through new calculations, or hand it back to the solver."""
    row = _open_row(proposal)
    row.is_pinned = is_pinned
    if not is_pinned:
        row.source = Proposal.Source.MACHINE
    return _keep_row(row, ("is_pinned", "source"), by)


def _open_row(proposal: Proposal) -> Proposal:
    """The row as it stands now, if its batch is still the office's."""
    _check_editable(_locked(proposal.batch))
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _keep_row(row: Proposal, fields: Collection[str], by: User) -> Proposal:
    row.version += 1
    row.save(update_fields=[*fields, "version"])
    record(by, Action.CHANGED, row, fields=fields)
    return row


@transaction.atomic
def submit(*, batch: ProposalBatch, by: User, today: date, now: datetime) -> ProposalBatch:
    """Put the batch before the leading group; ValidationError when it is empty or rows are void by now."""
    current = _locked(batch)
    if current.waits_for_group:
        return current
    _check_editable(current)
    found = review(current, today)
    if not found.placed:
        raise ValidationError("方案里还没有安排一对，请先计算或手工指定。")
    if found.blocking:
        raise ValidationError(VOID_ROWS.format(len(found.blocking)))
    current.submitted_by, current.submitted_at = by, now
    current.decided_by = current.decided_at = None
    return _move(current, State.SUBMITTED, ("submitted_by", "submitted_at", "decided_by", "decided_at"), by)


@transaction.atomic
def take_back(*, batch: ProposalBatch, by: User) -> ProposalBatch:
    """The office goes on with a batch nobody has decided on yet."""
    current = _locked(batch)
    _check_waiting(current)
    return _move(current, State.DRAFT, (), by)


@transaction.atomic
def send_back(*, batch: ProposalBatch, decision: str, by: User, now: datetime) -> ProposalBatch:
    """The leading group wants it otherwise, and says how."""
    current = _locked(batch)
    _check_waiting(current)
    current.decision, current.decided_by, current.decided_at = decision, by, now
    return _move(current, State.RETURNED, ("decision", "decided_by", "decided_at"), by)


@transaction.atomic
def withdraw(*, batch: ProposalBatch, by: User) -> ProposalBatch:
    """Give a draft up; it stays in the list without its rows, which would stand against undoing what they rest on."""
    current = _locked(batch)
    if current.state == State.WITHDRAWN:
        return current
    _check_editable(current)
    count, _ = current.proposals.all().delete()
    current.excluded.clear()
    return _move(current, State.WITHDRAWN, (), by, count=count)


@transaction.atomic
def publish(*, batch: ProposalBatch, seen: str, by: User, today: date, now: datetime) -> int:
    """Open every pairing of the batch on the day; the number of them, 0 when somebody published it before.

    `seen` is the digest of the page that was decided on: ValidationError when rows or data have changed since, or
    when a row no longer stands.
    """
    current = _locked(batch)
    if current.state == State.PUBLISHED:
        return 0
    _check_waiting(current)
    lock_pupils([row.student for row in current.proposals.placed().select_related("student")])
    found = review(current, today)
    if found.digest != seen:
        raise ValidationError(ALTERED, code="altered")
    if found.blocking:
        raise ValidationError(VOID_ROWS.format(len(found.blocking)))
    on = current.day(today)
    _refuse_problems(found.placed, on, today)
    store([Pairing(student=row.student, teacher=row.teacher, started_on=on) for row in found.placed], by)
    current.decided_by, current.decided_at = by, now
    _move(current, State.PUBLISHED, ("decided_by", "decided_at"), by, count=len(found.placed))
    return len(found.placed)


def _refuse_problems(rows: Collection[Proposal], on: date, today: date) -> None:
    """The rule for every single pairing holds for each row; all that is wrong is said at once."""
    pairs = Pairing.objects.holding_or_after(on).filter(student__in=[row.student_id for row in rows])
    paired = set(pairs.values_list("student", "teacher"))
    problems = [
        problem
        for row in rows
        if row.teacher is not None
        and (
            problem := known_problem(
                student=row.student,
                teacher=row.teacher,
                on=on,
                today=today,
                is_paired=(row.student_id, row.teacher_id) in paired,
            )
        )
    ]
    if problems:
        raise ValidationError(problems)


def _locked(batch: ProposalBatch) -> ProposalBatch:
    return ProposalBatch.objects.select_for_update(of=("self",)).select_related("district").get(pk=batch.pk)


def _check_editable(batch: ProposalBatch) -> None:
    if not batch.is_editable:
        raise ValidationError(f"方案{batch.get_state_display()}，不能再修改。请刷新页面核对。")


def _check_waiting(batch: ProposalBatch) -> None:
    if not batch.waits_for_group:
        raise ValidationError(f"方案{batch.get_state_display()}，不用再办理。请刷新页面核对。")


def _move(
    batch: ProposalBatch,
    state: ProposalBatch.State,
    fields: Collection[str],
    by: User,
    count: int | None = None,
) -> ProposalBatch:
    """Bring the batch to its next state and log it."""
    batch.state = state
    batch.version += 1
    batch.save(update_fields=[*fields, "state", "version"])
    record(by, Action.CHANGED, batch, fields=["state"], count=count, reason=state.label)
    return batch
