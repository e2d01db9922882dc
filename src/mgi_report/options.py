"""Options that several commands have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from mgi_report.batch.shards import Shard
from mgi_report.project import read_returned
from mgi_report.variants import PRINT, SCREEN, Variant

PROFILES = click.argument(
    "profiles", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PROFILE…"
)
LANGUAGES = click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="TAG",
    help="A language of the profile, such as en; may be given again. Default: all it has.",
)
STANDARD = click.option(
    "--standard",
    type=click.Choice(["ua1+3a", "ua2+4f"]),
    default="ua1+3a",
    show_default=True,
    help="Standards of access and archive: PDF/UA-1 and PDF/A-3a, or PDF/UA-2 and PDF/A-4f.",
)
VARIANT = click.option(
    "--variant",
    type=click.Choice(["screen", "print", "draft"]),
    default="screen",
    show_default=True,
    help="The published PDF; block and cover for a printer; or the draft for consultation, with "
    "numbers in its margins.",
)
PRESS_PROFILE = click.option(
    "--profile-icc",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The printer's ICC profile, for --variant print. Default: that of profile.yml or layout.",
)
_MOST = 32_000_000
"""Bytes of an ICC profile; the largest have a tenth."""
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many sections, of several profiles how many profiles, are made at once. Default: as "
    "many as there are processors.",
)


def _shard(_context: click.Context, _option: click.Parameter, text: str) -> Shard:
    try:
        return Shard.read(text)
    except ValueError as error:
        raise click.BadParameter(f'"{text}" is no part of a whole; write 2/8.') from error


SHARD = click.option(
    "--shard",
    callback=_shard,
    default="1/1",
    metavar="N/OF",
    help="Of several profiles one part alone, such as 2/8: other machines do the others.",
)
RESUME = click.option(
    "--resume",
    is_flag=True,
    help="Of several profiles pass over those that the last run has done well.",
)


def variant_of(name: str, press_profile: Path | None = None) -> Variant:
    """Give a variant by its name, with the printer's ICC profile where there is one."""
    if press_profile and name != PRINT.name:
        raise click.UsageError("--profile-icc is for a press: it goes with --variant print.")
    if name == SCREEN.name:
        return SCREEN
    if name == PRINT.name:
        if press_profile is None:
            return PRINT
        content = read_returned(press_profile, _MOST)
        return replace(PRINT, press_profile=(str(press_profile), content))
    from mgi_report.consult.drafting import DRAFT

    return DRAFT
