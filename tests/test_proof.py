"""A document against its answers: every altered number is found and named, nothing else is."""

import dataclasses
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Answers
from assistant.export.formats import FORMATS, Line
from assistant.export.proof import VerificationError, prove_document
from assistant.export.verify import Comparison, compare
from assistant.report import Report, Span, make_report
from tests import tables
from tests.drafts import OFFICE, drafted
from tests.strategies import EDITIONS, WHOLE_FILES, answers
from tests.surfaces import NARRATED, SURFACES, TEXT, Surface

MUTANTS = int(os.environ.get("NIANBAO_MUTANTS", "80"))
"""Numbers altered in each format, in reports of arbitrary answers."""
AT_ONCE = 4
"""Of one report."""
law = settings(WHOLE_FILES, max_examples=max(1, MUTANTS // AT_ONCE // 2))
every_format = pytest.mark.parametrize("suffix", list(FORMATS))
every_narrated_format = pytest.mark.parametrize("suffix", NARRATED)
every_text_format = pytest.mark.parametrize("suffix", TEXT)

Trial = TypeVar("Trial")

NUMBER = re.compile(
    r"[0-9]+|[一二两三四五六七八九十]+(?=个方面)|(?<=第)[一二三四五六七八九十]+(?=条)"
)
NUMERALS = ["一", "两", "三", "十", "三十", "三十三", "四十二", ""]
NAMED = ("figure", "contact", "legal")


def some(trials: Iterable[Trial], suffix: str) -> list[Trial]:
    """All trials of a format that is read in no time, and in a campaign; else every eighth."""
    is_slow = suffix not in TEXT and "NIANBAO_MUTANTS" not in os.environ
    return list(trials)[:: 8 if is_slow else 1]


class Place(NamedTuple):
    """A number of a document, and the span it was printed from."""

    start: int
    end: int
    span: Span
    text: str
    is_whole: bool
    """The number stands in one span; two facts may run into each other."""
    is_decimal: bool
    """The digits behind a decimal point."""


class Document:
    """A written report that can be altered and compared."""

    def __init__(self, report: Report, suffix: str, folder: Path) -> None:
        self.report = report
        self.draft = drafted(report)
        self.kind = FORMATS[suffix]
        self.lines = self.kind.lines(self.draft, OFFICE)
        self.surface = SURFACES[suffix](self.kind.write(self.draft, OFFICE))
        self.text = self.surface.text
        self.path = folder / f"x.{suffix}"
        self.places = list(self._places())

    def compare(self, text: str) -> Comparison:
        return self.compare_bytes(self.surface.pack(text))

    def compare_bytes(self, data: bytes) -> Comparison:
        self.path.unlink(missing_ok=True)  # to write over a file waits for the disk
        self.path.write_bytes(data)
        return compare(self.lines, self.kind.read(self.path).lines)

    def replaced(self, place: Place, other: str) -> str:
        return self.text[: place.start] + other + self.text[place.end :]

    def _places(self) -> Iterator[Place]:
        """The numbers of lines and file are the same ones in the same order."""
        written = self.surface.numbers(NUMBER)
        spans = [
            (match, line, line.text) for line in self.lines for match in NUMBER.finditer(line.text)
        ]
        assert [self.text[slice(*place)] for place in written] == [each[0][0] for each in spans]
        for place, (match, line, text) in zip(written, spans, strict=True):
            owners = [span for span, at in _ends(line) if at > match.start()]
            last = [span for span, at in _ends(line) if at >= match.end()]
            is_decimal = re.search(r"[0-9]\.$", text[: match.start()]) is not None
            yield Place(*place, owners[0], match[0], owners[0] is last[0], is_decimal)


def _ends(line) -> Iterator[tuple[Span, int]]:
    position = 0
    for span in line.spans:
        position += len(span.text)
        yield span, position


def mutants(number: str) -> set[str]:
    """Every number one slip away: a digit changed, dropped, doubled, two swapped, all gone."""
    if not number.isdecimal():
        return set(NUMERALS) - {number}
    made = {""}
    for at, digit in enumerate(number):
        before, after = number[:at], number[at + 1 :]
        made |= {before + other + after for other in (str((int(digit) + 1) % 10), "", digit * 2)}
        made.add(before + after[:1] + digit + after[1:])
    return made - {number}


def is_altered(document: Document, place: Place, other: str) -> bool:
    """0.50 for 0.5 is written otherwise and says the same; so does 03 in a cell of Excel."""
    cell = re.compile(r"(?<=<v>)[^<]*")
    start = document.text.rfind("<", 0, place.start) + len("<v>")
    if document.kind is FORMATS["xlsx"] and document.text[start - 3 : start] == "<v>":
        words = (
            cell.match(text, start)[0] for text in (document.text, document.replaced(place, other))
        )
        before, after = (word and Decimal(word) for word in words)
        return before != after
    if not place.is_decimal:
        return True
    return Decimal(f"0.{place.text}") != Decimal(f"0.{other}")


def fault_of(document: Document, place: Place, other: str) -> str:
    """What is wrong with the verdict on one altered number; empty when it is right."""
    found = document.compare(document.replaced(place, other)).differences
    if not found:
        return f"{place.span}: {place.text} -> {other!r} not found"
    names = {(each.cell, each.kind) for each in found if each.verdict != "unknown"}
    wanted = {(place.span.id, place.span.kind)}
    if place.is_whole and place.span.kind in NAMED and names != wanted:
        return f"{place.span}: {place.text} -> {other!r} named {names}"
    return ""


@pytest.fixture
def township(sample) -> Answers:
    return sample("township-2017-as-published")


@pytest.fixture
def written(sentences, township, tmp_path):
    """The township's document with some answers changed."""

    def write(suffix: str = "txt", **values: Any) -> Document:
        given = {**township.given, **{name: Answer(value) for name, value in values.items()}}
        now = dataclasses.replace(township, given=given)
        return Document(make_report(now, None, sentences, is_draft=False), suffix, tmp_path)

    return write


@pytest.fixture(scope="module")
def found() -> Iterator[Counter[str]]:
    """How many altered numbers were found and named, by format; said at the end with -s."""
    counts: Counter[str] = Counter()
    yield counts
    print("\nmutants found and named:", dict(counts))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("proof")


@every_format
def test_an_untouched_document_agrees_number_by_number(written, suffix):
    document = written(suffix)
    comparison = document.compare(document.text)
    assert comparison.differences == ()
    assert len(comparison.rewordings) == 0
    # dates are several numbers, and the phone number is two
    assert comparison.agreed == len(document.places)


@every_format
def test_every_altered_number_of_the_township_is_found_and_named(written, suffix):
    document = written(suffix)
    kinds = {place.span.kind for place in document.places}
    told = {"figure", "contact", "legal", "form"}
    assert kinds >= (told if suffix in NARRATED else {"figure", "form"})
    trials = [(place, other) for place in document.places for other in mutants(place.text)]
    trials = [trial for trial in trials if is_altered(document, *trial)]
    assert len(trials) > 200
    faults = [fault for trial in some(trials, suffix) if (fault := fault_of(document, *trial))]
    assert faults == []


@every_format
def test_two_cells_exchanged_are_both_found(written, township, suffix):
    document = written(suffix)
    figures = [place for place in document.places if place.span.kind == "figure"]
    cells = figures[-len(township.edition.indicators) :]
    full = [place for place in cells if place.text != "0"]
    pairs = [
        sorted((one, other), key=lambda place: place.start)
        for at, one in enumerate(full)
        for other in cells[at % 4 :: 4]
        if one.text != other.text
    ]
    assert len(pairs) > 200
    for one, other in some(pairs, suffix):
        text = (
            document.text[: one.start]
            + other.text
            + document.text[one.end : other.start]
            + one.text
            + document.text[other.end :]
        )
        names = {each.cell for each in document.compare(text).differences}
        assert names == {one.span.id, other.span.id}


def beside_others(report: Report) -> frozenset[str]:
    """Cells of rows of several numbers: without borders, who knows which of them is gone."""
    rows = (row for table in report.tables for row in table.rows if len(row.cells) > 1)
    return frozenset(cell.id for row in rows for cell in row.cells)


CHOICES = st.lists(
    st.tuples(st.integers(0, 999), st.integers(0, 99)), min_size=AT_ONCE, max_size=AT_ONCE
)
"""Which number to alter, and which of its mutants to take."""


@pytest.mark.parametrize("complete", [True, False], ids=["complete", "incomplete"])
@law
@given(data=st.data())
def test_any_altered_number_of_any_report_is_found_and_named(
    sentences, folder, found, complete, data
):
    edition = data.draw(st.sampled_from(EDITIONS), label="edition")
    now = data.draw(answers(edition, complete=complete))
    before = data.draw(st.none() | answers(edition, complete=complete))
    choices = data.draw(CHOICES)
    report = make_report(now, before, sentences, is_draft=not complete)
    for suffix in FORMATS:
        document = Document(report, suffix, folder)
        clean = document.compare(document.text)
        assert (clean.differences, len(clean.rewordings)) == ((), 0)
        unbordered = beside_others(report) if suffix == "txt" else frozenset()
        for which, how in choices:
            place = document.places[which % len(document.places)]
            options = [
                other
                for other in sorted(mutants(place.text))
                if is_altered(document, place, other) and (other or place.span.id not in unbordered)
            ]
            assert fault_of(document, place, options[how % len(options)]) == ""
            found[suffix] += 1


@every_narrated_format
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("收到政府信息公开申请3件", "收到政府信息公开申请３件"),
        ("收到政府信息公开申请3件", "收到政府信息公开申请三件"),
        ("主动公开政府信息1234条", "主动公开政府信息1,234条"),
        ("主动公开政府信息1234条", "主动公开政府信息１２３４条"),
        ("主动公开政府信息1234条", "主动公开政府信息一千二百三十四条"),
        ("专项经费为1.5万元", "专项经费为15000元"),
        ("第三十一条", "第31条"),
        ("两个方面", "2个方面"),
    ],
)
def test_an_equal_number_in_another_script_agrees(written, suffix, old, new):
    document = written(suffix, active_total=1234, funding=Decimal("1.5"))
    assert document.text.count(old) == 1
    clean = document.compare(document.text)
    comparison = document.compare(document.text.replace(old, new))
    assert comparison.differences == ()
    assert comparison.agreed == clean.agreed


