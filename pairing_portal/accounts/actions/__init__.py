"""Changes to accounts and places, each with its event in the log."""

from pairing_portal.accounts.actions.accounts import (
    Slip,
    change_account,
    create_account,
    create_teacher_accounts,
    issue_code,
    link_teacher,
    normalised_code,
    reissue_codes,
    set_password,
)
from pairing_portal.accounts.actions.edits import save_edit
from pairing_portal.accounts.actions.places import add_school, add_teacher, open_district
from pairing_portal.accounts.actions.sign_in import change_password, signed_in_user

__all__ = [
    "Slip",
    "add_school",
    "add_teacher",
    "change_account",
    "change_password",
    "create_account",
    "create_teacher_accounts",
    "issue_code",
    "link_teacher",
    "normalised_code",
    "open_district",
    "reissue_codes",
    "save_edit",
    "set_password",
    "signed_in_user",
]
