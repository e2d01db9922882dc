"""Step 1, load: what profile.yml must say for catalogues that ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mgi_report.content.schema import ProfileFile

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLACE: tuple[str | int, ...] = ("publication", "reliefweb")


def lacking_for_reliefweb(
    file: ProfileFile,
) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Give what is missing for ReliefWeb where it is to be told: place, message and hint."""
    publication = file.publication
    if publication.reliefweb is None:
        return
    asked = "ReliefWeb asks for it; without it, take reliefweb: away."
    if not publication.address:
        yield _PLACE, "There is no address of the publication's page.", f"Add address: {asked}"
    if publication.files is None:
        yield _PLACE, "It is not said where the files will be.", f"Add files: {asked}"
    if not _DAY.fullmatch(publication.date or ""):
        message = "The day of the publication is not there."
        yield _PLACE, message, f"Add date: with year, month and day. {asked}"
    for lang in file.languages:
        if lang not in publication.reliefweb.language:
            message = f'ReliefWeb\'s number of the language "{lang}" is not there.'
            yield (*_PLACE, "language"), message, f"Add {lang}: to language."
