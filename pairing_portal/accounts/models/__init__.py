"""District, schools, teachers and accounts."""

from pairing_portal.accounts.models.districts import District
from pairing_portal.accounts.models.places import School, Teacher
from pairing_portal.accounts.models.users import RIGHTS_OF_ROLES, Right, Role, User

__all__ = ["RIGHTS_OF_ROLES", "District", "Right", "Role", "School", "Teacher", "User"]
