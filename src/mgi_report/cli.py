"""The command line: arguments in, diagnostics and paths out. No logic."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from mgi_report.batch.shards import Shard
from mgi_report.consult.commands import consult
from mgi_report.diagnostics import Rule, nearest
from mgi_report.extras import how_to_install
from mgi_report.indicators.commands import indicators
from mgi_report.interrupts import stop_if_asked
from mgi_report.launch.commands import new_command, schema_command
from mgi_report.options import (
    JOBS,
    LANGUAGES,
    PRESS_PROFILE,
    PROFILES,
    RESUME,
    SHARD,
    STANDARD,
    VARIANT,
    variant_of,
)
from mgi_report.overview.commands import status_command
from mgi_report.portal.commands import portal_command
from mgi_report.printing import FORMAT, as_json, print_line, shown_progress, summary, typeset_again
from mgi_report.progress import Progress
from mgi_report.results import Result
from mgi_report.steps import build, check


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 done, 1 something in the content or the result is wrong, 2 wrong use, "
    "130 stopped by Ctrl-C, 143 by the system.",
)
@click.version_option(package_name="mgi-report", prog_name="mgi-report")
def main() -> None:
    """Make Migration Governance Indicators profiles from YAML and Markdown.

    A profile is a folder: profile.yml holds the facts, sources.yml the key sources, and a folder
    for each language the chapters. The guide for editors is docs/guide.md.

    \b
    Examples:
        mgi-report build content/mali-2021     makes build/mali-2021/en/mali-2021-en.pdf
        mgi-report check content/mali-2021     finds all that is wrong, writes nothing
        mgi-report serve content/mali-2021     shows the pages in the browser, after every save
        mgi-report translated content/mali-2021 --lang fr
                                               says that the French is in step with the original
        mgi-report new content/mali-2026 --from content/mali-2021
                                               starts the next profile
        mgi-report status content/mali-2026    says what is written and what is to come

    What is wrong is said with file, line and column; docs/rules.md explains each rule.
    """


@main.command("build")
@PROFILES
@LANGUAGES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the PDFs. Default: build/PROFILE/LANGUAGE/.",
)
@VARIANT
@PRESS_PROFILE
@STANDARD
@JOBS
@SHARD
@RESUME
@FORMAT
def build_command(
    profiles: Sequence[Path],
    languages: Sequence[str],
    output: Path | None,
    variant: str,
    profile_icc: Path | None,
    standard: str,
    jobs: int | None,
    shard: Shard,
    resume: bool,  # noqa: FBT001  click's
    form: str,
) -> int:
    """Make the PDFs of one or more profiles.

    Each PDF is written whole or not at all: where something is wrong, the last good one stays.
    Only sections that changed are typeset; the others are kept in build/.store, which is safe to
    delete.
    The path of each PDF goes to standard output, all else to standard error.

    Many profiles are built at once, each by a process of its own; one in which something is wrong
    keeps no other from being built. What became of each, and what it took, is kept in build/batch.

    \b
    Examples:
        mgi-report build content/mali-2021
        mgi-report build content/mali-2021 --lang en -o ~/Desktop
        mgi-report build content/* --jobs 8
        mgi-report build content/* --resume
        mgi-report build content/mali-2021 --variant draft
        mgi-report build content/mali-2021 --variant print --profile-icc printer.icc
        mgi-report build content/mali-2021 --standard ua2+4f
    """
    chosen = variant_of(variant, profile_icc)
    folders = [*{path.absolute(): path for path in profiles}.values()]
    if len(folders) > 1:
        from mgi_report.batch.running import Batch
        from mgi_report.batch.telling import build_many, profiles_in

        options = {
            "languages": tuple(languages),
            "output": output.absolute() if output else None,
            "standard": standard,
            "variant": chosen,
        }
        _refuse_one_id(folders)
        return build_many(Batch(profiles_in(folders), options, jobs, shard, resume), form)
    return _go_through(
        profiles,
        form,
        lambda profile, progress: build(
            profile,
            languages=languages,
            output=output,
            standard=standard,
            variant=chosen,
            jobs=jobs,
            progress=progress,
        ),
    )


@main.command("check")
@PROFILES
@LANGUAGES
@VARIANT
@STANDARD
@JOBS
@FORMAT
@click.option(
    "--fix", is_flag=True, help="First mend in the texts what the house style asks for and is safe."
)
def check_command(
    profiles: Sequence[Path],
    languages: Sequence[str],
    variant: str,
    standard: str,
    jobs: int | None,
    form: str,
    fix: bool,  # noqa: FBT001  click's
) -> int:
    """Find all that is wrong with content and PDF; write nothing, unless asked to.

    The PDF is made without being kept, and judged by veraPDF as well. If veraPDF is missing, a
    message says how to install it. What a copy editor would mend is told by the rules of
    house-style.yml.

    \b
    Examples:
        mgi-report check content/mali-2021
        mgi-report check content/mali-2021 --lang en --fix
        mgi-report check content/mali-2021 --standard ua2+4f
    """
    if fix:
        _fix(profiles, languages)
    return _go_through(
        profiles,
        form,
        lambda profile, progress: check(
            profile,
            languages=languages,
            standard=standard,
            variant=variant_of(variant),
            jobs=jobs,
            progress=progress,
        ),
    )


def _fix(profiles: Sequence[Path], languages: Sequence[str]) -> None:
    """Mend what is safe in each profile, and say what became of what."""
    from mgi_report.mending import mend

    for profile in profiles:
        mended = mend(profile, languages)
        for each in mended.findings:
            print_line(f'{each.span}: mended: "{each.written}" is "{each.instead}" now', err=True)
        for diagnostic in mended.diagnostics:
            print_line(str(diagnostic), err=True)


@main.command("publish")
@PROFILES
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the bundle. Default: build/PROFILE/publish.",
)
@click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="RULE",
    callback=lambda _context, _option, names: tuple(map(_rule, names)),
    help="Let through what a rule finds; the bundle's report says so. May be given again.",
)
@FORMAT
def publish_command(
    profiles: Sequence[Path], output: Path | None, allowed: Sequence[Rule], form: str
) -> int:
    """Make the bundle for the Publications Platform, after every check: docs/publishing.md."""
    from mgi_report.publish.publishing import publish

    return _go_through(
        profiles,
        form,
        lambda profile, progress: publish(
            profile, output=output, allowed=allowed, progress=progress
        ),
    )


@main.command("serve")
@click.argument("profile", type=click.Path(path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Where to listen; 0 takes any free port. Default: 8765, or the next free one.",
)
@click.option("--open", "browser", is_flag=True, help="Open the page in your browser.")
def serve_command(profile: Path, port: int | None, browser: bool) -> None:  # noqa: FBT001  click's
    """Show a profile's pages in the browser; they follow every save.

    The page is for this machine alone. A click on a paragraph opens its line in the editor that
    $VISUAL or $EDITOR names. Ctrl-C ends. Where the packages of mgi-report's preview are missing,
    it says how to install them.
    """
    try:
        from mgi_report.consult.drafting import DRAFT
        from mgi_report.preview.server import Unusable, serve
        from mgi_report.preview.studio import VARIANTS
        from mgi_report.workshop import Workshop
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("mgi_report"):
            raise
        raise click.ClickException(
            f"The preview needs {error.name}. Install it with: {how_to_install('preview')}"
        ) from error
    try:
        serve(
            profile,
            port=port,
            browser=browser,
            tell=click.echo,
            variants={**VARIANTS, "draft": partial(Workshop.of, variant=DRAFT)},
        )
    except Unusable as unusable:
        raise click.ClickException(str(unusable)) from unusable


@main.command("translated")
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("places", nargs=-1, metavar="[FILE[:LINE]]…")
@click.option(
    "--lang", required=True, metavar="TAG", help="The language of the translation, such as fr."
)
@click.option(
    "--original",
    metavar="TAG",
    help="The language it was made from. Needed once for shared texts, which have no profile.yml.",
)
def translated_command(
    profile: Path, places: Sequence[str], lang: str, original: str | None
) -> int:
    """Say that a translation is in step with its original.

    After that, check and build tell of each passage of the original that changes, is added, moved
    or taken away. It is kept in translation.yml in the folder of the language; keep that file with
    the texts. Without FILE, all files of the language are meant; FILE:LINE is the passage there.

    \b
    Examples:
        mgi-report translated content/mali-2021 --lang fr
        mgi-report translated content/mali-2021 --lang fr updates.md
        mgi-report translated content/mali-2021 --lang fr 2-whole-of-government.md:9
    """
    from mgi_report.translating import translated

    agreed = translated(profile, lang, places, original)
    for diagnostic in agreed.diagnostics:
        print_line(str(diagnostic), err=True)
    if not agreed.path:
        print_line(f"{profile} {lang}: nothing was written", err=True)
        return 1
    print_line(agreed.path)
    print_line(f"{profile} {lang}: in step: {', '.join(agreed.files)}", err=True)
    return 0


main.add_command(consult)
main.add_command(portal_command)
main.add_command(new_command)
main.add_command(schema_command)
main.add_command(indicators)
main.add_command(status_command)


def run() -> int:
    """Run the command that the arguments ask for, and give its exit status.

    Raises `Stopped` or `KeyboardInterrupt` where it was asked to stop.
    """
    try:
        return int(main.main(standalone_mode=False) or 0)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        return _end(error)
    except OSError as error:  # such as `--help` on a full disk
        return _end(click.ClickException(f"The program cannot go on: {error.strerror or error}."))


def _end(error: click.ClickException) -> int:
    """Say why the command ends early."""
    with suppress(OSError):
        error.show()
    for stream in (sys.stdout, sys.stderr):
        # What could not be printed would be tried again, with a traceback, when Python ends.
        with suppress(OSError):
            stream.close()
    return error.exit_code


Task = Callable[[Path, Progress], Result]


def _go_through(profiles: Sequence[Path], form: str, task: Task) -> int:
    """Do the task for each profile, print what it found, and give the exit status."""
    _refuse_one_id(profiles)
    profiles = [*{profile.absolute(): profile for profile in profiles}.values()]
    results: list[Result] = []
    for profile in profiles:
        with shown_progress(form) as progress:
            result = task(profile, progress)
        results.append(result)
        if form == "text":
            for diagnostic in result.diagnostics:
                print_line(str(diagnostic), err=True)
            for output in result.outputs:
                for line in typeset_again(output):
                    print_line(line, err=True)
                print_line(output.path)
            if result.bundle:
                print_line("\n".join(result.bundle))
            print_line(summary(profile, result), err=True)
        stop_if_asked()
    if form == "json":
        said = json.dumps(as_json(results), ensure_ascii=False, indent=2)
        print_line(said.encode())  # JSON is UTF-8, whatever the terminal takes
    return 0 if all(result.ok for result in results) else 1


def _rule(name: str) -> Rule:
    """Give a rule by its name; refuse one that there is not."""
    try:
        return Rule(name)
    except ValueError as error:
        hint = nearest(name, Rule) or "docs/rules.md has them all."
        raise click.BadParameter(f'There is no rule "{name}". {hint}') from error


def _refuse_one_id(profiles: Sequence[Path]) -> None:
    """Refuse two profiles with one id, the name of their folders: one PDF would replace another."""
    folders: dict[str, Path] = {}
    for profile in profiles:
        folder = profile.absolute()
        other = folders.setdefault(folder.name, folder)
        if other != folder:
            raise click.UsageError(
                f'Two profiles have the id "{folder.name}": {other} and {folder}. '
                "Make them one after the other, each with its own --output."
            )
