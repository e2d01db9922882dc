"""Reads a sheet that came back: what each cell says that was not sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest, nearest_name
from mgi_report.indicators.sheet import KEPT, MARK, SENT
from mgi_report.indicators.survey import FIELDS, Survey, Values
from mgi_report.indicators.table import Table, name_of
from mgi_report.office.package import Unsound
from mgi_report.office.workbook import Cell, Place, Workbook, column_letter

_NEEDED = ("id", "question", "answer", "evidence", "source")
_GIVEN = ("domain", "sub-category")
"""Columns that are not read: what they say is known."""
_BETWEEN = re.compile(r"[;,\n]")
_A_DATE = range(20_000, 60_000)
"""Days since 1900 that may be meant where a cell holds a bare number: 1954 to 2064."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says about an indicator."""

    indicator: str
    field: str
    value: str
    """As in indicators.yml; empty where it was taken away."""
    sent: str | None
    """What was known when the sheet was made, None where that cannot be told."""
    span: Span
    """File, row and column."""
    where: str
    """The same in words: "sheet “Indicators”, cell E5"."""

    @property
    def is_as_sent(self) -> bool:
        """Say whether nobody changed it."""
        return self.value == self.sent


@dataclass(slots=True)
class Reading:
    """Reads the workbooks that came back; gathers what is wrong in `found`."""

    survey: Survey
    wordings: Sequence[Mapping[str, str]]
    """The questionnaire's words in all languages that a sheet may be in."""
    as_it_stands: bool = False
    """Whether sheets are read that do not say what was known when they were made."""
    found: list[Diagnostic] = field(default_factory=list)

    def read(self, book: Workbook, file: str) -> Iterator[Said]:
        """Give what a workbook says. Raises `Unsound` where it is none of this profile."""
        sent = _sent(book, self.survey)
        if sent is None and not self.as_it_stands:
            raise Unsound(
                f"The hidden sheet “{SENT}” is gone, which kept what was known when this file was "
                "made: which cells were changed since cannot be told.",
                "Ask for the file itself, not for a copy of its table. Or hold each row against "
                "indicators.yml, where an old copy would bring back what has changed since, and "
                "import it with --as-it-stands.",
            )
        ours = {SENT, *(words[f"sheet.{name}"] for words in self.wordings for name in _ASIDE)}
        tables = []
        for sheet in book.sheets:
            if sheet.title in ours:
                continue
            if table := Table.of(sheet, file, self.wordings):
                tables.append(table)
            elif any(cell.text for row in sheet.rows for cell in row):
                message = f"The sheet “{sheet.title}” has no table of indicators: it is not read."
                hint = "Copy what it says into the table, if it belongs there."
                self._tell(message, Span(file), hint, Rule.RETURNED_FILE_IS_READ, is_error=False)
        if not tables:
            columns = ", ".join(self.survey.words[f"sheet.columns.{name}"] for name in _NEEDED)
            raise Unsound(
                "The file has no table of indicators in it.",
                f"Its first row names the columns; these are needed: {columns}.",
            )
        for notice in book.notices:
            rule = Rule.RETURNED_FILE_IS_READ
            self._tell(notice.message, Span(file), notice.hint, rule, is_error=False)
        for table in tables:
            self._check(table)
            self._check_headless(table)
            yield from self._rows(table, sent)

    # --- columns ----------------------------------------------------------------------------

    def _check(self, table: Table) -> None:
        """See that all columns are there once, and that no cells are merged, nor annotated."""
        needed = [name for name in self.survey.columns if name not in _GIVEN]
        missing = [name for name in needed if name not in table.columns]
        unknown = {text: at for at, text in table.strangers.items()}
        for name in missing:
            head = table.words[f"sheet.columns.{name}"]
            near = nearest_name(head, unknown)
            near = near or (next(iter(unknown)) if len(unknown) == len(missing) == 1 else None)
            hint = f"Name the column “{head}” again, as it was sent."
            at = 0
            if near:
                at = unknown.pop(near)
                hint = f"Column {column_letter(at)} is called “{near}”. {hint}"
            message = f"There is no column “{head}”."
            self._refuse(table, (table.top, at), message, hint)
        for text, at in unknown.items():
            if any(table.cell(row, at).text for row in table.below):
                message = f"The column “{text}” is not read."
                hint = "Write what belongs to an indicator under “{}”.".format(
                    table.words["sheet.columns.evidence"]
                )
                self._say(table, (table.top, at), message, hint, is_error=False)
        for at, name in table.doubled:
            message = f"There is a second column “{table.words[f'sheet.columns.{name}']}”."
            self._refuse(table, (table.top, at), message, "Keep the one that holds.")
        for first, last in table.sheet.merged:
            touched = range(first[1], last[1] + 1)
            if last[0] >= table.top and {*table.columns.values()} & {*touched}:
                ends = f"{name_of(first)} to {name_of(last)}"
                message = f"The cells {ends} are merged; whose answer this is cannot be told."
                self._refuse(table, first, message, "Split them, and fill in each row.")
        if table.sheet.notes:
            place = min(table.sheet.notes)
            message = "What is said in notes on cells is not read."
            head = table.words["sheet.columns.evidence"]
            hint = f"Notes: {len(table.sheet.notes)}. Write under “{head}” what should be kept."
            self._say(table, place, message, hint, is_error=False)

    def _check_headless(self, table: Table) -> None:
        """Tell what stands in columns whose head is empty, at the first cell of each."""
        headed = {*table.columns.values(), *table.strangers, *(at for at, _ in table.doubled)}
        told: set[int] = set()
        for row in table.below:
            for at, cell in enumerate(table.sheet.rows[row]):
                if cell.text and at not in headed | told:
                    told.add(at)
                    message = "This column has no head; what stands in it is not read."
                    head = table.words["sheet.columns.evidence"]
                    hint = f"Write what belongs to an indicator under “{head}”."
                    self._say(table, (row, at), message, hint, is_error=False)

    # --- rows -------------------------------------------------------------------------------

    def _rows(self, table: Table, sent: Mapping[str, Values] | None) -> Iterator[Said]:
        if not {"id", "question"} <= table.columns.keys():
            return
        strange: list[tuple[int, str]] = []
        known = {each.id for each in self.survey.indicators.asked}
        fields = [name for name in FIELDS if name in table.columns and name in self.survey.columns]
        for row in table.below:
            place = (row, table.columns["id"])
            name = table.at(place).text
            places = {each: (row, table.columns[each]) for each in fields}
            if place in table.sheet.formulas:
                self._refuse(table, place, "The id is a formula.", "Type the id itself.")
                continue
            if name not in known:
                if not name and any(table.at(each).text for each in places.values()):
                    message = "This row does not say which indicator it is about."
                    self._refuse(table, place, message, "Write its id into the first column.")
                elif name:
                    hint = nearest(name, known) or "Leave the ids as they were sent."
                    self._refuse(table, place, f"There is no indicator “{name}”.", hint)
                continue
            before = None if sent is None else sent.get(name, {})
            if not self._is_its_question(table, row, name, before):
                strange.append((row, name))
                continue
            for each, where in places.items():
                yield from self._cell(table, where, name, each, before)
        if strange:
            self._refuse_questions(table, strange)

    def _is_its_question(self, table: Table, row: int, name: str, sent: Values | None) -> bool:
        """Say whether the question of a row is that of its id: else a column was sorted alone."""
        question = " ".join(table.cell(row, table.columns["question"]).text.split())
        asked = {words.get(f"questions.{name}") for words in self.wordings}
        return question in {*asked, (sent or {}).get("question")}

    def _refuse_questions(self, table: Table, strange: Sequence[tuple[int, str]]) -> None:
        row, name = strange[0]
        place = (row, table.columns["question"])
        message = f"This is not the question of “{name}”, the id beside it."
        if others := [str(row + 1) for row, _ in strange[1:]]:
            message += f" Nor is it in {len(others)} other rows: {_listed(others)}."
        hint = (
            "Were some columns sorted, and others not? Whose the answers are cannot be told: take "
            "that back, or ask for the sheet again. Leave ids and questions as they were sent."
        )
        self._refuse(table, place, message, hint)

    def _cell(
        self, table: Table, place: Place, name: str, field_: str, sent: Values | None
    ) -> Iterator[Said]:
        cell = table.at(place)
        was_sent = None if sent is None else " ".join(sent.get(field_, "").split())
        if table.is_merged(place):
            return
        if place in table.sheet.formulas:
            message = "The cell holds a formula, of which nobody can say what it stands for."
            self._refuse(table, place, message, "Put the words themselves there.")
            return
        if cell.kind != "text":
            self._refuse(table, place, *_no_text(cell, field_))
            return
        text = " ".join((cell.kept or "").split())
        self._tell_unread(table, place, cell, is_new=text != was_sent)
        if was_sent is None and not text:
            return
        before = None if was_sent is None else self._quietly(table, field_, was_sent)
        value = before if text == was_sent else self._value(table, place, field_, text)
        if value is not None:
            yield Said(name, field_, value, before, table.span(place), table.where(place))

    def _tell_unread(self, table: Table, place: Place, cell: Cell, *, is_new: bool) -> None:
        """Tell what a cell has beside the words that are taken in."""
        address = table.sheet.links.get(place, "")
        if address and address not in cell.text:
            message = f"The cell has a link to {address[:120]}, which is not kept."
            self._say(table, place, message, "Write the address itself there.", is_error=False)
        if cell.kept != cell.text:
            message = f"Words that are struck through are not taken in: “{cell.text[:80]}”."
            hint = "Take the stroke away from what holds."
            self._say(table, place, message, hint, is_error=False)
        is_evidence = place[1] == table.columns.get("evidence")
        if is_new and is_evidence and "\n" in (cell.kept or "").strip():
            message = "The cell has several lines; they are run into one."
            hint = "Read it in indicators.yml, and end each line with a full stop or semicolon."
            self._say(table, place, message, hint, is_error=False)

    def _value(self, table: Table, place: Place, field_: str, text: str) -> str | None:
        """Give what a cell says as indicators.yml has it, None where that cannot be told."""
        if field_ in ("answer", "earlier"):
            value = self._answer(table, text)
            if value is None:
                names = [table.words[f"answers.{each}"] for each in _ANSWERS]
                message = f"“{text[:60]}” is no answer."
                hint = nearest(text, names) or f"Choose one of: {', '.join(names)}."
                self._refuse(table, place, message, hint)
            return value
        if field_ == "source":
            keys = _keys(text)
            known = {each.key for each in self.survey.sources}
            unknown = [key for key in keys if key not in known]
            for key in unknown:
                message = f"There is no source “{key[:60]}” in sources.yml."
                hint = nearest(key, known) or "Add it to sources.yml first, with this key."
                self._refuse(table, place, message, hint)
            return None if unknown else "; ".join(keys)
        return text

    def _quietly(self, table: Table, field_: str, text: str) -> str:
        """Give what was sent as indicators.yml had it."""
        if field_ in ("answer", "earlier"):
            return self._answer(table, text) or ""
        return "; ".join(_keys(text)) if field_ == "source" else text

    def _answer(self, table: Table, text: str) -> str | None:
        """Give an answer by what it is called in any language, or by its own name."""
        if not text:
            return ""
        called = {
            each[f"answers.{name}"].casefold(): name
            for each in (*self.wordings, table.words)
            for name in _ANSWERS
        }
        return {**{name: name for name in _ANSWERS}, **called}.get(text.casefold())

    # --- telling ----------------------------------------------------------------------------

    def _refuse(self, table: Table, place: Place, message: str, hint: str) -> None:
        self._say(table, place, message, hint, is_error=True)

    def _say(self, table: Table, place: Place, message: str, hint: str, *, is_error: bool) -> None:
        where = table.where(place)
        message = f"{where[:1].upper()}{where[1:]}: {message}"
        rule = Rule.RETURNED_FILE_IS_READ
        self._tell(message, table.span(place), hint, rule, is_error=is_error)

    def _tell(self, message: str, span: Span, hint: str, rule: Rule, *, is_error: bool) -> None:
        severity = Severity.ERROR if is_error else Severity.WARNING
        self.found.append(Diagnostic(rule, message, span, hint, severity))


