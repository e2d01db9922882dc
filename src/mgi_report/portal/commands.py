"""The command `mgi-report portal`: arguments in, diagnostics and paths out. No logic."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mgi_report.printing import FORMAT, diagnostic_as_json, print_line, shown_progress


@click.command("portal")
@click.argument("content", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for the site: a new one, or one that this command has written.",
)
@click.option(
    "--in-preparation",
    is_flag=True,
    help="Show profiles, too, whose profile.yml says that they are in preparation.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many sections may be typeset at once. Default: as many as there are processors.",
)
@FORMAT
def portal_command(
    content: Path,
    output: Path,
    in_preparation: bool,  # noqa: FBT001  click's
    jobs: int | None,
    form: str,
) -> int:
    """Make the portal: a site of all profiles that lie in a folder.

    Each profile has a page in each of its languages, with its key findings and its PDF; an index
    finds them. The pages need no server and ask for nothing elsewhere. The site is written whole or
    not at all.

    \b
    Examples:
        mgi-report portal content -o site
        mgi-report portal content -o site --in-preparation
    """
    from mgi_report.portal.publishing import portal

    with shown_progress(form) as progress:
        made = portal(content, output, in_preparation=in_preparation, jobs=jobs, progress=progress)
    if form == "json":
        said = {
            "site": made.path or None,
            "pages": made.pages,
            "left-out": list(made.left_out),
            "diagnostics": [diagnostic_as_json(each) for each in made.diagnostics],
        }
        print_line(json.dumps(said, ensure_ascii=False, indent=2).encode())
        return 0 if made.path else 1
    for diagnostic in made.diagnostics:
        print_line(str(diagnostic), err=True)
    for name in made.left_out:
        print_line(f"{name}: left out, it is in preparation", err=True)
    if made.path:
        print_line(f"{made.path}/index.html")
        print_line(f"{made.pages} pages of profiles", err=True)
    else:
        print_line(f"{content}: nothing was written", err=True)
    return 0 if made.path else 1
