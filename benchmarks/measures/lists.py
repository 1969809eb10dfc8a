"""The list of pupils: requests per second against a Django admin changelist, and flat up to 100,000 pupils."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from statistics import median

from benchmarks.measurement import Measurement, fact, middle
from benchmarks.measures.districts import FEW_PUPILS, MANY_PUPILS, FilledPortal
from benchmarks.portals import PAGE
from benchmarks.servers import Site, next_page, serving

LIST, CHANGELIST = "/students/", "/admin/students/student/"
WARM_UP = 5
REQUESTS = 60
FEWER_REQUESTS = 30
FASTER, FLAT = 2.0, 1.5
Request = tuple[Site, str]
# How each page of the list is asked for; the promise is about the first ones.
PAGES: Mapping[str, Callable[[FilledPortal, Site], str]] = {
    "as it opens": lambda _filled, _site: LIST,
    "second page": lambda _filled, site: LIST + next_page(site.get(LIST)),
    "one school": lambda filled, _site: f"{LIST}?school={filled.school}",
    "one school by class": lambda filled, _site: f"{LIST}?school={filled.school}&sort=class",
    "by name, backwards": lambda _filled, _site: f"{LIST}?sort=-name",
}
SHOWN_PAGES: Mapping[str, Callable[[FilledPortal, Site], str]] = {
    "all schools by class": lambda _filled, _site: f"{LIST}?sort=class",
    "not paired (nobody)": lambda _filled, _site: f"{LIST}?paired=no",
}


def by_turns(requests: Mapping[str, Request], times: int) -> dict[str, list[float]]:
    """Seconds of each request, asked for in turn so that a busy moment hits all alike."""
    found: dict[str, list[float]] = defaultdict(list)
    for site, address in requests.values():
        site.seconds(address, WARM_UP)
    for _ in range(times):
        for name, (site, address) in requests.items():
            found[name] += site.seconds(address, 1)
    return found


def measure_changelist(district: FilledPortal) -> list[Measurement]:
    """Fifty rows from the portal, from the admin beside it, and from memory."""
    with serving(district.portal, district.cookie) as site:
        page = site.get(LIST)
        (district.portal.root / "data" / PAGE).write_bytes(page)
        sizes = f"{len(page) // 1024} and {len(site.get(CHANGELIST)) // 1024} kB"
        with serving(district.portal, "", application="benchmarks.floor") as floor:
            requests = {"list": (site, LIST), "admin": (site, CHANGELIST), "floor": (floor, "/")}
            found = by_turns(requests, REQUESTS)
    faster = median(found["admin"]) / median(found["list"])
    return [
        fact("50 pupils: the portal's list", _rate(found["list"])),
        fact("50 pupils: Django admin changelist", _rate(found["admin"])),
        fact("50 pupils: floor, the same bytes from memory", _rate(found["floor"])),
        fact("50 pupils: size of both pages", sizes),
        Measurement(
            "list: requests per second over the changelist's", f"{faster:.2f} ×", faster, FASTER, "at least"
        ),
    ]


def _rate(seconds: list[float]) -> str:
    return f"{1 / median(seconds):.0f} requests/s, {middle(seconds)}"


def measure_growth(few: FilledPortal, many: FilledPortal) -> list[Measurement]:
    """Each page of the list in a small district and in a hundred times as large a one."""
    with serving(few.portal, few.cookie) as small, serving(many.portal, many.cookie) as large:
        promised = list(_growth((few, small), (many, large), PAGES))
        shown = list(_growth((few, small), (many, large), SHOWN_PAGES))
    return [
        *(fact(f"list, {name}", f"{words}: {growth:.2f} ×") for name, growth, words in shown),
        *(
            Measurement(f"list, {name}: {MANY_PUPILS} pupils over {FEW_PUPILS}", words, growth, FLAT, "below")
            for name, growth, words in promised
        ),
    ]


def _growth(
    few: tuple[FilledPortal, Site],
    many: tuple[FilledPortal, Site],
    pages: Mapping[str, Callable[[FilledPortal, Site], str]],
) -> Iterable[tuple[str, float, str]]:
    for name, address in pages.items():
        requests = {"few": (few[1], address(*few)), "many": (many[1], address(*many))}
        found = by_turns(requests, FEWER_REQUESTS)
        yield (
            name,
            median(found["many"]) / median(found["few"]),
            f"{middle(found['few'])}, {middle(found['many'])}",
        )


def measure_searches(many: FilledPortal) -> list[Measurement]:
    """The list of the large district searched for a name, over the whole list: what is rare is found at once."""
    with serving(many.portal, many.cookie) as site:
        requests = {words: (Site(site.port, cookie), LIST) for words, cookie in many.searches.items()}
        found = by_turns({"": (site, LIST), **requests}, FEWER_REQUESTS)
    ratios = {words: median(seconds) / median(found[""]) for words, seconds in found.items() if words}
    dense = list(ratios)[-1]
    return [
        fact(
            f"search for {dense}, a twentieth of {MANY_PUPILS} pupils", f"{ratios.pop(dense):.2f} × the list"
        ),
        *(
            Measurement(
                f"search for {words} among {MANY_PUPILS} pupils over the list",
                middle(found[words]),
                ratio,
                FLAT,
                "below",
            )
            for words, ratio in ratios.items()
        ),
    ]