@every_narrated_format
@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ("主动公开政府信息1234条", "主动公开政府信息1200余条", "active_total"),
        ("主动公开政府信息1234条", "主动公开政府信息约1234条", "active_total"),
        ("专项经费为1.5万元", "专项经费为1.5元", "funding"),
        ("电话：010-", "电话：10-", "contact_phone"),
        ("邮政编码：100000", "邮政编码：0100000", "contact_postcode"),
    ],
)
def test_a_number_made_vague_rescaled_or_padded_is_changed(written, suffix, old, new, cell):
    document = written(suffix, active_total=1234, funding=Decimal("1.5"))
    assert document.text.count(old) == 1
    found = document.compare(document.text.replace(old, new)).differences
    assert [(each.verdict, each.cell) for each in found] == [("changed", cell)]


def test_a_share_of_nothing_that_lost_its_first_digit_is_changed():
    line = Line((Span("plain", "占"), Span("figure", "0.0", "x.share"), Span("plain", "%。")))
    found = compare([line], ["占.0%。"]).differences
    assert [(each.verdict, each.cell) for each in found] == [("changed", "x.share")]
    assert compare([line], ["占0.0%。"]).differences == ()


def sentences_of(document: Document) -> list[str]:
    """The paragraphs of the narrative, each as the file has it, the signature left out."""
    return document.surface.atoms()[: len(document.report.blocks) - 2]


