"""What the completion of editors is told of values, where their types do not say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema


def like(pattern: re.Pattern[str]) -> WithJsonSchema:
    """Say what a text looks like."""
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern.pattern})$"})


@dataclass(frozen=True, slots=True, eq=False)  # unions ask for its hash
class AlsoWritten:
    """A second way in which a value may be typed; its own validator reads it.

    It is told to the completion of editors: `form`, or else that of one language for all.
    """

    form: Mapping[str, Any] | None = None
    """In JSON Schema: {"const": "domains"}."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Join both ways (https://docs.pydantic.dev/latest/concepts/json_schema/)."""
        usual = handler(core)
        if self.form is not None:
            return {"anyOf": [dict(self.form), usual]}
        (one,) = usual["patternProperties"].values()
        return {"anyOf": [one, usual]}
