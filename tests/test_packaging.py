"""What is installed is whole: wheel, sdist and lock files.

The wheel is tried in an environment of its own, in a folder far from the checkout. That environment
borrows the dependencies from the tests' own one by a .pth file: installing them anew would prove
nothing more about our wheel, and cost a quarter of a minute and the network. It does not see the
checkout, since Python does not follow .pth files within folders that a .pth file names.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
VERSION = PROJECT["project"]["version"]
SHIPPED = ("layouts", "assets", "content/shared")
LOCKS = ("requirements.lock", "requirements-dev.lock")

pytestmark = pytest.mark.xdist_group("packaging")  # one worker builds, once


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Run a command with a bare environment; give what it says, or fail with that."""
    bare = {key: value for key in ("PATH", "HOME", "LANG") if (value := os.environ.get(key))}
    done = subprocess.run(
        command,
        cwd=folder,
        env=bare | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))} failed:\n{done.stdout}"
    return done.stdout


def files_in(folder: Path) -> set[str]:
    """List a folder's files, without what hatch and git leave out."""
    return {
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and not path.name.endswith((".DS_Store", "~", ".swp"))
    }


def licences() -> set[str]:
    """List the licence files of what we ship; each asset that is not ours brings one."""
    return {"LICENSE"} | {
        f"assets/{file}"
        for file in files_in(ROOT / "assets")
        if re.match(r"OFL|LICEN[CS]E", file.rpartition("/")[2])
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and from the sdist the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT], folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return built / f"mgi_report-{VERSION}-py3-none-any.whl"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own; give the environment's folder."""
    folder = tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "venv", "--without-pip", folder], folder)
    python = folder / "bin" / "python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--isolated", "--python", python]
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], folder)
    own = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(own.strip(), "dependencies.pth").write_text("\n".join(sorted(borrowed)), "utf-8")
    return folder


# --- What is inside ---------------------------------------------------------------------------


def test_the_wheel_holds_what_every_profile_needs_and_nothing_else(wheel: Path) -> None:
    package = {f"mgi_report/{file}" for file in files_in(ROOT / "src" / "mgi_report")}
    shipped = {
        f"mgi_report/shipped/{folder}/{file}"
        for folder in SHIPPED
        for file in files_in(ROOT / folder)
    }
    about = f"mgi_report-{VERSION}.dist-info"
    described = {f"{about}/{file}" for file in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")}
    licensed = {f"{about}/licenses/{file}" for file in licences()}
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == package | shipped | described | licensed
    assert "mgi_report/py.typed" in package
    for folder in SHIPPED:
        assert any(file.startswith(f"mgi_report/shipped/{folder}/") for file in shipped), folder


def test_the_description_leads_nowhere_but_to_the_web(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read(f"mgi_report-{VERSION}.dist-info/METADATA").decode()
    description = metadata.partition("\n\n")[2]
    assert description.startswith("# mgi-report\n")
    assert "<img" not in description
    links = re.findall(r"\]\(([^)]*)\)", description)
    assert links
    assert all(link.startswith("https://") for link in links)


def test_fonts_come_with_their_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    homes = {name.rpartition("/")[0] for name in names if name.endswith((".ttf", ".otf", ".icc"))}
    assert homes
    for home in sorted(homes):
        assert any(
            name.rpartition("/")[0] == home and re.match(r"OFL|LICEN[CS]E", name.rpartition("/")[2])
            for name in names
        ), f"{home} has no licence file beside what it ships"


def test_the_sdist_holds_what_it_takes_to_test_it(built: Path) -> None:
    with tarfile.open(built / f"mgi_report-{VERSION}.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "Makefile", "pyproject.toml", "tests/test_packaging.py", *LOCKS} <= names
    for folder in ("src/mgi_report", *SHIPPED):
        assert {f"{folder}/{file}" for file in files_in(ROOT / folder)} <= names
    assert not {name for name in names if name.startswith((".venv", "build/", "dist/"))}


# --- Whether it works -------------------------------------------------------------------------


def test_what_is_installed_is_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import mgi_report, sys; print(mgi_report.__file__, *sys.path, sep='\\n')"
    module, *path = run([installed / "bin" / "python", "-c", code], tmp_path).split("\n")
    assert Path(module).is_relative_to(installed)
    assert str(ROOT / "src") not in path


def test_it_says_its_version(installed: Path, tmp_path: Path) -> None:
    assert VERSION in run([installed / "bin" / "mgi-report", "--version"], tmp_path)


def test_it_builds_a_profile_in_any_folder(installed: Path, tmp_path: Path) -> None:
    assert not tmp_path.is_relative_to(ROOT)
    shutil.copytree(ROOT / "content" / "mali-2021", tmp_path / "mali-2021")
    said = run([installed / "bin" / "mgi-report", "build", "mali-2021"], tmp_path)
    made = sorted(tmp_path.rglob("*.pdf"))
    assert made, f"no PDF was made; the program said:\n{said}"
    for pdf in made:
        assert pdf.read_bytes().startswith(b"%PDF-")
        assert pdf.relative_to(tmp_path).as_posix() in said


NEW_PROFILES = {
    "niger-2024": "--country NER --level national --edition first --lang fr",
    "port-2024": "--country ZZB --level local --edition first --lang es --name es=Puerto",
}


@pytest.mark.parametrize("name", NEW_PROFILES)
def test_two_commands_lead_from_nothing_to_a_pdf(
    installed: Path, tmp_path: Path, name: str
) -> None:
    program = installed / "bin" / "mgi-report"
    run([program, "new", f"profiles/{name}", *NEW_PROFILES[name].split()], tmp_path)
    run([program, "build", f"profiles/{name}"], tmp_path)
    (pdf,) = tmp_path.rglob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")


# --- What it stands on ------------------------------------------------------------------------


def locked(name: str) -> dict[str, Requirement]:
    """Read a lock file; packages by name."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line.partition(" --hash=")[0] for line in text.splitlines() if line[:1] != "#"]
    requirements = [Requirement(line) for line in lines if line.strip()]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_host_and_no_machine(name: str) -> None:
    for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1):
        assert re.fullmatch(
            r"#.*|[\w.-]+==[\w.!+-]+( ; [^/]+)? \\| {4}--hash=sha256:[0-9a-f]{64}( \\)?", line
        ), f"{name}:{number}: {line}\nRun `make lock`."
        assert "://" not in line, f"{name}:{number}: {line}\nRun `make lock`."


def test_locks_hold_what_pyproject_asks_for() -> None:
    project = PROJECT["project"]
    program = [
        *project["dependencies"],
        *project["optional-dependencies"]["conformance"],
        *project["optional-dependencies"]["preview"],
        *PROJECT["build-system"]["requires"],
    ]
    wanted = {
        "requirements.lock": program,
        "requirements-dev.lock": [*program, *PROJECT["dependency-groups"]["dev"]],
    }
    for name, requirements in wanted.items():
        held = locked(name)
        for requirement in map(Requirement, requirements):
            found = held.get(canonicalize_name(requirement.name))
            version = str(found.specifier).removeprefix("==") if found else None
            assert version is not None, f"{requirement} is not in {name}: run `make lock`."
            assert requirement.specifier.contains(version, prereleases=True), (
                f"{name} holds {found}, pyproject.toml asks for {requirement}: run `make lock`."
            )


def test_locks_agree() -> None:
    program, tools = map(locked, LOCKS)
    assert {name: tools.get(name) for name in program} == program, "run `make lock`"
