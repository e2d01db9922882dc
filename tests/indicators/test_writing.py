"""What was found is written into indicators.yml, and remarks and order stay."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.indicators.collecting import (
    FOUND,
    answering,
    copied,
    filled,
    found_in,
    taken,
)

from mgi_report.indicators.writing import lost_remarks, with_changes

ORDER = ("one", "two", "three", "four")
FILE = """\
# Ours.
indicators:
    # The first.
    three:
        answer: there # sure
        # Asked twice.
        earlier: absent

    # The second.
    one:
        evidence: |
            Two
            lines.
# The end.
"""
KNOWN = {"three": {"answer": "there", "earlier": "absent"}, "one": {"evidence": "Two lines."}}


def changed(changes: Mapping[str, Mapping[str, str]], text: str = FILE) -> str:
    return with_changes(text, "indicators.yml", KNOWN if text == FILE else {}, changes, ORDER)


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"three": {"answer": "partly"}}, "answer: there # sure", "answer: partly # sure"),
        (
            {"three": {"evidence": "New: it is."}},
            "# Asked twice.\n",
            '# Asked twice.\n        evidence: "New: it is."\n',
        ),
        ({"three": {"earlier": ""}}, "        earlier: absent\n", ""),
        ({"one": {"answer": "absent"}}, "one:\n", "one:\n        answer: absent\n"),
        (
            {"one": {"evidence": "One line."}},
            "evidence: |\n            Two\n            lines.\n",
            "evidence: One line.\n",
        ),
        (
            {"two": {"answer": "there", "source": "a; b"}},
            "            lines.\n",
            "            lines.\n    two:\n      answer: there\n      source: [a, b]\n",
        ),
    ],
)
def test_only_what_changed_is_written(
    changes: Mapping[str, Mapping[str, str]], old: str, new: str
) -> None:
    assert old in FILE
    assert changed(changes) == FILE.replace(old, new)


def test_an_indicator_of_which_nothing_is_left_goes_with_its_remarks() -> None:
    written = changed({"one": {"evidence": ""}})
    assert written == FILE[: FILE.index("    # The second.")].rstrip() + "\n\n# The end.\n"
    assert lost_remarks(FILE, written) == ((9, "# The second."),)


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        (
            "indicators:\n  one: {earlier: there}  # wait for the law\n",
            {"one": {"answer": "absent"}},
            "indicators:\n  one:  # wait for the law\n    answer: absent\n    earlier: there\n",
        ),
        (
            "indicators:\n  one: {answer: partly,  # since\n    earlier: there}  # May\n",
            {"one": {"answer": "absent"}},
            "indicators:\n  one:  # since  # May\n    answer: absent\n    earlier: there\n",
        ),
        (
            'indicators:\n  "one":\n    "answer": \'partly\'  # why\n    earlier: there\n',
            {"one": {"answer": "absent"}},
            'indicators:\n  "one":\n    answer: absent  # why\n    earlier: there\n',
        ),
        (
            "indicators: {}  # none\n# tail\n",
            {"one": {"answer": "absent", "earlier": "there"}},
            "indicators:  # none\n  one:\n    answer: absent\n    earlier: there\n# tail\n",
        ),
        (
            "indicators:\n  one:\n    evidence: |  # law\n      A.\n      # 1\n    earlier: there",
            {"one": {"evidence": "B"}},
            "indicators:\n  one:\n    evidence: B  # law\n    earlier: there\n",
        ),
    ],
)
def test_remarks_stay_however_the_file_is_written(
    text: str, changes: Mapping[str, Mapping[str, str]], expected: str
) -> None:
    known = {} if "{}" in text else {"one": {"earlier": "there"}}
    written = with_changes(text, "indicators.yml", known, changes, ORDER)
    assert written == expected
    assert lost_remarks(text, written) == ()


def test_a_remark_that_would_be_lost_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    text = "indicators: {local-vote: {answer: absent},  # wait for the law\n  citizenship: {}}\n"
    project = copied(tmp_path / "project", text)
    file = filled(project, tmp_path / "back.xlsx", answering("health-care", "Absent"))
    done, (found,) = taken(project, file)
    assert done is None
    assert str(found.span) == f"{FOUND}:1:1"
    assert "“# wait for the law”" in found.message
    assert found_in(project) == text


@pytest.mark.parametrize("text", ["", "# Ours.\n", "indicators: {}\n", "indicators:\n"])
def test_an_empty_file_is_written_in_the_order_of_the_questions(text: str) -> None:
    written = changed({"four": {"answer": "absent"}, "one": {"answer": "there"}}, text)
    head, _, rest = written.partition("indicators:\n")
    assert head.startswith("#") or not text.startswith("#")
    assert rest == "  one:\n    answer: there\n  four:\n    answer: absent\n"


@pytest.mark.parametrize(
    "words",
    ["Yes: #1", "- a list", "“said”", '"quoted" words', "null", "it's", "{a}", "a # b", "1"],
)
def test_words_are_read_back_as_they_were_said(words: str) -> None:
    written = changed({"one": {"evidence": words}})
    again = with_changes(
        written, "indicators.yml", {**KNOWN, "one": {"evidence": words}}, {}, ORDER
    )
    assert again == written


def test_a_file_with_the_line_ends_of_windows_is_read_and_written(tmp_path: Path) -> None:
    project = copied(tmp_path / "project")
    path = project.path(FOUND)
    text = path.read_text("utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    file = filled(project, tmp_path / "back.xlsx", answering("health-care", "Absent"))
    assert taken(project, file)[1] == []
    changed = text.replace("answer: there  # says", "answer: absent  # says")
    assert path.read_bytes() == b"\xef\xbb\xbf" + changed.replace("\n", "\r\n").encode()