@every_narrated_format
def test_a_paragraph_moved_elsewhere_still_agrees(written, suffix):
    document = written(suffix)
    clean = document.compare(document.text)
    atoms = document.surface.atoms()
    for at, piece in enumerate(sentences_of(document)):
        others = atoms[:at] + atoms[at + 1 :]
        for to in (0, len(others) // 2, len(others) - 4):
            moved = document.surface.with_atoms([*others[:to], piece, *others[to:]])
            assert document.compare(moved) == clean, piece


@every_narrated_format
def test_every_deleted_paragraph_leaves_its_numbers_missing(written, suffix):
    document = written(suffix)
    surface, atoms = document.surface, document.surface.atoms()
    for at, piece in enumerate(sentences_of(document)):
        start = document.text.index(piece)
        end = start + len(piece)
        inside = [place.span for place in document.places if start <= place.start < end]
        comparison = document.compare(surface.with_atoms(atoms[:at] + atoms[at + 1 :]))
        numbers = [each for each in comparison.differences if each.verdict == "missing"]
        in_words = [each for each in comparison.differences if each.verdict != "missing"]
        assert all(each.kind in ("whole", "contact") and each.old in piece for each in in_words)
        found = [(each.cell, each.kind) for each in numbers]
        assert sorted(found) == sorted((span.id, span.kind) for span in inside), piece
        silent = [
            line for line in piece.split(surface.BREAK) if not NUMBER.search(surface.seen(line))
        ]
        assert len(comparison.rewordings) == len(silent)


@every_narrated_format
@pytest.mark.parametrize(
    "sentence",
    ["另收到申请7件。", "全年共走访群众1,500人次。", "组织活动三场。", "完成率为98.5%。"],
)
@pytest.mark.parametrize("where", ["inside", "before", "paragraph"])
def test_an_inserted_sentence_with_a_number_is_of_unknown_origin(written, suffix, sentence, where):
    document = written(suffix)
    clean = document.compare(document.text)
    anchor = "办结申请3件"
    assert document.text.count(anchor) == 1
    head, tail = document.text.split(anchor)
    text = {
        "inside": f"{head}{anchor}；{sentence[:-1]}{tail}",
        "before": f"{head}{sentence}{anchor}{tail}",
        "paragraph": document.surface.added(sentence),
    }[where]
    comparison = document.compare(text)
    assert [each.verdict for each in comparison.differences] == ["unknown"]
    assert comparison.agreed == clean.agreed
    assert comparison.differences[0].new in sentence


@every_narrated_format
def test_rewording_without_numbers_is_counted_and_is_no_difference(written, suffix):
    document = written(suffix)
    clean = document.compare(document.text)
    text = document.text.replace("供公众查阅", "方便公众随时查阅").replace(
        "由办公室当场说明申请的办法", "由办公室当场讲清申请的办法"
    )
    comparison = document.compare(text)
    assert (comparison.agreed, len(comparison.rewordings)) == (clean.agreed, 2)
    assert comparison.differences == ()


@every_narrated_format
def test_a_changed_number_in_a_reworded_sentence_is_found(written, suffix):
    document = written(suffix)
    text = document.text.replace("收到政府信息公开申请3件", "共收到群众提出的政府信息公开申请8件")
    found = document.compare(text).differences
    assert [(each.verdict, each.cell, each.new) for each in found] == [
        ("changed", "received_total", "8件")
    ]


@every_text_format
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_a_document_saved_in_another_encoding_agrees(written, suffix, encoding):
    document = written(suffix)
    comparison = document.compare_bytes(document.text.encode(encoding))
    assert comparison == document.compare(document.text)


@every_text_format
@pytest.mark.parametrize("text", ["", "\n", "与本报告无关的一段话。\n" * 50, "1 2 3\n" * 400])
def test_another_document_altogether_misses_every_number(written, suffix, text):
    document = written(suffix)
    comparison = document.compare(text)
    lost = [each for each in comparison.differences if each.verdict == "missing" or each.new]
    lost = [each for each in lost if each.verdict != "unknown"]
    assert comparison.agreed + len(lost) == len(document.places)
    assert comparison.agreed <= len(re.findall(r"[0-9]", text))


def _altered(surface: Surface) -> Iterator[str]:
    atoms = surface.atoms()
    for at, atom in enumerate(atoms):
        yield surface.with_atoms([*atoms[:at], *atoms[at + 1 :]])
        yield surface.with_atoms([*atoms[:at], f"{atom}{surface.BETWEEN}{atom}", *atoms[at + 1 :]])
        end = surface.seen(atom).strip()[-1]
        yield surface.with_atoms([*atoms[:at], "改".join(atom.rsplit(end, 1)), *atoms[at + 1 :]])


@every_format
def test_a_document_that_is_not_its_report_line_for_line_is_disproved(written, suffix):
    document = written(suffix)
    document.compare(document.text)
    prove_document(document.draft, OFFICE, document.path, suffix)
    for text in some(_altered(document.surface), suffix):
        document.path.write_bytes(document.surface.pack(text))
        with pytest.raises(VerificationError):
            prove_document(document.draft, OFFICE, document.path, suffix)


@every_format
def test_an_altered_cell_of_a_table_of_any_make_is_found_and_named(
    sentences, township, tmp_path, suffix
):
    report = make_report(township, None, sentences, is_draft=False)
    values = [str(97 + 13 * at) for at in range(60)]
    document = Document(tables.in_the_midst(report, values), suffix, tmp_path)
    names = ("wide.", "bare.", "block.")
    places = [place for place in document.places if place.span.id.startswith(names)]
    assert len(places) > 50
    trials = [
        (place, other)
        for place in places
        for other in sorted(mutants(place.text))[:3]
        # plain text has no borders: who knows which number of several is gone
        if (other or suffix != "txt") and is_altered(document, place, other)
    ]
    faults = [fault for trial in some(trials, suffix) if (fault := fault_of(document, *trial))]
    assert faults == []