_ANSWERS = ("there", "partly", "absent")
_ASIDE = ("how", "sources")


def _sent(book: Workbook, survey: Survey) -> dict[str, Values] | None:
    """Read what was known when the workbook was made, None where it does not say."""
    rows = next((sheet.rows for sheet in book.sheets if sheet.title == SENT), ())
    texts = [[cell.text for cell in row] for row in rows]
    if not texts or texts[0][:1] != [MARK]:
        return None
    profile = texts[0][1] if len(texts[0]) > 1 else ""
    if profile != survey.facts.id:
        raise Unsound(
            f"The file is that of another profile, {profile or 'which it does not name'}.",
            f"This one is {survey.facts.id}; import the file into its own profile.",
        )
    return {row[0]: dict(zip(KEPT, row[1:], strict=False)) for row in texts[1:] if row[0]}


def _keys(text: str) -> list[str]:
    keys = (each.strip() for each in _BETWEEN.split(text))
    return list(dict.fromkeys(key for key in keys if key))


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:12])}{', …' if words[12:] else ''}"


def _no_text(cell: Cell, field_: str) -> tuple[str, str]:
    """Say why a cell that holds no text is not read, and what to do."""
    if cell.kind == "date":
        return (
            f"The cell holds the date {cell.text}, which each program shows in its own way.",
            "Write it in words, such as 14 January 2025, in a cell that is formatted as text.",
        )
    number = int(cell.text) if cell.text.isdecimal() else 0
    if cell.kind == "number" and number in _A_DATE:
        return (
            f"The cell holds the number {cell.text}, as which some programs keep a date.",
            "Write the date in words, such as 14 January 2025.",
        )
    if cell.kind == "fault":
        message = f"The cell holds {cell.text}, by which a program says that it has no value."
        return message, "Write what is meant in words, or empty the cell."
    asked = "one of the list" if field_ in ("answer", "earlier") else "words"
    what = "a number" if cell.kind == "number" else "true or false"
    return f"The cell holds {what}, {cell.text}; {asked} is needed.", "Write it in words."
