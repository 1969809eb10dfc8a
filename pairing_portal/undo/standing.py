"""What stands against undoing: rows touched since, and rows that something later points at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Field, ManyToOneRel, Model, QuerySet

from pairing_portal.lib.models import Row
from pairing_portal.undo.steps import Step, in_batches, rows_of

NAMED = 5
ADVICE = "后来的变动如能撤销，请先撤销后来的；否则请直接修改有误的资料。"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A row that stands against undoing, by its key, and what has come to hang on it."""

    model: type[Row]
    key: int
    hanging: str = ""


@dataclass
class Standing:
    """The rows of a change set as they stand now."""

    versions: dict[type[Row], dict[UUID, int]] = field(default_factory=dict)
    keys: dict[type[Row], dict[UUID, int]] = field(default_factory=dict)
    touched: list[Obstacle] = field(default_factory=list)
    hanging: list[Obstacle] = field(default_factory=list)
    gone: int = 0

    @property
    def obstacles(self) -> list[Obstacle]:
        """Each row once, touched ones first."""
        found = {(each.model, each.key): each for each in reversed([*self.touched, *self.hanging])}
        return list(reversed(found.values()))

    @property
    def problem(self) -> str:
        """Why nothing can be undone, with up to five rows by name; empty if it can."""
        obstacles = self.obstacles
        if not obstacles and not self.gone:
            return ""
        count = len(obstacles) + self.gone
        names = "、".join(map(_in_words, obstacles[:NAMED])) or "有些资料"
        more = f"等 {count} 条" if count > min(len(obstacles), NAMED) else ""
        return f"{names}{more}在这之后又有变动，不能撤销，没有改动任何内容。{ADVICE}"


def examine(steps: Sequence[Step], *, locks: bool) -> Standing:
    """Hold the steps' rows against the database; with `locks` they stay as they are until the transaction ends."""
    standing = Standing()
    for step in steps:
        left = standing.versions.setdefault(step.model, {})
        left.update((public_id, row.version) for public_id, row in step.rows.items())
    for model, versions in standing.versions.items():
        _compare(standing, model, versions, locks=locks)
    for step in steps:
        if step.is_creation:
            standing.hanging += _hanging_on(step, standing)
    return standing


def _compare(standing: Standing, model: type[Row], versions: dict[UUID, int], *, locks: bool) -> None:
    found: dict[UUID, int] = {}
    for some in in_batches(list(versions)):
        rows = rows_of(model).filter(public_id__in=some).order_by("pk")
        rows = rows.select_for_update() if locks else rows
        for public_id, key, version in rows.values_list("public_id", "pk", "version"):
            found[public_id] = key
            if version != versions[public_id]:
                standing.touched.append(Obstacle(model, key))
    standing.keys[model] = found
    standing.gone += len(versions) - len(found)


def _hanging_on(step: Step, standing: Standing) -> Iterator[Obstacle]:
    """New rows of the step that rows of nobody's making in this change set point at."""
    keys = [standing.keys[step.model][each] for each in step.rows if each in standing.keys[step.model]]
    for pointing in pointers_to(step.model):
        own = set(standing.keys.get(pointing.model, {}).values())
        name = str(pointing.model._meta.verbose_name)
        for key, target in _rows_pointing(pointing, keys):
            if key not in own:
                yield Obstacle(step.model, target, name)


def _rows_pointing(pointing: Field, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    for some in in_batches(keys):
        rows: QuerySet[Model] = (
            QuerySet(pointing.model).filter(**{f"{pointing.name}__in": some}).order_by("pk")
        )
        yield from rows.values_list("pk", pointing.attname)


def pointers_to(model: type[Model]) -> list[Any]:
    """Every foreign key, in whatever app, that can point at rows of the table."""
    relations = model._meta.get_fields(include_hidden=True)
    return [each.field for each in relations if isinstance(each, ManyToOneRel)]


def _in_words(obstacle: Obstacle) -> str:
    row = rows_of(obstacle.model).get(pk=obstacle.key)
    hanging = f"，已有{obstacle.hanging}" if obstacle.hanging else ""
    return f"{row.in_full}（{row._meta.verbose_name}{hanging}）"
