"""`python -m pairing_portal.set_up`: make the directories and the missing keys of a portal before its first start."""

import os
import sys

from pairing_portal.lib.keys import make_keys
from pairing_portal.places import Places, places_from


def set_up(places: Places) -> None:
    """Directories for their owner alone, also those that were there, and each missing key; no file is touched."""
    for directory in (places.data, places.data / "media", places.data / "static"):
        directory.mkdir(parents=True, exist_ok=True)
        directory.chmod(0o700)
    make_keys(places.keys)


if __name__ == "__main__":
    found = places_from(os.environ)
    set_up(found)
    sys.stdout.write(f"data: {found.data}\nkeys: {found.keys}\n")
