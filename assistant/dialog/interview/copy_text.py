"""The report as clean text for another editor: the narrative, a section, a passage, the tables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.dialog.interview.disambiguate import disambiguate
from assistant.dialog.interview.navigation import note, shows
from assistant.dialog.interview.state import Interview, Turn
from assistant.intents import Command, is_free_text
from assistant.intents.question_index import bare, names_of, unnumbered
from assistant.report import Block, BlockKind, Report, Table, printed_grid

_LEVELS: Mapping[BlockKind, int] = {"heading": 1, "signature": 1, "subheading": 2}
"""What ends the text below a heading: another one of its level, or of a higher one."""


class _Excerpt(NamedTuple):
    """A part of the report that has a name."""

    name: str
    parts: Sequence[Block | Table]


def copy(interview: Interview, words: str) -> Turn:
    """Hand the front end what is named as text for the clipboard; without a name, the narrative.

    Paragraphs stand without indent and marks, the cells of tables behind tabulators. What has no
    answer yet stands as in the documents and is counted.
    """
    found = list(_find(interview, words))
    if not found:
        return shows(interview, note(interview, "copy_what", words=words))
    if len(found) > 1:
        return disambiguate(interview, [Command("copy", each.name) for each in found], words)
    name, parts = found[0]
    text = "\n".join(line for part in parts for line in _lines(part))
    if not text:
        return shows(interview, note(interview, "nothing_to_copy", name=name))
    gaps = sum(span.kind == "gap" for part in parts for span in part.spans)
    slash = "/" if is_free_text(interview.question) else ""
    count, is_whole = len("".join(text.split())), name in _words(interview, "all")
    said = note(interview, "copied", name=name, count=count, gaps=gaps,
                is_whole=is_whole, slash=slash)  # fmt: skip
    return Turn(interview, (said,), "copy", argument=text)


def _find(interview: Interview, words: str) -> Iterator[_Excerpt]:
    """What some words name: one thing that is called so, else all whose name has them."""
    report = interview.report
    for code, parts in (("all", report.blocks), ("tables", report.tables)):
        called = _words(interview, code)
        if words in called or (not words and code == "all"):
            yield _Excerpt(called[0], parts)
            return
    said = bare(words.removeprefix("第").removesuffix("部分"))
    headings = {each: _names(each) for each in report.blocks if each.kind.endswith("heading")}
    named = [each for each, names in headings.items() if said in names]
    passages = () if named else names_of(interview.edition).passages_called(words)
    for passage in passages:
        beside = [each for each in report.blocks if each.passage == passage.id]
        yield _Excerpt(passage.label, beside)
    within = () if passages else [each for each in headings if said and said in bare(each.text)]
    for heading in named or within:
        yield _Excerpt(heading.text, list(_below(report, heading)))


def _words(interview: Interview, code: str) -> Sequence[str]:
    """What everything of a kind is called, the first word for us to say."""
    return interview.say(f"copy_{code}").split()


def _names(heading: Block) -> Sequence[str]:
    """What a heading is called: with and without its number; that of a section alone as well."""
    title = unnumbered(heading.text)
    number = heading.text.removesuffix(title) if heading.kind == "heading" else title
    return [*map(bare, (heading.text, title, number))]


def _below(report: Report, heading: Block) -> Iterator[Block | Table]:
    """A heading with the paragraphs and tables up to the next one that is no lower."""
    yield heading
    for part in report.parts[report.parts.index(heading) + 1 :]:
        is_annex = isinstance(part, Table) and part.is_annex
        level = _LEVELS.get(part.kind) if isinstance(part, Block) else None
        if is_annex or (level and level <= _LEVELS[heading.kind]):
            return
        yield part


def _lines(part: Block | Table) -> Iterator[str]:
    """A paragraph, or the rows of a table with a tabulator before each column but the first."""
    if isinstance(part, Block):
        yield part.text
        return
    yield from ("".join(span.text for span in spans) for _, spans in part.above())
    for cells in printed_grid(part).all_rows:
        texts = {cell.column: cell.span.text for cell in cells}
        yield "\t".join(texts.get(column, "") for column in range(max(texts) + 1))
