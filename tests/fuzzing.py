"""Inputs by chance, of four kinds, each known by its seed: what may happen with them, and what not.

`run("lines", 7)` tries what seed 7 makes of that kind. What fails is made small before it is told.
"""

import io
import re
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from assistant.answers import Answer, Answers, format_answer, load, read_answers, write_answers
from assistant.collect import gather, resolve
from assistant.collect.blank_sheet import write_blank
from assistant.collect.form_tag import IN_CELLS
from assistant.dialog.interview import Interview, begin, handle_line
from assistant.export.formats import FORMATS, Line
from assistant.export.verify import compare
from assistant.form.loader import open_library
from assistant.messages.events import Event
from assistant.report.draft import Draft, make_draft
from assistant.storage.disk import DecodedText, decode
from assistant.storage.errors import AssistantError
from tests.conftest import SAMPLES
from tests.drafts import OFFICE
from tests.machines import CHOSEN, EVERY_COMMAND, NAMED, OWN, PASTES, TYPED, line_for, values
from tests.strategies import NASTY, SHAPED
from tests.surfaces import SURFACES, TEXT

LIMIT = 30
"""Seconds of work that one input may take; some ten thousand times what it takes."""
LINES = 20
"""Lines of one conversation."""
_ATTEMPTS = 300
"""Trials to make a failing input smaller."""
_PATIENCE = 20
"""Seconds for all of these."""
_SHOWN = 1_500
"""Characters of an input that are told."""
_NAMES = ("township-2017-corrected", "town-2025-many-faults")
"""Samples that files and documents are made of, one of each form."""

Edit = str | int
"""A line, or the seed of a change to a file."""
Edits = tuple[Edit, ...]


class Kind(NamedTuple):
    """One kind of input."""

    draw: Callable[[Random], tuple[int, Edits]]
    """What it begins from, and what is done to that."""
    attempt: Callable[[int, Edits], None]
    """Try it.

    Raises:
        Exception: Of any kind, where something is wrong.
    """
    inputs: int
    """How many inputs one attempt counts as."""


class FoundError(AssertionError):
    """An input that should not have done what it did."""


class TooSlowError(BaseException):
    """An input took longer than it may; nothing on the way may catch this."""


def run(kind: str, seed: int) -> int:
    """Try the input of a seed; how many inputs that were.

    Raises:
        FoundError: Something is wrong with it; the message has the smallest input that shows it.
    """
    base, edits = KINDS[kind].draw(Random(f"{kind} {seed}"))
    fault = fault_of(kind, base, edits)
    if fault is None:
        return KINDS[kind].inputs
    edits, fault = _shrunk(kind, base, edits, fault)
    shown = "\n".join(repr(each)[:_SHOWN] for each in edits)
    raise FoundError(
        f"{type(fault).__name__}: {fault}\nkind {kind}, seed {seed}; again with\n"
        f"tests.fuzzing.KINDS[{kind!r}].attempt({base}, edits), edits being\n{shown}"
    ) from fault


def fault_of(kind: str, base: int, edits: Edits) -> BaseException | None:
    """What an input brings up, if anything."""
    try:
        KINDS[kind].attempt(base, edits)
    except (Exception, TooSlowError) as fault:  # whatever it is, it is to be told
        return fault
    return None


def _shrunk(
    kind: str, base: int, edits: Edits, fault: BaseException
) -> tuple[Edits, BaseException]:
    """The smallest input found that brings up the same."""
    until, left = time.monotonic() + _PATIENCE, _ATTEMPTS
    is_smaller = True
    while is_smaller:
        is_smaller = False
        for smaller in _smaller(edits):
            left -= 1
            if left < 0 or time.monotonic() > until:
                return edits, fault
            other = fault_of(kind, base, smaller)
            if type(other) is type(fault):
                edits, fault, is_smaller = smaller, other, True
                break
    return edits, fault


def _smaller(edits: Edits) -> Iterator[Edits]:
    """Inputs with something left out, large pieces first."""
    size = len(edits) // 2
    while size:
        for at in range(0, len(edits), size):
            yield edits[:at] + edits[at + size :]
        size //= 2
    for at, edit in enumerate(edits):
        size = len(edit) // 2 if isinstance(edit, str) else 0
        while size:
            for start in range(0, len(str(edit)), size):
                shorter = str(edit)[:start] + str(edit)[start + size :]
                yield (*edits[:at], shorter, *edits[at + 1 :])
            size //= 2


