"""The commands `mgi-report consult …`: arguments in, diagnostics and lists out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mgi_report.consult.telling import counted, lines_of, round_as_json
from mgi_report.diagnostics import Diagnostic
from mgi_report.extras import how_to_install
from mgi_report.printing import FORMAT, end

if TYPE_CHECKING:
    from mgi_report.consult.model import Content, Proposal, Round
    from mgi_report.project import DiskProject

_NEEDED = ("docx", "lxml", "openpyxl", "rapidfuzz", "xlsxwriter")
"""Packages of the extra; some commands do without most of them, and start sooner."""

_PROFILE = click.argument("profile", type=click.Path(path_type=Path))
_ROUND = click.option(
    "--round",
    "number",
    type=click.IntRange(1, 9999),
    metavar="N",
    help="The round. Default: the last.",
)
_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files. Default: build/PROFILE/consultation.",
)


@click.group("consult")
def consult() -> None:
    """Send a draft to ministries and partners, and take in what comes back.

    A round lies in the profile's folder, under consultation, as plain files.

    \b
    Examples:
        mgi-report consult open content/mali-2021 --round 1
        mgi-report consult export content/mali-2021 -o ~/Desktop
        mgi-report consult import content/mali-2021 draft.docx --from "Ministry of Health"
        mgi-report consult list content/mali-2021 --open
        mgi-report consult decide content/mali-2021 3fa9c210 --accept
        mgi-report consult apply content/mali-2021

    Where the packages of mgi-report's consult are missing, it says how to install them.
    """


@consult.command("open")
@_PROFILE
@click.option(
    "--round",
    "number",
    type=click.IntRange(1, 9999),
    metavar="N",
    help="The number of the new round. Default: the next.",
)
@click.option("--lang", default="", metavar="TAG", help="Its language. Default: the original.")
@FORMAT
def open_command(profile: Path, number: int | None, lang: str, form: str) -> int:
    """Freeze what is sent, and give each block its number."""
    from mgi_report.consult.opening import open_round

    project, folder = _opened(profile)
    made = _written(lambda: open_round(project, folder, number, lang))
    if made.value:
        said = f"Round {made.value.number} is open: {made.value.folder}"
        return end(form, made.diagnostics, said, {"round": round_as_json(made.value)})
    return end(form, made.diagnostics)


@consult.command("export")
@_PROFILE
@_ROUND
@_OUTPUT
@FORMAT
def export_command(profile: Path, number: int | None, output: Path | None, form: str) -> int:
    """Write what is sent: the draft as a Word file, and the comment matrix."""
    from mgi_report.consult.sending import export
    from mgi_report.project import shown

    project, folder = _opened(profile)
    there = _read(project, folder, number, form)
    round_, content = there
    place = (output or project.root / "build" / content.profile / "consultation").absolute()
    paths = [shown(path) for path in _written(lambda: export(project, content, round_, place))]
    return end(form, (), "\n".join(paths), {"outputs": paths})


@consult.command("answers")
@_PROFILE
@_ROUND
@_OUTPUT
@FORMAT
def answers_command(profile: Path, number: int | None, output: Path | None, form: str) -> int:
    """Write the comment matrix with answers: who asked for what, and what became of it."""
    from mgi_report.consult.sending import answers
    from mgi_report.project import shown

    project, folder = _opened(profile)
    there = _proposals(project, folder, number, form)
    round_, content, proposals = there
    place = (output or project.root / "build" / content.profile / "consultation").absolute()
    made = _written(lambda: answers(project, content, round_, proposals, place))
    paths = [shown(path) for path in made]
    return end(form, (), "\n".join(paths), {"outputs": paths})


@consult.command("redline")
@_PROFILE
@_ROUND
@_OUTPUT
@FORMAT
def redline_command(profile: Path, number: int | None, output: Path | None, form: str) -> int:
    """Make the redline as a PDF: the text as it was sent against the text as it is now."""
    from mgi_report.consult.drafting import redline
    from mgi_report.steps import build

    project, folder = _opened(profile)
    round_, content = _read(project, folder, number, form)
    place = (output or project.root / "build" / content.profile / "consultation").absolute()
    made = build(
        project.root / folder, languages=[round_.lang], output=place, variant=redline(round_.number)
    )
    paths = [each.path for each in made.outputs]
    return end(form, made.diagnostics, "\n".join(paths), {"outputs": paths})


@consult.command("import")
@_PROFILE
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--from",
    "institutions",
    required=True,
    multiple=True,
    metavar="NAME",
    help='Whose the files are, such as "Ministry of Health"; or one for each file, in their order.',
)
@_ROUND
@FORMAT
def import_command(
    profile: Path,
    files: Sequence[Path],
    institutions: Sequence[str],
    number: int | None,
    form: str,
) -> int:
    """Read returned files (.docx, .xlsx, .pdf): each thing in them becomes a proposal."""
    from mgi_report.consult.importing import import_file

    if not all(name.strip() for name in institutions):
        raise click.UsageError("--from needs the name of an institution.")
    if len(institutions) not in (1, len(files)):
        raise click.UsageError("Give --from once for all files, or once for each, in their order.")
    whose = institutions if len(institutions) > 1 else [*institutions] * len(files)
    project, folder = _opened(profile)
    there = _read(project, folder, number, form)
    found: list[Diagnostic] = []
    lines, made = [], []
    for file, name in zip(files, whose, strict=True):
        done = _written(partial(import_file, project, folder, *there, file, name.strip()))
        found += done.diagnostics
        if done.value:
            made.append(asdict(done.value))
            lines.append(counted(done.value))
    return end(form, found, "\n".join(lines), {"imported": made})


@consult.command("list")
@_PROFILE
@_ROUND
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has decided about.")
@click.option("--unplaced", is_flag=True, help="Only those that belong to no block.")
@click.option(
    "--conflicts", "only_conflicts", is_flag=True, help="Only those that exclude each other."
)
@click.option("--block", metavar="NUMBER", help='Only those of a block, such as "4.2 ¶3".')
@FORMAT
def list_command(
    profile: Path,
    number: int | None,
    only_open: bool,
    unplaced: bool,
    only_conflicts: bool,
    block: str | None,
    form: str,
) -> int:
    """List the proposals of a round."""
    from mgi_report.consult.model import conflicts
    from mgi_report.consult.proposals import as_json

    project, folder = _opened(profile)
    there = _proposals(project, folder, number, form)
    _, content, proposals = there
    clashing = {
        each.id
        for pair in conflicts(each for each in proposals if each.status != "rejected")
        for each in pair
    }
    chosen = [
        each
        for each in proposals
        if (not only_open or each.status == "open")
        and (not unplaced or not each.block)
        and (not only_conflicts or each.id in clashing)
        and (block is None or each.block == block)
    ]
    entries = [{**as_json(each, content), "conflict": each.id in clashing} for each in chosen]
    text = "\n".join(lines_of(chosen, content, clashing))
    return end(form, (), text or "There are no proposals.", {"proposals": entries})


@consult.command("decide")
@_PROFILE
@click.argument("proposal", metavar="ID")
@click.option("--accept", is_flag=True, help="It will be written as it was proposed.")
@click.option("--reject", is_flag=True, help="It will not be written.")
@click.option("--reopen", is_flag=True, help="Nothing is decided about it any longer.")
@click.option("--text", metavar="WORDS", help="Accept it in part: these words will be written.")
@click.option("--answer", metavar="WORDS", help="What is said to who proposed it.")
@_ROUND
@FORMAT
def decide_command(
    profile: Path,
    proposal: str,
    accept: bool,
    reject: bool,
    reopen: bool,
    text: str | None,
    answer: str | None,
    number: int | None,
    form: str,
) -> int:
    """Accept, accept in part, reject or answer a proposal."""
    from mgi_report.consult.deciding import Decision, decide
    from mgi_report.consult.model import Status
    from mgi_report.consult.proposals import as_json

    chosen = [
        name
        for name, is_set in (
            ("accept", accept),
            ("reject", reject),
            ("reopen", reopen),
            ("text", text is not None),
        )
        if is_set
    ]
    if len(chosen) > 1:
        raise click.UsageError(f"--{chosen[0]} and --{chosen[1]} exclude each other.")
    if not chosen and answer is None:
        raise click.UsageError("Say what is decided: --accept, --reject, --text or --answer.")
    status = {"accept": Status.ACCEPTED, "reject": Status.REJECTED, "reopen": Status.OPEN}.get(
        chosen[0] if chosen else ""
    )
    project, folder = _opened(profile)
    there = _proposals(project, folder, number, form)
    round_, content, proposals = there
    decision = Decision(proposal, status, text, answer)
    done = _written(lambda: decide(project, folder, round_, proposals, [decision]))
    some = done.value or ()
    said = "\n".join(f"{each.id}: {each.status}" for each in some)
    return end(
        form, done.diagnostics, said, {"proposals": [as_json(each, content) for each in some]}
    )


@consult.command("apply")
@_PROFILE
@click.option("--shared", is_flag=True, help="Write texts, too, that other profiles share.")
@_ROUND
@FORMAT
def apply_command(profile: Path, shared: bool, number: int | None, form: str) -> int:
    """Write what was accepted into the source, and touch nothing else."""
    from mgi_report.consult.applying import apply

    project, folder = _opened(profile)
    there = _proposals(project, folder, number, form)
    round_, content, proposals = there
    done = _written(lambda: apply(project, folder, round_, content, proposals, shared=shared))
    if done.value is None:
        return end(form, done.diagnostics)
    count, files = len(done.value.proposals), list(done.value.files)
    said = f"{count} proposal{'s' * (count != 1)} written" + (
        f" into {', '.join(files)}" * bool(files)
    )
    return end(
        form,
        done.diagnostics,
        said,
        {"applied": [each.id for each in done.value.proposals], "files": files},
    )


@consult.command("undo")
@_PROFILE
@_ROUND
@FORMAT
def undo_command(profile: Path, number: int | None, form: str) -> int:
    """Take back what the last apply wrote."""
    from mgi_report.consult.records import undo

    project, folder = _opened(profile)
    there = _proposals(project, folder, number, form)
    round_, _, proposals = there
    done = _written(lambda: undo(project, folder, round_, proposals))
    if done.value is None:
        return end(form, done.diagnostics)
    count = len(done.value.proposals)
    files = ", ".join(done.value.files)
    said = f"Taken back: {count} proposal{'s' * (count != 1)} in {files}"
    return end(form, done.diagnostics, said, {"undone": [each.id for each in done.value.proposals]})


# --- What they share --------------------------------------------------------------------------


def _opened(profile: Path) -> tuple[DiskProject, str]:
    from mgi_report.consult.rounds import alone
    from mgi_report.project import Barred, open_project

    if missing := next((name for name in _NEEDED if find_spec(name) is None), None):
        raise click.ClickException(
            f"Consultation needs {missing}. Install it with: {how_to_install('consult')}"
        )
    try:
        project, folder = open_project(profile)
    except Barred as error:
        raise click.ClickException(f"The path {error.path} leads out of the project.") from error
    if project.folder(folder):
        # Until the command ends, also against who decides in the browser.
        _written(lambda: click.get_current_context().with_resource(alone(project, folder)))
    return project, folder


def _written(task: Callable[[], Any]) -> Any:
    from mgi_report.project import Barred, NoDate

    try:
        return task()
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise click.ClickException(
            f"Nothing was written:{where} {error.strerror or error}. The round is as it was."
        ) from error
    except NoDate as error:
        raise click.ClickException(
            f'The environment variable SOURCE_DATE_EPOCH is "{error.written}", which is no date.'
        ) from error
    except Barred as error:
        raise click.ClickException(
            f"{error.path} cannot be read or leads out of the project."
        ) from error


def _read(
    project: DiskProject, folder: str, number: int | None, form: str
) -> tuple[Round, Content]:
    """Read a round; where that cannot be done, say why and end."""
    from mgi_report.consult.rounds import read_round

    reading = _written(lambda: read_round(project, folder, number))
    if reading.value is None:
        raise click.exceptions.Exit(end(form, reading.diagnostics))
    return reading.value  # type: ignore[no-any-return]


def _proposals(
    project: DiskProject, folder: str, number: int | None, form: str
) -> tuple[Round, Content, tuple[Proposal, ...]]:
    from mgi_report.consult.proposals import read_proposals

    round_, content = _read(project, folder, number, form)
    reading = read_proposals(project, round_)
    if reading.diagnostics:
        raise click.exceptions.Exit(end(form, reading.diagnostics))
    return round_, content, reading.value
