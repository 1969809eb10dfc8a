"""What the page shows before the year is turned, and keeps: plain words and the versions they rest on."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from pairing_portal.accounts.models import District
from pairing_portal.lib.models import Row
from pairing_portal.lib.school_years import school_year_start
from pairing_portal.lib.templatetags.portal import date_cn
from pairings.actions.turn_plans import PupilPlan, TurnPlan
from pairings.models import Pairing, Phase, Way


@dataclass(frozen=True, slots=True)
class ShownPupil:
    """One pupil: from where to where, since when, and what becomes of the teachers."""

    name: str
    subject_id: str
    class_id: str
    place: str
    way: str
    to: str
    on: str
    teachers: str
    ends_pairings: bool
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A class teacher whose class has left."""

    name: str
    subject_id: str
    place: str
    on: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownPairing:
    """A pairing that stays although its teacher has left."""

    name: str
    teacher: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase of the campaign to open."""

    name: str
    first: str
    last: str


@dataclass(frozen=True)
class TurnPreview:
    """The whole page before confirming; counts are what confirming will do."""

    pupils: tuple[ShownPupil, ...]
    terms: tuple[ShownTerm, ...] = ()
    departed: tuple[ShownPairing, ...] = ()
    new_classes: tuple[str, ...] = ()
    campaign: str = ""
    report_due: str = ""
    phases: tuple[ShownPhase, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def changes_anything(self) -> bool:
        """Whether confirming would write at all."""
        return bool(self.terms or self.campaign or any(each.way != Way.LATER for each in self.pupils))


def shown_turn(plan: TurnPlan, district: District) -> TurnPreview:
    """The plan in words."""
    ended = {pairing.pk for each in plan.pupils if each.ends_pairings for pairing in each.pairings}
    kept = Pairing.objects.filter(student__district=district, ended_on=None).exclude(pk__in=ended)
    departed = kept.filter(teacher__ended_on__lte=plan.today).with_people().order_by("student__pinyin", "pk")
    return TurnPreview(
        pupils=tuple(_pupil(each, plan) for each in plan.pupils),
        terms=tuple(
            ShownTerm(
                term.teacher.name,
                str(term.teacher.public_id),
                f"{term.school_class.school.name} {term.school_class.last_name}",
                _day(on, plan.today),
                (_version(term),),
            )
            for term, on in plan.terms
        ),
        departed=tuple(
            ShownPairing(each.student.name, each.teacher.name, str(each.public_id)) for each in departed
        ),
        new_classes=tuple(
            sorted(each.name(plan.today).removesuffix("（新建）") for each in plan.new_classes)
        ),
        counts=_counts(plan, len(ended), kept.count()),
        **_campaign(plan),
    )


def _pupil(plan: PupilPlan, of: TurnPlan) -> ShownPupil:
    enrolment = plan.enrolment
    left, student = enrolment.school_class, enrolment.student
    name = left.last_name if left.left_on <= of.today else left.name(of.today)
    rows: list[Row] = [enrolment, *plan.pairings, *plan.entries]
    return ShownPupil(
        name=student.name,
        subject_id=str(student.public_id),
        class_id=str(left.public_id),
        place=f"{left.school.name} {name}",
        way=plan.way,
        to=plan.to.name(of.today) if plan.to else "",
        on=_day(plan.on, of.today) if plan.way != Way.LATER else "",
        teachers="、".join(pairing.teacher.name for pairing in plan.pairings),
        ends_pairings=plan.ends_pairings,
        rests_on=tuple(map(_version, rows)),
    )


def _day(on: date, today: date) -> str:
    """A day that is today would be another one tomorrow: it is told as the day of confirming."""
    return "办理当天" if on == today != school_year_start(today) else date_cn(on)


def _version(row: Row) -> str:
    return f"{row.public_id}:{row.version}"


def _counts(plan: TurnPlan, ended: int, kept: int) -> dict[str, Any]:
    ways = Counter(str(each.way) for each in plan.pupils)
    entries = sum(len(each.entries) for each in plan.pupils)
    made = len(plan.new_classes)
    return {
        "ways": dict(ways),
        "ended": ended,
        "kept": kept,
        "entries": entries,
        "classes": made,
        "terms": len(plan.terms),
    }


def _campaign(plan: TurnPlan) -> dict[str, Any]:
    if plan.campaign is None:
        return {}
    phases = tuple(
        ShownPhase(Phase.Number(number).label, date_cn(first), date_cn(last))
        for number, (first, last) in sorted(plan.campaign.phases.items())
    )
    title = f"{plan.campaign.year} 年{plan.campaign.title}"
    return {"campaign": title, "report_due": date_cn(plan.campaign.report_due_on), "phases": phases}


def preview_as_text(preview: TurnPreview) -> str:
    """The preview as JSON."""
    return json.dumps(asdict(preview), ensure_ascii=False)


def preview_from_text(text: str) -> TurnPreview:
    """The preview that `preview_as_text` wrote; equal to it in every part."""
    values: dict[str, Any] = json.loads(text)
    for name, kind in (
        ("pupils", ShownPupil),
        ("terms", ShownTerm),
        ("departed", ShownPairing),
        ("phases", ShownPhase),
    ):
        values[name] = tuple(kind(**_tupled(each)) for each in values[name])
    values["new_classes"] = tuple(values["new_classes"])
    return TurnPreview(**values)


def _tupled(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"rests_on": tuple(values["rests_on"])} if "rests_on" in values else values


def altered_since(before: TurnPreview, now: TurnPreview) -> list[str]:
    """Names of the people about whom something no longer stands as it was shown."""
    return list(dict.fromkeys(_altered(before.pupils, now.pupils) + _altered(before.terms, now.terms)))


def _altered(before: Iterable[ShownPupil | ShownTerm], now: Iterable[ShownPupil | ShownTerm]) -> list[str]:
    shown, found = dict.fromkeys(before), dict.fromkeys(now)
    return [each.name for each in (*found, *shown) if each not in shown or each not in found]
