"""The folder where this checkout keeps what it must not lose: database, secret key, collected static files.

An ordinary user's lies in the checkout, under `var/`. Root's lies under /var/lib/diplomacy, because the database server
refuses to run as root and the account that it runs as must not need a way into root's home.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

CHECKOUT = Path(__file__).resolve().parent.parent
SYSTEM = Path("/var/lib/diplomacy")

# Group ids 65520 to 65533 are assigned to nobody (systemd, "Users, Groups, UIDs and GIDs on systemd Systems"). Folders
# open to this group only can be entered by root's database server and by no other process of the account it runs as.
SERVER_GROUP = 65520


def path() -> Path:
    """Where this checkout's state folder is, or would be."""
    if os.geteuid() != 0:
        return CHECKOUT / "var"
    return SYSTEM / f"{CHECKOUT.name}-{hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]}"


def folder() -> Path:
    """The state folder of this checkout, made if missing. Raises ImproperlyConfigured when it cannot be used."""
    if os.geteuid() != 0:
        return owned(path())
    passable(SYSTEM)
    return passable(path())


def owned(place: Path) -> Path:
    """The folder `place`, made for its owner alone if missing; refuses one that belongs to somebody else."""
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {place} cannot be made ({error.strerror}): use a checkout that belongs to you."
        ) from error
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise ImproperlyConfigured(f"{place} is not a folder of your own: use a checkout that belongs to you.")
    return place


def private(place: Path) -> Path:
    """The folder `place`, which its owner alone can enter."""
    owned(place).chmod(0o700)
    return place


def passable(place: Path) -> Path:
    """Root's folder `place`, which root's database server can pass through, without listing it, and nobody else."""
    os.chown(owned(place), 0, SERVER_GROUP)
    place.chmod(0o710)
    return place


def secret(name: str, make: Callable[[], str]) -> str:
    """The text of the file `name` in the state folder, made once by `make`; its owner alone can read it."""
    file = folder() / name
    if not file.exists():
        descriptor, draft = tempfile.mkstemp(dir=file.parent)  # mode 0600
        with os.fdopen(descriptor, "w") as text:
            text.write(make())
        try:
            os.link(draft, file)  # fails when another process was quicker: then its secret counts
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return file.read_text()
