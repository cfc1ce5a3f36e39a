"""Every regular expression of the program, and texts made against it: python -m tests.patterns.

Prints a line of JSON before each trial, and one with the text where the work of a pattern grows
faster than the text: whoever started it knows where it was when it does not come to its end.
"""

import ast
import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from time import process_time
from types import ModuleType
from typing import Any, NamedTuple

import assistant
from assistant.answers import Answers, given_values
from assistant.export.formats.web import write_html
from assistant.export.verify import telling
from assistant.form.loader import open_library
from assistant.published import contact, masked_clauses
from assistant.storage import yaml_text
from assistant.tables import form_lines, header

LENGTH = 10_000
"""Characters of a text made against a pattern."""
QUICK = 1
"""Walks over such a text, below whose work nothing is measured; the square takes several."""
STEEP = 8
"""Times the work of a quarter of the text: what is linear takes 4, the square 16."""
ROUNDS = 6
"""How often a pattern must look steep on a text; once otherwise is enough to clear it."""
MANY = 30
"""Of the texts that a pattern takes so many are tried."""
USES = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
MADE_BY = ("phrase", "re.compile", *(f"re.{use}" for use in USES))
"""What makes a pattern of a text."""
_LAST = {each.rpartition(".")[2] for each in MADE_BY}

BUILT: Mapping[str, Callable[[], object]] = {
    "answers.given_values:_count_in_words": lambda: given_values._count_in_words("条"),
    "answers.given_values:_piece_of": lambda: given_values._piece_of(
        next(each for each in open_library().edition("national-2021").facts if each.options).options
    ),
    "export.formats.web.write_html:_with_units": lambda: write_html._with_units("年月日"),
    "export.take_back:_is_of_other_year": lambda: re.compile("([12][0-9]{3})年年度报告"),
    "export.verify.telling:number_in_words": lambda: telling.number_in_words("\0件"),
    "form.model.checks:expand_wildcards": lambda: re.compile("([a-z0-9_]+)".join("ab")),
    "lint.lint_told:_undecided": lambda: re.compile(r"\bbody_kind\b[^{}%]{0,200}[\"']town[\"']"),
    "published.contact:_said": lambda: tuple(
        pattern
        for form in [open_library().edition("national-2021")]
        for fact in contact.contacts_of(form)
        for pattern in contact._said(form, fact.id)
    ),
    "published.contact:_around": tuple,  # those of _said
    "published.contact:_printed": lambda: re.compile(
        rf"({contact._CLAUSE})\{{\{{ *contact_phone *\}}\}}({contact._CLAUSE})"
    ),
    "published.masked_clauses:any_word": lambda: masked_clauses.any_word(["本机关", "我镇"]),
    "published.masked_clauses:__init__": lambda: (
        masked_clauses.Masks(Answers(open_library().edition("national-2021"), 2025))._holes
    ),
    "tables.header:_pattern": lambda: header._pattern(
        open_library().edition("national-2021").grids_by_id["requests"]
    ),
    "tables.form_lines:_over": lambda: form_lines._over(
        open_library().edition("national-2021").grids_by_id["requests"]
    ),
    "values.language:phrase": tuple,  # each call of it is tried
    "storage.yaml_text:_unprintable": yaml_text._unprintable,
}
"""How to have the patterns that a function makes when it is called."""


class Found(NamedTuple):
    """A pattern of the program: its module, and how it is used there (`fullmatch`, …)."""

    where: str
    pattern: re.Pattern[Any]
    uses: frozenset[str]


# --- Where patterns are


def collect() -> tuple[list[Found], list[str]]:
    """All patterns, and the calls of `re` whose pattern can be had in no way."""
    found: dict[tuple[str, re.Pattern[Any]], set[str]] = {}
    lost: list[str] = []
    trees = {module: ast.parse(Path(str(module.__file__)).read_text("utf-8")) for module in known()}
    everywhere = {module: uses_of(tree) for module, tree in trees.items()}
    for module, tree in trees.items():
        short, uses = module.__name__.removeprefix("assistant."), everywhere[module]
        unnamed = {each for name in uses.keys() - vars(module).keys() for each in uses[name]}
        unnamed.discard("split")  # strings have it too
        held = list(held_by(module))
        for inside, call in calls_of(tree):
            if f"{short}:{inside}" in BUILT:
                held += within(inside, BUILT[f"{short}:{inside}"]())
            elif (pattern := made_by(call, module)) is not None:
                method = getattr(call.func, "attr", "")
                found.setdefault((short, pattern), set()).update({method} & {*USES})
            elif inside or not held:
                lost.append(f"{short}:{inside}: {ast.unparse(call)}")
        for name, pattern in held:
            abroad = {each for other in everywhere.values() for each in other.get(name, ())}
            named = uses.get(name) or unnamed or abroad or USES
            found.setdefault((short, pattern), set()).update(named)
    return [Found(*key, frozenset(uses or USES)) for key, uses in found.items()], lost


