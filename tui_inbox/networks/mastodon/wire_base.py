"""How entities of the wire are decoded: nothing but an id must be there, and nothing bad kills the rest.

Everything but an id may be missing, null or of another type: it is then None or empty, and the rest
stays usable. A list gives its good items. Enumerations are text, and ids that come as numbers become
text.
"""

from __future__ import annotations

import logging
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    OnErrorOmit,
    StringConstraints,
    ValidationError,
)
from pydantic_core import CoreSchema, core_schema

log = logging.getLogger(__name__)

T = TypeVar("T")


class _NoneOnError:
    """A value that does not fit is None."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_default_schema(handler(source), default=None, on_error="default")


class _EmptyOnError:
    """A list that is none is empty."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_default_schema(
            handler(source), default_factory=list, on_error="default"
        )


Maybe: TypeAlias = Annotated[T | None, _NoneOnError]
Many: TypeAlias = Annotated[list[OnErrorOmit[T]], _EmptyOnError]

Id: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=256, pattern=r"^[ -~]*[!-~][ -~]*\z"),
    Field(coerce_numbers_to_str=True),
]
"""An id on a server: opaque, but printable, not blank, and of sane length."""


class Wire(BaseModel):
    """Base of all entities."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


M = TypeVar("M", bound=Wire)


def decode(model: type[M], data: object) -> M | None:
    """One entity, or None if it is not even that."""
    try:
        return model.model_validate(data)
    except ValidationError:
        return None


def decode_list(model: type[M], data: object) -> list[M]:
    """The good items of a list; nothing if it is none. Bad ones are logged without what is in them."""
    if not isinstance(data, list):
        return []
    good = [item for item in (decode(model, each) for each in data) if item is not None]
    if len(good) < len(data):
        log.info(
            "%s of %s entries (%s) were dropped", len(data) - len(good), len(data), model.__name__
        )
    return good
