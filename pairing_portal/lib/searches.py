"""What somebody searched a list for, kept on the server: a name never stands in an address (safety D6)."""

from django.contrib.sessions.backends.base import SessionBase

from pairing_portal.lib.text import clean_text

KEY = "searches"
LONGEST = 30


def searched(session: SessionBase, list_name: str) -> str:
    """The words the list is searched for at the moment, or nothing."""
    return str(session.get(KEY, {}).get(list_name, ""))


def remember_search(session: SessionBase, list_name: str, text: str) -> None:
    """Search the list for these words from now on; no words show the whole list again."""
    words = clean_text(text)[:LONGEST]
    others = {name: kept for name, kept in session.get(KEY, {}).items() if name != list_name}
    session[KEY] = others | ({list_name: words} if words else {})
