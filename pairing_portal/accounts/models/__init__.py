"""District, schools, teachers and accounts."""

from pairing_portal.accounts.models.districts import District
from pairing_portal.accounts.models.places import School, Teacher
from pairing_portal.accounts.models.users import Right, Role, User

__all__ = ["District", "Right", "Role", "School", "Teacher", "User"]
