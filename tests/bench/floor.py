"""The floor: read contexts as JSON, render the narrative templates, write; nothing is checked.

Usage: floor.py CONTEXTS TEMPLATES BYTECODE OUTPUT [ANSWERS]

With the answer files it does what no bare script can leave out that keeps the promise: it reads
them as YAML, prints the table below the narrative, writes beside and renames, notes a hash of what
was written, and reads it back. Still nothing is checked and no figure is worked out.
"""

import hashlib
import json
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader

ORDINALS = "一二三四五六七八九十"


class Figure:
    __slots__ = ("as_part", "has_previous", "in_words", "is_zero", "text", "value")

    def __init__(self, as_part, in_words, value, text):
        self.as_part = as_part
        self.in_words = in_words
        self.value = value
        self.text = text
        self.is_zero = not value
        self.has_previous = False

    def __str__(self):
        return self.text


class TextFact:
    __slots__ = ("id", "is_given", "text")

    def __init__(self, text, chosen):
        self.text = text
        self.id = chosen
        self.is_given = bool(text)

    def __str__(self):
        return self.text


class ListFact:
    __slots__ = ("is_given", "is_single", "number", "rows")

    def __init__(self, number, rows):
        self.rows = rows
        self.number = number
        self.is_given = True
        self.is_single = len(rows) == 1


def told(figures):
    return [figure for figure in figures if not figure.is_zero]


def listed(figures):
    parts = told(figures)
    mark = "；" if any("、" in part.as_part for part in parts) else "、"
    return mark.join([f"{part.as_part}{part}" for part in parts])


def parts_of(figures, whole, lead="其中"):
    parts = told(figures)
    if len(parts) == 1 and parts[0].value == whole.value:
        return parts[0].in_words
    return lead + listed(parts)


def shares_of(figures, whole, lead="其中", least=5):
    parts = told(figures)
    if len(parts) < 2 or whole.value < least:
        return parts_of(parts, whole, lead)
    return lead + "；".join(
        [f"{part.as_part}{part}，占{part.value * 100 / whole.value:.1f}%" for part in parts]
    )


def out_of(part, whole, verb, otherwise):
    if part.is_zero:
        return otherwise
    return part.in_words if part.value == whole.value else f"{verb}{part}"


def together(parts):
    return sum([int(part[:-1] or 0) for part in parts])  # rows


def joined(texts):
    parts = list(texts)
    return "、".join(parts[:-1]) + "和" + parts[-1] if len(parts) > 1 else "".join(parts)


FILTERS = {
    "any_told": told,
    "listed": listed,
    "parts_of": parts_of,
    "shares_of": shares_of,
    "in_turn": lambda texts, mark="，": mark.join([str(text) for text in texts]),
    "led_by": lambda fact, lead: f"{lead}{fact}" if fact.is_given else "",
    "given": lambda texts: [text for text in texts if text],
    "chosen": lambda rows, name: any(row.id == name for row in rows),
    "without": lambda rows, name: [row for row in rows if row.id != name],
    "counted": lambda rows, name, of: "、".join([f"{row[name]}{row[of]}" for row in rows]),
    "out_of": out_of,
    "joined": joined,
    "titled": lambda texts: "".join([f"《{text}》" for text in texts]),
    "column": lambda rows, name: [row[name] for row in rows],
    "speaks_of": lambda fact, *words: fact.is_given and any(word in fact.text for word in words),
    "make_up": lambda parts, whole: together(parts) == whole.value,
    "fall_short": lambda parts, whole: together(parts) < (whole.value or 0),
    "exceed": lambda parts, whole: whole.value is not None and together(parts) > whole.value,
    "numbered": lambda items: [(f"{ORDINALS[at]}是", item) for at, item in enumerate(items)],
}


def read_answers(path):
    """Read an answer file; the library is read with the first one."""
    import yaml

    return yaml.load(path.read_bytes(), yaml.CBaseLoader)


def rows_of(figures):
    """The rows of a table in columns, a Chinese character as wide as two others."""
    for label, _, _, number in figures.values():
        yield label + " " * max(0, 70 - 2 * len(label) - len(number)) + number


def write_whole(target, text):
    """Write beside, read back and compare, note the hash, rename."""
    beside = target.with_suffix(".tmp")
    beside.write_bytes(text.encode())
    read = [line.strip() for line in beside.read_bytes().decode().splitlines()]
    if read != [line.strip() for line in text.splitlines()]:
        raise SystemExit(str(target))
    digest = hashlib.sha256(text.encode()).hexdigest()
    with Path(target.parent, ".written").open("a", encoding="utf-8") as record:
        record.write(f"{digest}  {target.name}\n")
    beside.replace(target)


def main(contexts, templates, bytecode, output, answers=""):
    environment = Environment(
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader(templates),
        bytecode_cache=FileSystemBytecodeCache(bytecode),
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    names = sorted(name for name in environment.list_templates() if name[0].isdigit())
    for path in sorted(Path(contexts).iterdir()):
        given = json.loads(path.read_bytes())
        context = {"law": given["law"]}
        context.update((name, Figure(*parts)) for name, parts in given["figures"].items())
        context.update((name, TextFact(*parts)) for name, parts in given["texts"].items())
        context.update((name, ListFact(*parts)) for name, parts in given["lists"].items())
        text = "\n".join([environment.get_template(name).render(context) for name in names])
        target = Path(output, path.stem + ".txt")
        if answers:
            read_answers(Path(answers, path.stem + ".yaml"))
            write_whole(target, "\n".join([text, *rows_of(given["figures"])]))
        else:
            target.write_bytes(text.encode())


if __name__ == "__main__":
    Path(sys.argv[3]).mkdir(exist_ok=True)
    Path(sys.argv[4]).mkdir(exist_ok=True)
    main(*sys.argv[1:])
