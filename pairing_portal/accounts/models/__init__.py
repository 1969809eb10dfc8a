"""District, schools, teachers, accounts and their sessions."""

from pairing_portal.accounts.models.districts import District
from pairing_portal.accounts.models.kept_forms import KeptForm
from pairing_portal.accounts.models.places import School, Teacher
from pairing_portal.accounts.models.sessions import SignInTry, UserSession
from pairing_portal.accounts.models.users import Right, Role, User

__all__ = ["District", "KeptForm", "Right", "Role", "School", "SignInTry", "Teacher", "User", "UserSession"]
