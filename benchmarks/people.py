"""The office that the benches work for."""

from django.contrib.auth.models import Group

from benchmarks.rosters import IMPORT_SCHOOLS, school_names
from pairing_portal.accounts.models import District, Role, School, User


def make_office(schools: int = IMPORT_SCHOOLS) -> User:
    """An office account in a district with schools; the account that is there already, if there is one."""
    there: User | None = User.objects.filter(username="office").first()
    if there is not None:
        return there
    district = District.objects.create(name="示例学区", county="示例县", county_office="示例县教育扶贫办公室")
    School.objects.bulk_create(School(district=district, name=name) for name in school_names(schools))
    office: User = User.objects.create(
        username="office", name="办公室", district=district, must_set_password=False
    )
    office.groups.set(Group.objects.filter(name=Role.OFFICE))
    return office
