"""How the account of a request is read."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from pairing_portal.accounts.models import User


class DistrictBackend(ModelBackend):
    """The account of a request brings its district along, which every page names."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, unless it has been disabled."""
        user: User | None = User.objects.select_related("district").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