def known() -> Iterator[ModuleType]:
    """Every module of the program."""
    for each in pkgutil.walk_packages(assistant.__path__, "assistant."):
        if not each.name.endswith("__main__"):
            yield importlib.import_module(each.name)


def uses_of(tree: ast.Module) -> dict[str, set[str]]:
    """How whatever has a name is used in a module: `{"_FORM": {"fullmatch"}}`."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in USES:
            base = node.value
            while isinstance(base, ast.Subscript | ast.Call):
                base = base.value if isinstance(base, ast.Subscript) else base.func
            name = base.id if isinstance(base, ast.Name) else getattr(base, "attr", "")
            found.setdefault(name, set()).add(node.attr)
    return found


def held_by(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Patterns among the values of a module and of its classes, each with the name it has there."""
    for name, value in list(vars(module).items()):
        yield from within(name, value)
        if isinstance(value, type) and value.__module__ == module.__name__:
            for inner, own in list(vars(value).items()):
                yield from within(inner, own)


def within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Patterns of a value and of what it holds; those of a named tuple have its names."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from within(name, each)
    elif isinstance(value, tuple | list | frozenset):
        names = getattr(value, "_fields", (name,) * len(value))
        for inner, each in zip(names, value, strict=True):
            yield from within(inner, each)


def calls_of(tree: ast.Module) -> list[tuple[str, ast.Call]]:
    """Each call that makes or uses a pattern, behind the function it stands in, if any."""
    places: dict[ast.Call, str] = {}
    for outer in ast.walk(tree):
        if outer is tree or isinstance(outer, ast.FunctionDef):
            for node in ast.walk(outer):
                if isinstance(node, ast.Call):
                    last = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if last in _LAST and ast.unparse(node.func) in MADE_BY:
                        places[node] = getattr(outer, "name", "")
    return [(inside, call) for call, inside in places.items()]


def made_by(call: ast.Call, module: ModuleType) -> re.Pattern[Any] | None:
    """The pattern of a call; `None` where it hangs on more than the values of its module."""
    is_used = ast.unparse(call.func).removeprefix("re.") in USES
    taken = call.args[0] if is_used else call
    try:
        made = eval(compile(ast.Expression(taken), "pattern", "eval"), dict(vars(module)))
    except NameError:
        return None
    return re.compile(made)


# --- Texts made against a pattern

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_PROBES = "x0 甲，\t\n、。"


def parts_of(kind: Any, argument: Any) -> Sequence[Any]:
    """The parsed patterns inside a part of one."""
    if kind in _REPEATS:
        return [argument[2]]
    if kind is op.BRANCH:
        return list(argument[1])
    if kind is op.SUBPATTERN:
        return [argument[3]]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    return [argument] if kind is op.ATOMIC_GROUP else []


def characters(items: Sequence[Any]) -> list[str]:
    """A few characters that a set takes."""
    if items[0][0] is op.NEGATE:
        inner = re.compile("[" + "".join(map(_spelled, items[1:])) + "]")
        return [each for each in _PROBES if not inner.match(each)][:3]
    found: list[str] = []
    for kind, argument in items:
        if kind is op.CATEGORY:
            inner = re.compile(f"[{_spelled((kind, argument))}]")
            found += [each for each in _PROBES if inner.match(each)]
        else:
            found += map(chr, argument if kind is op.RANGE else (argument,))
    return found


def _spelled(item: Any) -> str:
    """One part of a set as it is written in a pattern."""
    kind, argument = item
    if kind is op.CATEGORY:
        name = str(argument).removeprefix("CATEGORY_").lower()
        letter = name.removeprefix("not_")[0]
        return "\\" + (letter.upper() if name.startswith("not_") else letter)
    ends = argument if kind is op.RANGE else (argument, argument)
    return "-".join(f"\\U{each:08x}" for each in ends)


def spellings(sequence: Any) -> list[str]:
    """Texts that a parsed pattern takes, the plainest first; each choice stands in one of them."""
    choices = [_choices(*each) for each in sequence]
    plain = [each[0] for each in choices]
    found = ["".join(plain)]
    for at, each in enumerate(choices):
        found += ["".join((*plain[:at], other, *plain[at + 1 :])) for other in each[1:]]
    return list(dict.fromkeys(found))[:MANY]


