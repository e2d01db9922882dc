"""Remarks of those who write stay out of what is given away, and values stay as they are."""

import pytest
import yaml
from tests.projects import ROOT

from mgi_report.content.remarks import without_remarks

YAML = """\
# Ask the Ministry.
name: Mali  # or "the Mali"?
colour: "#ff0000"   # too red
"key # of": 'a # in quotation marks'
plain: C#7
list: [one, two]  # three?
long: >-  # fold it
  # no remark,
  but words # here
  # remark no more
# A remark behind.
last: é # ü
"""


def test_yaml_loses_its_comments_and_nothing_else() -> None:
    kept = without_remarks(YAML, is_markdown=False)
    assert yaml.safe_load(kept) == yaml.safe_load(YAML)
    for remark in ("Ask", "or ", "red", "three", "fold", "behind", "ü"):
        assert remark not in kept
    assert kept.split("\n")[1:3] == ["name: Mali", 'colour: "#ff0000"']
    assert kept.count("\n") == YAML.count("\n")


def test_lines_may_end_as_in_other_systems() -> None:
    text = "\ufeff" + YAML.replace("\n", "\r\n")
    expected = "\ufeff" + without_remarks(YAML, is_markdown=False).replace("\n", "\r\n")
    assert without_remarks(text, is_markdown=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\n<!-- Ask. -->\n\nTwo.\n", "One.\n\n\n\nTwo.\n"),
        ("One.\n<!-- Ask\n--> again -->  \nTwo.\n", "One.\n\n\nTwo.\n"),
        ("- <!-- Ask. -->\r\n- b\r\n", "- \r\n- b\r\n"),
        ("In \\<!-- this\nand --> that.\n", "In \\<!-- this\nand --> that.\n"),
    ],
)
def test_markdown_loses_its_comments_and_keeps_its_lines(text: str, expected: str) -> None:
    assert without_remarks(text, is_markdown=True) == expected


def test_all_files_of_the_checkout_keep_their_values() -> None:
    files = sorted((ROOT / "content").rglob("*.yml"))
    assert files
    for path in files:
        text = path.read_text("utf-8")
        kept = without_remarks(text, is_markdown=False)
        assert yaml.load(kept, yaml.CBaseLoader) == yaml.load(text, yaml.CBaseLoader), path  # noqa: S506
