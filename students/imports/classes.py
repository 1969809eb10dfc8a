"""Classes and schools that a list names and that are not on record yet."""

from collections.abc import Iterable, Mapping
from datetime import date

from pairing_portal.accounts.models import District, School, User
from pairing_portal.lib.school_years import entry_year
from pairing_portal.undo.journal import Journal
from students.imports.places import Place
from students.imports.upserts import insert
from students.models import SchoolClass

ClassKey = tuple[str, str, int, int]


def make_schools(schools: Iterable[School], district: District, by: User, journal: Journal) -> None:
    """Store the schools among these that are not stored yet."""
    new = {school.name: school for school in schools if school.pk is None}
    for school in new.values():
        school.district = district
    insert(list(new.values()), by, journal)


def make_classes(
    known: Mapping[ClassKey, SchoolClass],
    places: Iterable[Place],
    district: District,
    on: date,
    by: User,
    journal: Journal,
) -> dict[ClassKey, SchoolClass]:
    """Every known class and the ones these places lack, made with their schools."""
    missing = {place.key(on): place for place in places if place.key(on) not in known}
    make_schools((place.school for place in missing.values()), district, by, journal)
    new = [
        SchoolClass(
            school=place.school,
            stage=place.stage,
            entry_year=entry_year(place.grade, on),
            number=place.number,
        )
        for place in missing.values()
    ]
    insert(new, by, journal)
    return {**known, **dict(zip(missing, new, strict=True))}
