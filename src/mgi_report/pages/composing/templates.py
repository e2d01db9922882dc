"""Step 3, compose: templates are filled in, and what is wrong with them is said with its place.

Templates run in a sandbox: they see what `Context` holds and the functions given, no more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.pages.composing import nesting
from mgi_report.pages.composing.idle import has_idle, idle, without_loading

_USES = re.compile(
    r"""\{#.*?#\}|\{%[-+]?\s*(?:include|extends|import|from)\s+["']([^"']+)["']""", re.DOTALL
)
_COMPILED = 256
"""Templates that are kept compiled."""

Find = Callable[[str], tuple[str, str | None]]
"""Gives where a file of the layout lies and its text, None where there is none."""


class Templates:
    """The templates of a layout."""

    def __init__(
        self,
        find: Find,
        filters: Mapping[str, Callable[..., object]],
        functions: Mapping[str, object],
    ) -> None:
        """Take what finds a template's text, and the filters and functions that templates have."""
        self._find = find
        self._environment = ImmutableSandboxedEnvironment(
            loader=_Loader(find),
            bytecode_cache=_CODE,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(filters)
        self._environment.globals.update(functions)
        self._marking = self._environment.overlay(extensions=[nesting.Marking], bytecode_cache=None)

    def fill(
        self, name: str, values: Mapping[str, object], *, is_web: bool = False
    ) -> Outcome[Markup | None]:
        """Fill in the template of a name, such as "sections/domain.html.j2".

        On a page of the web, scripts and forms are no mistake.
        """
        if circle := self._circle([name]):
            return Outcome(None, (circle,))
        try:
            html = self._environment.get_template(name).render(values)
            found = self._idle(name, values) if has_idle(html) and not is_web else ()
            if flaw := nesting.flaw(html):
                return Outcome(None, (*found, self._ill_nested(name, values, flaw)))
            html = without_loading(html) if found else html
            return Outcome(Markup(html), found)  # noqa: S704  the template has escaped what it must
        except TemplateNotFound as error:
            missing = str(error.name or name)
            message = f"The layout has no template {missing}."
            place = self._span(*(_place(error) or (missing, 1)), missing)
            return Outcome(None, (Diagnostic(Rule.FILE_EXISTS, message, place),))
        except TemplateSyntaxError as error:
            path, _ = self._find(error.name or name)
            message = f"The template does not parse: {_sentence(error.message)}"
            place = Span(path, error.lineno)
            return Outcome(None, (Diagnostic(Rule.TEMPLATE_IS_SOUND, message, place),))
        except Exception as error:  # noqa: BLE001  whatever a template does is a designer's error
            return Outcome(None, (self._failure(name, error),))

    def _circle(self, names: list[str]) -> Diagnostic | None:
        """Find where a template uses one that it is used by; `names` lead from the first to it."""
        path, text = self._find(names[-1])
        for use in _USES.finditer(text or ""):
            used = use[1]
            if used in names:
                by_way = " and ".join(names[names.index(used) + 1 :])
                message = f'"{used}" includes itself{f", by way of {by_way}" if by_way else ""}.'
                place = Span(path, use.string.count("\n", 0, use.start()) + 1)
                hint = "Take one of these {% include %}, {% import %} or {% extends %} away."
                return Diagnostic(Rule.TEMPLATE_IS_SOUND, message, place, hint)
            if used and (found := self._circle([*names, used])):
                return found
        return None

    def _idle(self, name: str, values: Mapping[str, object]) -> tuple[Diagnostic, ...]:
        """Fill the template in again, with its tags marked, and tell of those without effect."""
        html = self._marking.get_template(name).render(values)
        return tuple(
            Diagnostic(Rule.TEMPLATE_IS_SOUND, message, self._span_of(tag, name), hint)
            for tag, message, hint in idle(html)
        )

    def _span_of(self, tag: nesting.Tag, name: str) -> Span:
        return self._span(tag.template or name, tag.line or 1, str(tag)[:-1])

    def _ill_nested(
        self, name: str, values: Mapping[str, object], flaw: nesting.Flaw
    ) -> Diagnostic:
        """Fill the template in again, with its tags marked, to know where the wrong one stands."""
        flaw = nesting.flaw(self._marking.get_template(name).render(values)) or flaw
        place = self._span_of(flaw.tag, name)
        return Diagnostic(Rule.TEMPLATE_IS_SOUND, flaw.message, place, flaw.hint)

    def _span(self, template: str, line: int, word: str) -> Span:
        """Give where a word stands in a line of a template."""
        path, text = self._find(template)
        source = "".join((text or "").splitlines()[line - 1 : line])
        return Span(path, line, max(source.lower().find(word.lower()), 0) + 1)

    def _failure(self, name: str, error: Exception) -> Diagnostic:
        template, line = _place(error) or (name, 1)
        path, text = self._find(template)
        message = error.message if isinstance(error, TemplateError) else str(error)
        source = (text or "").splitlines()[line - 1 : line]
        named = re.findall(r"'([\w-]+)'", message or "")
        columns = [source[0].find(word) + 1 for word in reversed(named) if source]
        hint = None
        if isinstance(error, UndefinedError):
            hint = "docs/layouts.md lists what a template may use."
        return Diagnostic(
            Rule.TEMPLATE_IS_SOUND,
            f"The template cannot be filled in: {_sentence(message)}",
            Span(path, line, next(filter(None, columns), 1)),
            hint,
        )


def drawn(function: Callable[..., str]) -> Callable[..., Markup]:
    """Let a function that gives SVG be used in a template without its angle brackets escaped."""
    return partial(_as_markup, function)


def _as_markup(function: Callable[..., str], *arguments: object, **named: object) -> Markup:
    return Markup(function(*arguments, **named))  # noqa: S704  our own drawing


class _Loader(BaseLoader):
    def __init__(self, find: Find) -> None:
        self._find = find

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        del environment
        _, text = self._find(template)
        if text is None:
            raise TemplateNotFound(template)
        # Asked each time, so that each section is known to be made from all its templates.
        return text, template, lambda: self._find(template)[1] == text


class _Code(BytecodeCache):
    """Keeps templates compiled, in memory, by name and text."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key + bucket.checksum in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key + bucket.checksum])

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._compiled) >= _COMPILED:
            self._compiled.clear()
        self._compiled[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_CODE = _Code()


def _place(error: BaseException) -> tuple[str, int] | None:
    """Give the template and line an error came from: the innermost of its traceback."""
    found, traceback = None, error.__traceback__
    while traceback:
        name = traceback.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            found = name, traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _sentence(message: str | None) -> str:
    return f"{(message or 'no reason is given').rstrip('.')}."