@contextmanager
def _in_time() -> Iterator[None]:
    """What is done within may take so long, and no longer."""

    def stop(*_: object) -> None:
        raise TooSlowError(f"more than {LIMIT} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _expect(is_so: object, *details: object) -> None:
    """Fail with these details unless something is so."""
    if not is_so:
        raise FoundError(" ".join(map(str, details))[:_SHOWN])


def _same_when_read_back(answers: Answers) -> None:
    text = DecodedText(write_answers(answers), "utf-8", has_mark=False)
    back = read_answers(text, Path("答案.yaml"), open_library()).answers
    _expect(values(back) == values(answers), "read back otherwise:", text.text)
    _expect(back.acknowledged == answers.acknowledged, "acknowledged otherwise:", text.text)


# Lines typed into a conversation

_ODD = (
    *("\ud800", "\udcff", "\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b[31m"),
    *("\x7f", "\u2028"),
    *("\ue000", "\U0001f600", "e\u0301", "\uff10", "\u0660", "²", "Ⅳ", "㈠", "\r\n"),
    *("\n", "\t", "\x0b", "\u3000"),
)  # fmt: skip
_MARKS = tuple("，。；、：:;|?？!！/／%{}[]<>=+-*#'\"“”（）()~～&@\\^_`·—…")
_NUMBERS = (
    *("0", "3", "12", "１２件", "1.2万", "-3", "约12", "140余", "二十八", "1e9", "9" * 30),
    *("0.0000001", "1,234", "1，234", "12.", ".5", "3-1", "1/2", "50%", "百分之五", "1亿"),
    *("2017年", "2018年3月5日", "二〇一八年三月五日"),
)
_GLUE = (
    *("改成", "是", "和", "没有", "其中", "不是", "删行", "说明", "暂缺", "待核实", "跳到"),
    *("撤销", "与上年相同", "无", "其余为0", "共", "收到", "怎么填", "什么是", "1、2", "A", "b"),
    *("问", "今年", "去年", "填", "改", "同上", "都", "均"),
)


@cache
def _names(edition: str) -> tuple[str, ...]:
    """What the questions of a form are called."""
    questions = open_library().edition(edition).asked.values()
    return tuple(
        name
        for each in questions
        for name in (each.id, each.label, each.name, each.initials, *each.aliases)
        if name
    )


_EDITIONS = ("beijing-2014", "national-2021")
_STARTS = 24


@cache
def _start(number: int) -> Interview:
    """A conversation that has just begun, with some of the answers of a sample."""
    random = Random(number)
    source = load(SAMPLES / _NAMES[number % 2] / "answers.yaml", open_library()).answers
    share = random.choice([0, 0.05, 0.1, 0.2])
    given = {
        name: each for name, each in source.given.items()
        if name in ("body_name", "body_kind") or random.random() < share
    }  # fmt: skip
    answers = Answers(source.edition, source.year, given)
    return begin(answers, None, open_library().sentences, resumes=False).interview


def _draw_lines(random: Random) -> tuple[int, Edits]:
    base = random.randrange(_STARTS)
    names = _names(_EDITIONS[base % 2])
    fragments = (_NUMBERS, _MARKS, _ODD, _GLUE, names, NASTY, EVERY_COMMAND)
    whole = (
        *(NAMED, PASTES, OWN, CHOSEN, NASTY, EVERY_COMMAND, _NUMBERS, _NUMBERS),
        *TYPED.values(),
        *SHAPED.values(),
    )

    def line() -> str:
        chance = random.random()
        if chance < 0.15:
            return f"#{random.randrange(100)}"  # an answer to whatever question is on the screen
        if chance < 0.4:
            return str(random.choice(random.choice(whole)))
        if chance < 0.5:
            return (
                f"{random.choice(names)}{random.choice(('', ' ', '改成'))}{random.choice(_NUMBERS)}"
            )
        if chance < 0.58:
            return f"/跳到 {random.randrange(200)}"
        pieces = [str(random.choice(random.choice(fragments))) for _ in range(random.randint(1, 5))]
        made = random.choice(("", "", " ")).join(pieces)
        return made * random.randint(2, 4_000) if chance > 0.998 else made

    return base, tuple(line() for _ in range(LINES))


def _attempt_lines(base: int, edits: Edits) -> None:
    random = Random(base)
    now = _start(base)
    now = now.at_question(random.choice(now.answers.asked))
    for line in map(str, edits):
        place = re.fullmatch("#([0-9]+)", line)
        typed = line_for(now, int(place[1])) if place else line
        with _in_time():
            turn = handle_line(now, typed)
        _expect(turn.ui_request or turn.events, "nothing said to", repr(typed))
        if turn.interview.answers != now.answers:
            with _in_time():
                _same_when_read_back(turn.interview.answers)
            _prove_echoes(turn.events, turn.interview.answers)
        now = turn.interview


def _prove_echoes(events: tuple[Event, ...], answers: Answers) -> None:
    """What is echoed last of an answer is what stands there now."""
    echoes = {each.cell: each for each in events if each.kind == "echo" and each.cell}
    for name, event in echoes.items():
        label = answers.edition.name(name)
        if event.text == open_library().sentences.say("interview.cleared", name=label):
            _expect(name not in answers.given, "cleared and still there:", name)
            continue
        _expect(name in answers.given, "echoed and not there:", name, event)
        answer, question = answers.given[name], answers.edition.questions[name]
        if answer.state == "none":
            continue  # it is said in words of its own
        said = "\n".join((event.text, *event.below))
        last = Answer(answer.rows[-1:]) if answer.rows and answer.state == "given" else answer
        heard = format_answer(last, question).split("\n")[-1].strip()
        _expect(heard in said, "echoed otherwise:", name, heard, said)


# Changes to text and bytes

_YAML = (
    *("[", "]", "{", "}", "&a ", "*a", "!!python/object:x ", "- ", ": ", "? "),
    *("| \n", ">\n", "'", '"', "#", "---\n"),
    *("...\n", "%YAML 9\n", "\t", "<<: ", "0x1F", "~", "null", "yes", "1e400"),
    *(".nan", "2018-03-05", "\\x00", "\\u202e"),
)  # fmt: skip


def _edit_lines(text: str, random: Random) -> str:
    """Lines dropped, doubled, swapped, cut or joined."""
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    at, to = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case 3:
            lines[at] = lines[at][: random.randrange(len(lines[at]) + 1)]
        case _:
            lines[at] = " " * random.randrange(1, 9) + lines[at]
    return "".join(lines)


def _edit_characters(text: str, random: Random) -> str:
    """Something odd put in, or something written over."""
    at = random.randrange(len(text) + 1)
    odd = str(random.choice(random.choice((_YAML, _ODD, _MARKS, _NUMBERS, _GLUE, NASTY))))
    if random.random() < 0.003:
        odd *= 10_000
    return text[:at] + odd + text[at + random.choice((0, 0, 1, 5)) :]


def _edit_bytes(data: bytes, random: Random) -> bytes:
    """Bytes written over, cut off, or in another encoding."""
    at = random.randrange(len(data) + 1)
    match random.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + random.randbytes(random.randint(1, 4)) + data[at:]
        case 2:
            text = data.decode("utf-8", "replace")
            return text.encode(random.choice(("gb18030", "utf-16", "utf-8-sig")), "replace")
        case _:
            return data[:at] + random.randbytes(1) + data[at + 1 :]


def _edit_text(data: bytes, random: Random) -> bytes:
    """One change to a text of any kind."""
    if random.random() < 0.2:
        return _edit_bytes(data, random)
    edit = random.choice((_edit_lines, _edit_characters))
    text = data.decode("utf-8", "surrogateescape")
    return edit(text, random).encode(
        "utf-8", "surrogatepass" if random.random() < 0.5 else "replace"
    )


# Answer files


@cache
def _answer_lines(base: int) -> list[str]:
    return (
        (SAMPLES / _NAMES[base % 2] / "answers.yaml").read_text("utf-8").splitlines(keepends=True)
    )


def _draw_answers(random: Random) -> tuple[int, Edits]:
    edits = tuple(random.randrange(2**32) for _ in range(random.choice((1, 1, 2, 4))))
    return random.randrange(200), edits


def _attempt_answers(base: int, edits: Edits) -> None:
    random = Random(base)
    lines = _answer_lines(base)
    head = next(at for at, line in enumerate(lines) if line.startswith("answers:")) + 1
    kept = (
        sorted(random.sample(range(head, len(lines)), 6)) if base % 50 else range(head, len(lines))
    )
    data = "".join([*lines[:head], *(lines[at] for at in kept)]).encode()
    for edit in edits:
        data = _edit_text(data, Random(edit))
    path = Path("答案.yaml")
    with _in_time():
        try:
            reading = read_answers(decode(data, path), path, open_library())
        except AssistantError as fault:
            _expect(open_library().sentences.say(f"errors.{fault.code}", **fault.details), fault)
            return
        _expect(all(each.sentence for each in reading.findings), "a finding without words")
        _same_when_read_back(reading.answers)
        if base % 20 == 0:
            make_draft(reading, None, open_library().sentences)


# Documents


class _Written(NamedTuple):
    suffix: str
    data: bytes
    lines: list[Line]
    text: str
    numbers: list[tuple[int, int]]


@cache
def _drafted(name: str) -> Draft:
    reading = load(SAMPLES / name / "answers.yaml", open_library())
    return make_draft(reading, None, open_library().sentences)


@cache
def _written(suffix: str, name: str) -> _Written:
    """A document of a sample, with what it promises and where its numbers stand."""
    kind, draft = FORMATS[suffix], _drafted(name)
    data = kind.write(draft, OFFICE)
    surface = SURFACES[suffix](data)
    numbers = surface.numbers(re.compile("[0-9]+"))
    return _Written(suffix, data, kind.lines(draft, OFFICE), surface.text, numbers)


_SUFFIXES = (*TEXT * 6, "html", "html", "docx", "xlsx")
"""Those that are read quickly come more often."""
_FOLDER = TemporaryDirectory()


def _draw_documents(random: Random) -> tuple[int, Edits]:
    edits = tuple(random.randrange(2**32) for _ in range(random.choice((1, 1, 2, 3))))
    return random.randrange(32) + (32 if random.random() < 0.3 else 0), edits


def _attempt_documents(base: int, edits: Edits) -> None:
    """From 32 on one number is altered, and nothing else."""
    written = _written(_SUFFIXES[base // 2 % 16], _NAMES[base % 2])
    is_altered = base >= 2 * len(_SUFFIXES)
    start = 0
    if is_altered:
        text = written.text
        start, _ = Random(int(edits[0])).choice(written.numbers) if edits else (0, 0)
        made = f"{text[:start]}9{text[start:]}" if edits else text
        data = SURFACES[written.suffix](written.data).pack(made)
    else:
        data = written.data
        for edit in edits:
            is_plain = written.suffix in (*TEXT, "html")
            data = (_edit_text if is_plain else _edit_package)(data, Random(edit))
    path = Path(_FOLDER.name) / f"文稿.{written.suffix}"
    path.write_bytes(data)
    with _in_time():
        try:
            contents = FORMATS[written.suffix].read(path)
        except AssistantError as fault:
            _expect(open_library().sentences.say(f"errors.{fault.code}", **fault.details), fault)
            return
        comparison = compare(written.lines, contents.lines)
    if is_altered:
        _expect(comparison.differences or not edits, "a changed number agrees, at", start)


# Packages


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return stream.getvalue()


def _edit_package(data: bytes, random: Random) -> bytes:
    """One change to the bytes of a zip file, to its members, or to the XML in one."""
    if random.random() < 0.05:
        return _edit_bytes(data, random)
    try:
        parts = _parts(data)
    except Exception:  # it is broken already, in any of the ways that zip files break
        return data
    names = sorted(parts)
    likely = [
        name for name in names if "document.xml" in name or "sheet1" in name or "styles" in name
    ]
    name = random.choice(likely if likely and random.random() < 0.8 else names)
    chance = random.random()
    if chance < 0.02:
        del parts[name]
    elif chance < 0.04:
        parts[random.choice(("../x", "/x", "x/vbaProject.bin", name.upper()))] = parts[name]
    elif chance < 0.06:
        other = random.choice(names)
        parts[name], parts[other] = parts[other], parts[name]
    elif chance < 0.1:
        parts[name] = _edit_bytes(parts[name], random)
    else:
        parts[name] = _edit_xml(parts[name], random)
    return _packed(parts)


_ELEMENT = re.compile(rb"<[a-zA-Z][^<>]*?/>|<([a-zA-Z:]+)(?: [^<>]*)?>[^<>]*</\1>|<[^<>]+>")
_ATTRIBUTE = re.compile(rb'="([^"<>]*)"')
_WORDS = re.compile(rb"(?<=>)[^<>]+(?=<)")
_VALUES = (
    *("", "0", "1", "-1", "9", "true", "n", "s", "b", "e", "d", "str", "inlineStr"),
    *("A1", "ZZZ9999999", "A1:XFD1048576"),
    *("1e308", "99999999999", "hidden", "yyyy", "0%", "[h]:mm", ";;;", "0!.0,"),
    *("# ?/?", "0.00E+00", "x\u4e2d"),
)  # fmt: skip
_HOSTILE = (
    b'<!DOCTYPE x [<!ENTITY a "b">]>',
    b"&a;",
    b"&#0;",
    b"<x>",
    b"</x>",
    b"<![CDATA[",
    b"<!--",
    b"<?x?>",
)


def _edit_xml(data: bytes, random: Random) -> bytes:
    """Elements dropped, doubled or moved; attributes and words changed; what is hostile put in."""
    chance = random.random()
    if chance < 0.05:
        at = random.randrange(len(data) + 1)
        return data[:at] + random.choice(_HOSTILE) + data[at:]
    pattern = _ELEMENT if chance < 0.45 else _ATTRIBUTE if chance < 0.8 else _WORDS
    match = _some_match(pattern, data, random)
    if match is None:
        return data
    start, end = match.span(1) if pattern is _ATTRIBUTE else match.span()
    if pattern is not _ELEMENT:
        pool = _VALUES if chance < 0.8 or random.random() < 0.3 else (*_NUMBERS, *_GLUE, *NASTY)
        text = str(random.choice(pool))
        safe = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return data[:start] + safe.encode("utf-8", "replace") + data[end:]
    if chance < 0.2:
        return data[:start] + data[end:]
    if chance < 0.3:
        return data[:end] + data[start:end] + data[end:]
    other = _some_match(_ELEMENT, data, random)
    at = other.start() if other else 0
    return data[:at] + data[start:end] + data[at:]


def _some_match(pattern: re.Pattern[bytes], data: bytes, random: Random) -> re.Match[bytes] | None:
    """One of the matches behind a place anywhere."""
    return pattern.search(data, random.randrange(len(data) + 1)) or pattern.search(data)


# Collection sheets

_ROWS = re.compile(rb"<row [^>]*>.*?</row>", re.DOTALL)
_FORMATS = ("General", "0", "#,##0", "yyyy-m-d", "0%", "h:mm", '0"件"', ";;;")


@cache
def _filled(base: int) -> bytes:
    """A filled sheet of a form with some of its rows, so that it is read quickly."""
    from openpyxl import load_workbook

    random = Random(base)
    edition = open_library().edition(_EDITIONS[base % 2])
    book = load_workbook(io.BytesIO(write_blank(edition, edition.years.first, open_library())))
    for sheet in book.worksheets:
        names = [row[0].value for row in sheet.iter_rows(min_row=7)]
        kept = {at for at in range(len(names)) if random.random() < 12 / len(names)}
        for at, name in enumerate(names):
            question = edition.questions.get(str(name))
            if at in kept and question is not None:
                cell = sheet.cell(7 + at, 4 if question.kind in IN_CELLS else 3)
                text = random.choice([*TYPED[question.kind], *_NUMBERS])
                is_number = text.isdecimal() and random.random() < 0.7
                cell.value = int(text) if is_number else text
                cell.data_type = "n" if is_number else "s"
                cell.number_format = random.choice(_FORMATS) if is_number else "@"
        for at in reversed(range(len(names))):
            if at not in kept:
                sheet.delete_rows(7 + at)
        sheet.merged_cells.ranges.clear()
    stream = io.BytesIO()
    book.save(stream)
    return _packed(_parts(stream.getvalue()))


def _draw_sheets(random: Random) -> tuple[int, Edits]:
    edits = tuple(random.randrange(2**32) for _ in range(random.choice((1, 2, 3, 6))))
    return random.randrange(2), edits


def _attempt_sheets(base: int, edits: Edits) -> None:
    data = _filled(base)
    for edit in edits:
        data = _edit_package(data, Random(edit))
    path = Path(_FOLDER.name) / "填报表.xlsx"
    path.write_bytes(data)
    with _in_time():
        try:
            gathered = gather([path], None, open_library())
        except AssistantError as fault:
            _expect(open_library().sentences.say(f"errors.{fault.code}", **fault.details), fault)
            return
        for trouble in gathered.troubles:
            said = open_library().sentences.say(
                f"form.trouble_{trouble.fault}", label="", typed=trouble.typed, reason=""
            )
            _expect(said, trouble)
        answers = resolve(gathered)
        _same_when_read_back(answers)
    _expect(answers.given.keys() == gathered.entered.keys(), "taken otherwise than entered")


KINDS = {
    "lines": Kind(_draw_lines, _attempt_lines, LINES),
    "answers": Kind(_draw_answers, _attempt_answers, 1),
    "documents": Kind(_draw_documents, _attempt_documents, 1),
    "sheets": Kind(_draw_sheets, _attempt_sheets, 1),
}
