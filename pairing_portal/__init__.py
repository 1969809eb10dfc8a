"""The portal's frame; importing it puts a current SQLite in place before Django looks for one."""

from pairing_portal.sqlite import use_current_sqlite

use_current_sqlite()
