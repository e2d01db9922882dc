"""How to install what only some commands need, wherever the program came from."""

from __future__ import annotations

import shlex
import sys


def how_to_install(extra: str) -> str:
    """Give the command that installs the packages of an extra beside the program.

    They are named one by one: "mgi-report[preview]" is known to no package index, and "." is the
    program in one folder only.
    """
    from importlib.metadata import requires  # only where something is missing

    listed = (each.partition(";") for each in requires("mgi-report") or ())
    packages = [
        name.strip() for name, _, marker in listed if f"'{extra}'" in marker.replace('"', "'")
    ]
    return shlex.join([sys.executable, "-m", "pip", "install", *packages])
