"""How entities of the wire are decoded: nothing but an id must be there, and nothing bad kills the rest.

Everything but an id may be missing, null or of another type: it is then None or empty, and the rest
stays usable. A list gives its good items. Enumerations are text, ids that come as numbers become text,
and numbers that come as text become numbers.

Nearly all that servers send is as it should be, so an entity is first converted as a whole, at the speed of C.
Only one in which something is odd is then looked at part by part.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Annotated, Any, TypeAlias, TypeVar

from msgspec import Meta, Struct, ValidationError, convert, inspect

log = logging.getLogger(__name__)

T = TypeVar("T")

Maybe: TypeAlias = T | None
"""A value that does not fit is None."""

Many: TypeAlias = list[T]
"""Of a list the items that fit are kept; one that is none is empty."""

_ID = r"^[ -~]*[!-~][ -~]*\Z"
Id: TypeAlias = Annotated[str, Meta(max_length=256, pattern=_ID)]
"""An id on a server: opaque, but printable, not blank, and of sane length."""


class Wire(Struct, frozen=True):
    """Base of all entities."""


M = TypeVar("M", bound=Struct)

_DOES_NOT_FIT = (ValidationError, UnicodeEncodeError)  # the latter: a lone surrogate for a number

_NUMBERS: dict[type[inspect.Type], type] = {
    inspect.BoolType: bool,
    inspect.IntType: int,
    inspect.FloatType: float,
}


def decode(model: type[M], data: object) -> M | None:
    """One entity, or None if it is not even that."""
    try:
        return convert(data, model)
    except RecursionError:  # what is nested so deeply is malice
        return None
    except _DOES_NOT_FIT:
        return _mended_or_none(model, data)


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


def _mended_or_none(model: type[M], data: object) -> M | None:
    try:
        return _mended(model, data)
    except (*_DOES_NOT_FIT, RecursionError):
        return None


def _mended(model: type[M], data: object) -> M:
    """An entity with what of it fits; raises one of `_DOES_NOT_FIT` where something is missing."""
    if not isinstance(data, dict):
        raise ValidationError("no entity")
    kept: dict[str, Any] = {}
    for field in _fields(model):
        try:
            kept[field.name] = _fitting(field.type, data.get(field.encode_name))
        except _DOES_NOT_FIT:
            if field.required:
                raise
    return model(**kept)


@cache
def _fields(model: type[Struct]) -> tuple[inspect.Field, ...]:
    described = inspect.type_info(model)
    assert isinstance(described, inspect.StructType)
    return described.fields


def _fitting(kind: inspect.Type, told: object) -> Any:
    """What was told, as a value of this kind; raises as `_mended` does."""
    match kind:
        case inspect.UnionType(types=(inner, _)):
            return _fitting(inner, told)
        case inspect.StructType(cls=model):
            return _mended(model, told)
        case inspect.AnyType():
            return told
        case inspect.ListType(item_type=item):
            return list(_fitting_items(item, told))
        case inspect.DictType():
            return convert(told, dict)
        case inspect.StrType(pattern=pattern, max_length=longest):
            if pattern == _ID and isinstance(told, int | float) and not isinstance(told, bool):
                told = str(told)
            return convert(told, _text(pattern, longest))
        case _:
            return convert(told, _NUMBERS[type(kind)], strict=False)


@cache
def _text(pattern: str | None, longest: int | None) -> Any:
    return Annotated[str, Meta(pattern=pattern, max_length=longest)]


def _fitting_items(kind: inspect.Type, told: object) -> Iterator[Any]:
    for each in told if isinstance(told, list) else ():
        with suppress(*_DOES_NOT_FIT):
            yield _fitting(kind, each)
