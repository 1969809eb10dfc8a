"""Lists in pages whose cost does not grow with the list: keyset paging and a capped count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OrderBy, Q, QuerySet
from django.http import QueryDict

PAGE_SIZE = 50
COUNT_CAP = 1_000
CURSORS = ("after", "before", "page")

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list; ``previous`` and ``next`` are query strings (``?after=…``) or empty."""

    rows: Sequence[M]
    total: int
    is_capped: bool
    number: int
    previous: str
    next: str

    @property
    def is_alone(self) -> bool:
        """The whole list fits on this page."""
        return not (self.previous or self.next)


@dataclass(frozen=True)
class SortKey:
    """One column of the order; nulls come first when rising and last when falling, on every database."""

    name: str
    falls: bool

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read Django's ``-name`` spelling."""
        return cls(text.removeprefix("-"), text.startswith("-"))

    @property
    def reverse(self) -> "SortKey":
        """The same column, read backwards."""
        return SortKey(self.name, not self.falls)

    def order(self, model: type[models.Model]) -> OrderBy:
        """The ORDER BY term; nulls are placed by hand only where the column may hold them."""
        may_be_null = _may_be_null(model, self.name)
        if self.falls:
            return F(self.name).desc(nulls_last=may_be_null or None)
        return F(self.name).asc(nulls_first=may_be_null or None)

    def same(self, value: object) -> Q:
        """Rows that stand level with the value."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: object, model: type[models.Model]) -> Q:
        """Rows that come strictly later than the value."""
        if value is None:
            return Q(pk__in=[]) if self.falls else Q(**{f"{self.name}__isnull": False})
        if not self.falls:
            return Q(**{f"{self.name}__gt": value})
        later = Q(**{f"{self.name}__lt": value})
        return later | Q(**{f"{self.name}__isnull": True}) if _may_be_null(model, self.name) else later

    def not_before(self, value: object, model: type[models.Model]) -> Q:
        """A plain range on the leading column, so that the index finds the place to start."""
        if value is None or (self.falls and _may_be_null(model, self.name)):
            return Q()
        return Q(**{f"{self.name}__{'lte' if self.falls else 'gte'}": value})


def _may_be_null(model: type[models.Model], name: str) -> bool:
    """Whether a sort column can be empty; annotations and columns of other tables are taken to be."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return name != "pk" and (name not in fields or fields[name].null)


def later_than(values: Sequence[object], keys: Sequence[SortKey], model: type[models.Model]) -> Q:
    """The condition for rows that follow the row with these sort values."""
    condition = Q(pk__in=[])
    for value, key in reversed(list(zip(values, keys, strict=True))):
        condition = key.beyond(value, model) | (key.same(value) & condition)
    return keys[0].not_before(values[0], model) & condition


def sort_order(parameters: QueryDict, orders: Mapping[str, Sequence[str]], default: str) -> tuple[str, ...]:
    """The order asked for by ``?sort=name`` or ``?sort=-name``; anything unknown gives the default."""
    asked = parameters.get("sort", default)
    if asked.removeprefix("-") not in orders:
        asked = default
    order = tuple(orders[asked.removeprefix("-")])
    if not asked.startswith("-"):
        return order
    return tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)


def paginate(
    rows: QuerySet[M],
    parameters: QueryDict,
    *,
    order: Sequence[str] = (),
    size: int = PAGE_SIZE,
    named_by: str = "public_id",
) -> Page[M]:
    """One page of the rows, found from the public id (or other unique column) in ``?after=`` or ``?before=``.

    ``order`` (else the model's ``ordering``) names columns or annotations as text and is made unique by the
    primary key. A cursor whose row has left the list, or that makes no sense, shows the first page.
    """
    keys = _keys(rows.model, order)
    after, before = (
        _row_values(rows, keys, named_by, parameters.get(name, "")) for name in ("after", "before")
    )
    if before is not None and after is None:
        shown, has_more = _slice(rows, [key.reverse for key in keys], before, size)
        if has_more and len(shown) == size:
            return _page(rows, parameters, shown[::-1], named_by, has_previous=True, has_next=True)
    shown, has_more = _slice(rows, keys, after, size)
    return _page(rows, parameters, shown, named_by, has_previous=after is not None, has_next=has_more)


def _keys(model: type[models.Model], order: Sequence[str]) -> list[SortKey]:
    """The order as sort keys that end in the primary key."""
    names = [str(name) for name in (order or model._meta.ordering or ())]
    if not names or names[-1].removeprefix("-") != "pk":
        names.append("pk")
    return [SortKey.parse(name) for name in names]


def _column(model: type[models.Model], name: str) -> models.Field:
    """The model's own column of that name."""
    return next(field for field in model._meta.concrete_fields if field.name == name)


def _row_values(
    rows: QuerySet[M], keys: Sequence[SortKey], named_by: str, value: str
) -> tuple[object, ...] | None:
    """The sort values of the row that the address names, if it is on the list."""
    try:
        wanted = _column(rows.model, named_by).to_python(value or None)
    except ValidationError:
        return None
    if wanted is None:
        return None
    found = rows.filter(**{named_by: wanted}).order_by().values_list(*(key.name for key in keys)).first()
    return tuple(found) if found is not None else None


def _slice(
    rows: QuerySet[M], keys: Sequence[SortKey], values: Sequence[object] | None, size: int
) -> tuple[list[M], bool]:
    """Up to ``size`` rows that follow the values, and whether there are more."""
    if values is not None:
        rows = rows.filter(later_than(values, keys, rows.model))
    found = list(rows.order_by(*(key.order(rows.model) for key in keys))[: size + 1])
    return found[:size], len(found) > size


def _page(
    rows: QuerySet[M],
    parameters: QueryDict,
    shown: list[M],
    named_by: str,
    *,
    has_previous: bool,
    has_next: bool,
) -> Page[M]:
    """The page with its two links and a count that stops at the cap."""
    total = rows.order_by().values("pk")[: COUNT_CAP + 1].count()
    number = max(_number(parameters), 2) if has_previous else 1
    first, last = (
        (str(row.serializable_value(named_by)) for row in (shown[0], shown[-1])) if shown else ("", "")
    )
    return Page(
        rows=shown,
        total=min(total, COUNT_CAP),
        is_capped=total > COUNT_CAP,
        number=number,
        previous=_link(parameters, "before", first, number - 1) if has_previous and shown else "",
        next=_link(parameters, "after", last, number + 1) if has_next and shown else "",
    )


def _number(parameters: QueryDict) -> int:
    """The page number the address claims; only shown, never used to find rows."""
    claimed = parameters.get("page", "")
    return int(claimed) if claimed.isascii() and claimed.isdigit() and len(claimed) < 7 else 1


def _link(parameters: QueryDict, cursor: str, handle: str, number: int) -> str:
    """The query string of a neighbouring page: same filters, other cursor, no personal data."""
    query = parameters.copy()
    for name in CURSORS:
        query.pop(name, None)
    query[cursor] = handle
    query["page"] = str(max(number, 1))
    return f"?{query.urlencode()}"
