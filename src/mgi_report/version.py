"""The program's version, from the package's own metadata."""

from importlib.metadata import version

VERSION = version("mgi-report")
