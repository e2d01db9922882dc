"""The commands `mgi-report new` and `mgi-report schema`: arguments in, paths out. No logic."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mgi_report.printing import print_line


def _by_language(
    _context: click.Context, option: click.Parameter, given: Sequence[str]
) -> dict[str, str]:
    """Read `fr=Niger`."""
    for each in given:
        if not all(each.partition("=")):
            raise click.BadParameter(f'"{each}" is no language and name: {option.opts[0]} fr=Niger')
    return {lang: name for lang, _, name in (each.partition("=") for each in given)}


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "before",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="PROFILE",
    help="The profile before this one: what stays is carried over, what changes is asked.",
)
@click.option("--country", metavar="CODE", default="", help="ISO 3166-1, three letters: NER.")
@click.option("--level", metavar="LEVEL", default="", help="national, state or local.")
@click.option("--edition", metavar="EDITION", default="", help="first or follow-up.")
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="TAG",
    help="A language of the profile, such as fr; may be given again, the original first.",
)
@click.option("--year", type=int, help="Of publication. Default: that at the end of FOLDER.")
@click.option("--previous", type=int, metavar="YEAR", help="Of the profile before, without --from.")
@click.option(
    "--name",
    "names",
    multiple=True,
    callback=_by_language,
    metavar="TAG=NAME",
    help="Short name of a city or state, or where the UN has none: en=Niamey.",
)
@click.option(
    "--long-name",
    "long_names",
    multiple=True,
    callback=_by_language,
    metavar="TAG=NAME",
    help="Its full name: en='City of Niamey'.",
)
@click.option("--layout", metavar="NAME", default="", help="Default: that of --from, or mgi.")
def new_command(
    folder: Path,
    before: Path | None,
    country: str,
    level: str,
    edition: str,
    languages: Sequence[str],
    year: int | None,
    previous: int | None,
    names: dict[str, str],
    long_names: dict[str, str],
    layout: str,
) -> int:
    """Start a profile: a folder that builds at once and asks, in comments, what is to be said.

    Names of countries have the form of the United Nations, in Arabic, English, French and Spanish.
    JSON Schemas, by which editors complete and check YAML as it is typed, lie beside it in .schema.

    \b
    Examples:
        mgi-report new content/niger-2024 --country NER --level national --edition first --lang fr
        mgi-report new content/mali-2026 --from content/mali-2021
        mgi-report new content/niamey-2026 --country NER --level local --edition first --lang fr
            --name fr=Niamey --long-name "fr=Ville de Niamey"
    """
    from mgi_report.launch.launching import launch
    from mgi_report.launch.model import Wish

    wish = Wish(
        folder.absolute().name,
        country,
        level,
        edition,
        tuple(languages),
        year,
        previous,
        layout,
        names,
        long_names,
    )
    launched = launch(folder, wish, before)
    for diagnostic in launched.diagnostics:
        print_line(str(diagnostic), err=True)
    for path in launched.paths:
        print_line(path)
    if not launched.paths:
        print_line(f"{folder}: nothing was written", err=True)
        return 1
    print_line(f"{folder}: started; see it with mgi-report build {folder}", err=True)
    return 0


@click.command("schema")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("content/.schema"),
    show_default=True,
    help="Folder for the schemas.",
)
@click.option("--layout", metavar="NAME", default="mgi", show_default=True)
def schema_command(output: Path, layout: str) -> int:
    """Write JSON Schema (Draft-07) of the YAML files, for editors that complete and check them.

    A file names its schema in its first line, as those of `mgi-report new` do:
    # yaml-language-server: $schema=../.schema/profile.json

    \b
    Examples:
        mgi-report schema
        mgi-report schema -o content/.schema --layout mine
    """
    from mgi_report.launch.launching import launch_schemas

    written = launch_schemas(output, layout)
    for diagnostic in written.diagnostics:
        print_line(str(diagnostic), err=True)
    for path in written.paths:
        print_line(path)
    return 0 if written.paths else 1
