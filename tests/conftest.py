"""Golden cases: texts with what should come of them, in tests/cases.

A file holds cases of the form

    ====== title
    input
    ------
    expected

A test module names its file in CASES and takes the fixture `golden`. `pytest --update` (without
-n) writes what came out into the file; look at the difference before you commit it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    path: Path
    title: str
    input: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in f"\n{path.read_text('utf-8')}".split("\n====== ")[1:]:
        title, _, rest = block.partition("\n")
        text, _, expected = rest.partition("\n------\n")
        cases.append(Case(path, title, text, expected.rstrip("\n")))
    return cases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden cases anew")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        cases = read_cases(FOLDER / metafunc.module.CASES)
        metafunc.parametrize("case", cases, ids=[case.title for case in cases])


@pytest.fixture
def golden(case: Case, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Give the function that holds what came out against the case."""

    def check(actual: str) -> None:
        actual = actual.rstrip("\n")
        if actual != case.expected and request.config.getoption("--update"):
            text = case.path.read_text("utf-8")
            start = text.index(f"====== {case.title}\n{case.input}\n------")
            end = text.find("\n====== ", start)
            head = f"====== {case.title}\n{case.input}\n------\n{actual}\n"
            case.path.write_text(text[:start] + head + (text[end:] if end >= 0 else ""), "utf-8")
        else:
            assert actual == case.expected

    return check
