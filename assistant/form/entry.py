"""What every entry of a data file is: a frozen dataclass, and the limits of its fields."""

from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, dataclass_transform

from assistant.storage.errors import LibraryError

WORDS_LIMIT = 2_000
"""Characters of one entry; patterns such as {row} stand in some, and each may be filled often."""


class Limits:
    """What a field may hold, in the words of pydantic's `Field`, which alone reads it.

    pydantic is imported when an edition is read from YAML, not when its classes are.
    """

    def __init__(self, **limits: object) -> None:
        """Take them, `Limits(ge=1, le=9)`."""
        self._limits = limits

    def __get_pydantic_core_schema__(self, kind: Any, handler: Callable[[Any], Any]) -> Any:
        """How pydantic validates the field."""
        from pydantic import Field  # noqa: PLC0415  as said above

        limits: dict[str, Any] = self._limits
        return handler(Annotated[kind, Field(**limits)])


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Strict:
    """A frozen entry of a data file; an unknown key is a mistake, never ignored.

    Each kind of entry is a dataclass. The methods that `dataclass` would write and compile for
    each of them, a sixth of a start, stand here once.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __pydantic_config__: ClassVar[dict[str, object]] = {
        "extra": "forbid",
        "str_max_length": WORDS_LIMIT,
    }
    _required: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]

    def __init_subclass__(cls) -> None:
        """Make every kind of entry a dataclass."""
        dataclass(init=False, repr=False, eq=False)(cls)
        given = [each for each in cls.__dataclass_fields__.values() if each.init]
        cls._defaults = {each.name: each.default for each in given if each.default is not MISSING}
        cls._defaults |= {
            each.name: each.default_factory()
            for each in given
            if each.default_factory is not MISSING
        }
        cls._required = tuple(each.name for each in given if each.name not in cls._defaults)
        KINDS[cls.__name__] = cls

    def __init__(self, **values: object) -> None:
        """Take the value of each field by its name; what validation has passed is not seen again.

        Raises:
            TypeError: A value is missing, or is of no field.
        """
        named = {*self._required, *self._defaults}
        if not set(self._required) <= values.keys() <= named:
            raise TypeError(f"{type(self).__name__}: {sorted(values)}")
        vars(self).update(self._defaults)
        vars(self).update(values)
        self.__post_init__()

    def __post_init__(self) -> None:
        """See what no single field shows; nothing here.

        Raises:
            ValueError: It is not as it must be.
        """

    def given(self) -> dict[str, Any]:
        """The fields that make it again, those left out that have what they have by default."""
        own = {name: getattr(self, name) for name in (*self._required, *self._defaults)}
        return {n: v for n, v in own.items() if n in self._required or v != self._defaults[n]}

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse any change.

        Raises:
            AttributeError: Always.
        """
        raise AttributeError(name)

    def __repr__(self) -> str:
        """Class and fields, `Years(first=2014, last=2018)`."""
        fields = (f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
        return f"{type(self).__name__}({', '.join(fields)})"

    def __eq__(self, other: object) -> bool:
        """Whether it is of the same kind and its fields are equal."""
        if self is other:
            return True
        if not isinstance(other, Strict) or type(self) is not type(other):
            return False
        names = self.__dataclass_fields__
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        """Of all its fields."""
        return hash(tuple(getattr(self, name) for name in self.__dataclass_fields__))


KINDS: dict[str, Callable[..., object]] = {}
"""What makes an entry of its fields, by the name of its class."""


def wrong_shape(path: Path | str, place: str, shape: str = "unknown") -> LibraryError:
    """The error that an entry is not of the shape it must have; `place` is the way to it."""
    return LibraryError(
        "library_shape", path=str(path), place=place, shape=shape, written="", expected=""
    )
