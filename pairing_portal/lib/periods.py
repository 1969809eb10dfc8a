"""Half-open periods: the first day belongs to them, the day they end does not."""

from datetime import date

from django.db.models import F, Q


def in_force(on: date, start: str = "started_on", end: str = "ended_on") -> Q:
    """Rows whose period holds the day; without an end the period is still open."""
    return Q(**{f"{start}__lte": on}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on}))


def ended_together(reason_field: str = "end_reason", end: str = "ended_on") -> Q:
    """For a check constraint: an end and its reason come together, an open row has neither (reason "")."""
    is_open = Q(**{f"{end}__isnull": True})
    has_no_reason = Q(**{reason_field: ""})
    return (is_open & has_no_reason) | (~is_open & ~has_no_reason)


def ordered_period(start: str = "started_on", end: str = "ended_on") -> Q:
    """For a check constraint: no period ends before it starts (one of no day at all is allowed)."""
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)})


def overlapping(
    start: date, end: date | None, *, start_field: str = "started_on", end_field: str = "ended_on"
) -> Q:
    """Rows whose period shares a day with this one; a period of no day shares none."""
    if end is not None and end <= start:
        return Q(pk__in=[])
    is_open = Q(**{f"{end_field}__isnull": True})
    lasts = Q(**{f"{end_field}__gt": start}) & Q(**{f"{end_field}__gt": F(start_field)})
    begins = Q() if end is None else Q(**{f"{start_field}__lt": end})
    return begins & (is_open | lasts)