def _choices(kind: Any, argument: Any) -> list[str]:
    if kind is op.LITERAL:
        return [chr(argument)]
    if kind is op.NOT_LITERAL:
        return ["y" if argument == ord("x") else "x"]
    if kind is op.ANY:
        return ["x", "甲"]
    if kind is op.IN:
        return characters(argument)
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [""]
    inner = [text for each in parts_of(kind, argument) for text in spellings(each)]
    if kind in _REPEATS:
        least = argument[0]
        return [each * max(least, 1) for each in inner] + ([""] if not least else [])
    return inner or [""]


def repeats(sequence: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every repeat of a parsed pattern: the plainest text that leads to it, and what it repeats."""
    for kind, argument in sequence:
        if kind in _REPEATS and argument[1] > 1:
            yield before, argument[2]
        for each in parts_of(kind, argument):
            yield from repeats(each, before)
        before += _choices(kind, argument)[0]


def letters(sequence: Any) -> Iterator[str]:
    """Characters that a parsed pattern speaks of, also those it only looks at."""
    for kind, argument in sequence:
        if kind in (op.LITERAL, op.IN, op.ANY):
            yield from _choices(kind, argument)
        for each in parts_of(kind, argument):
            yield from letters(each)


def hostile(pattern: re.Pattern[Any], length: int) -> Iterator[Any]:
    """Texts of a length that lead a pattern as far as they can; the last character fits nothing."""
    is_text = isinstance(pattern.pattern, str)
    text = pattern.pattern if is_text else pattern.pattern.decode("latin")
    parsed = _parser.parse(text, pattern.flags if is_text else pattern.flags | re.ASCII)
    leads = list(repeats(parsed))
    if not leads:
        return
    whole = spellings(parsed)[:6]
    alphabet = list(dict.fromkeys(letters(parsed)))[:MANY]
    pumps = [text for lead, body in leads for text in (lead, lead + spellings(body)[0])]
    pumps += [text for _, body in leads for text in spellings(body)]
    pumps += [*alphabet, *whole, *(each[:-1] for each in whole)]
    starts = list(dict.fromkeys(lead for lead, _ in leads))
    starts = ["", *starts[:: max(1, len(starts) // 2)]]
    for pump, start in product(dict.fromkeys(pumps), dict.fromkeys(starts)):
        if pump:
            made = (start + pump * (length // len(pump) + 1))[:length] + "\x01"
            yield made if is_text else made.encode("latin", "replace")


# --- The measure


def work(pattern: re.Pattern[Any], use: str, text: Any) -> float:
    """Processor time in seconds; no other process is counted."""
    begun = process_time()
    if use == "finditer":
        for _match in pattern.finditer(text):
            pass
    else:
        getattr(pattern, use)(text)
    return process_time() - begun


def is_steep(pattern: re.Pattern[Any], use: str, text: Any, floor: float) -> bool:
    """Whether four times the text take much more than four times the work.

    Little work is never steep: at this length the square of the cheapest step takes more than
    `QUICK` walks over the text. What takes more is compared with a quarter, and called steep only
    when it is so every time, as the machine may be busy with something else.
    """
    if work(pattern, use, text) < QUICK * floor:
        return False
    quarter = text[: len(text) // 4] + text[-1:]
    for _ in range(ROUNDS):
        whole, part = (work(pattern, use, each) for each in (text, quarter))
        if whole < max(STEEP * part, QUICK * floor):
            return False
    return True


def floor_of(length: int = LENGTH) -> float:
    """The work of a walk over a text that matches each character."""
    walk = re.compile("[^甲]|乙")
    return min(work(walk, "finditer", "x" * length) for _ in range(9))


def trials(each: Found, length: int = LENGTH) -> Iterator[tuple[str, Any]]:
    """How a pattern is used, with each text for it; short ones come before those of the length."""
    uses: list[str] = [use for use in ("match", "fullmatch") if use in each.uses]
    uses += ["finditer"] if each.uses - {"match", "fullmatch"} else []
    for use in uses:
        for long in (30, length):
            yield from ((use, text) for text in hostile(each.pattern, long))


def main() -> None:
    """Say what was found; try every pattern, on short texts first."""
    floor = floor_of()
    found, lost = collect()
    print(json.dumps({"found": len(found), "lost": lost}), flush=True)
    for each in found:
        said = {"where": each.where, "pattern": str(each.pattern.pattern)}
        print(json.dumps(said), flush=True)
        for use, text in trials(each):
            if is_steep(each.pattern, use, text, floor):
                print(json.dumps({**said, "use": use, "steep": repr(text[:60])}), flush=True)
                break


if __name__ == "__main__":
    main()
