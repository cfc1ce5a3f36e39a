"""Laws of lines that name questions, typed or pasted: none changes an answer it does not name."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.form.model import Edition, Fact, Heading, Indicator, Question
from assistant.intents import Answered, Intent, Pasted, QuestionIndex, Reply, Unclear, names_of
from assistant.intents.question_index import bare
from tests.data.drawn_lines import (
    SHELF,
    drawn,
    every_edition,
    every_list,
    lines,
    owners,
    places,
    questions_in,
    read,
    short_places,
    sole_names,
    spoken,
)


@every_edition
def test_every_question_is_found_by_its_id(edition_id: str) -> None:
    names = names_of(SHELF.edition(edition_id))
    for name in names.edition.asked:
        assert names.find(name) == (name,)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("行政规范性文件制发", "行政规范性文件·本年制发件数"),
        ("自然人新收", "新收政府信息公开申请·自然人"),
        ("新收自然人", "新收政府信息公开申请·自然人"),
        ("企业予以公开", "予以公开·商业企业"),
    ],
)
def test_a_question_is_found_by_two_pieces_of_its_name(words: str, name: str) -> None:
    edition = SHELF.edition("national-2021")
    assert [edition.name(each) for each in names_of(edition).find(words)] == [name]


@every_edition
def test_the_examples_of_the_sentences_are_understood(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    sentences = Path("prompts_templates/wording.yaml").read_text("utf-8")
    for line in set(re.findall("“((?:跳到|改) [^”]+)”", sentences)):
        word, _, rest = line.partition(" ")
        name = rest.rpartition(" ")[0] if word == "改" else rest
        is_rule = any(check.code == name for check in edition.checks)
        assert is_rule or "名称" in name or "{{" in name or names_of(edition).find(name), line


def changes(name: str, value: str) -> list[str]:
    return [f"{name}改成{value}", f"{name}{value}", f"把{name}改为{value}。", f"改 {name} {value}"]


@every_edition
def test_named_question_is_changed_and_no_other(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    names = names_of(edition)
    askable = [asked for asked in short_places(edition) if asked]
    for number, (text, name) in enumerate(spoken(edition)):
        alike = owners(edition)[bare(text)]
        for asked in askable[number % 3 :: 3]:
            line = changes(text, "7")[number % 4]
            intent = read(line, asked, edition)
            own = Answered(((name, "7"),))
            if intent != own and isinstance(intent, Unclear):
                assert own in intent.readings, (line, asked.id)
            elif intent != own and intent != Reply(line):
                _assert_nearest(intent, alike - {name}, asked, names)
            if intent == Reply(line):
                assert not isinstance(edition.questions[name], Indicator), (line, asked.id)


def _assert_nearest(intent: Intent, alike: set[str], asked: Question, names: QuestionIndex) -> None:
    """Of questions with one name the one in the part on the screen is meant."""
    assert isinstance(intent, Answered), (intent, asked.id)
    [(name, _)] = intent.entries
    assert name in alike, (intent, asked.id)
    assert names.part_of(name) == names.part_of(asked.id)


@every_edition
@settings(max_examples=200)
@given(data=st.data())
def test_several_named_numbers_go_each_to_its_own(edition_id: str, data: st.DataObject) -> None:
    edition = SHELF.edition(edition_id)
    chosen = data.draw(
        st.lists(
            st.sampled_from(sole_names(edition)),
            min_size=1,
            max_size=5,
            unique_by=lambda each: each[1],
        )
    )
    values = st.sampled_from(
        ["3", "12", "1,234", "二", "二十", "百二十", "3件", "2个", "没有", "暂缺"]
    )
    verbs = st.sampled_from(["", "", "有", "是", "共", "："])
    between = data.draw(st.sampled_from(["", "，", "、", " ", "；", "\n"]))
    given_to = {name: data.draw(values) for _, name in chosen}
    line = between.join(f"{text}{data.draw(verbs)}{given_to[name]}" for text, name in chosen)
    intent = read(line, drawn(data, short_places(edition)), edition)
    order = list(edition.asked)
    entries = tuple(sorted(given_to.items(), key=lambda entry: order.index(entry[0])))
    assert intent == Answered(entries), line


def form(edition: Edition, part: str, separator: str, *, is_numbered: bool) -> tuple[str, dict]:
    """A part of the form as copied, every cell with a number of its own."""
    names = names_of(edition)
    copied, cells = [], {}
    for number, row in enumerate(edition.rows, start=100):
        if part and names.part_of(row.id) != part:
            continue
        label = row.printed_label if is_numbered else row.label
        if isinstance(row, Heading):
            copied.append(label)
            continue
        cells[row.id] = str(number)
        copied.append(separator.join((label, row.unit, str(number))))
    return "\n".join(copied), cells


@every_list
@pytest.mark.parametrize("separator", ["\t", "  ", " | "])
@pytest.mark.parametrize("is_numbered", [True, False])
def test_copied_form_goes_cell_by_cell_to_its_questions(
    edition_id: str, separator: str, is_numbered: bool
) -> None:
    edition = SHELF.edition(edition_id)
    names = names_of(edition)
    parts = dict.fromkeys(names.part_of(row.id) for row in edition.rows)
    for part in ("", *parts):
        text, cells = form(edition, part, separator, is_numbered=is_numbered)
        if "\n" in text or separator == "\t":
            first = next(iter(cells))
            assert read(text, edition.questions[first], edition) == Pasted(
                tuple(cells.items()), (), ()
            )


@every_edition
def test_copied_row_goes_to_its_question_or_is_left_over(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    names = names_of(edition)
    for row in edition.indicators:
        line = f"{row.printed_label}\t{row.unit}\t7"
        alike = names.exact[bare(row.printed_label)]
        for asked in short_places(edition):
            if isinstance(asked, Fact) and asked.kind == "list":
                continue  # a row with tabs is a row of the list
            own = Pasted(((row.id, "7"),), (), ())
            if len(alike) == 1 or asked == row:
                assert read(line, asked, edition) == own
                continue
            intent = read(line, asked, edition)
            assert isinstance(intent, Pasted)
            here = names.part_of(asked.id) if asked else ""
            assert all(names.part_of(name) == here for name in questions_in(intent))


@every_edition
def test_copied_column_goes_on_from_the_question_asked(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    cells = edition.indicators
    for place, asked in enumerate(cells):
        rest = [cell.id for cell in cells[place:]]
        values = [str(number) for number, _ in enumerate(rest, start=7)]
        if len(rest) > 1:
            pasted = read("\n".join(values), asked, edition)
            assert pasted == Pasted(tuple(zip(rest, values, strict=True)), (), ())


@every_edition
@settings(max_examples=300)
@given(data=st.data())
def test_nothing_pasted_disappears(edition_id: str, data: st.DataObject) -> None:
    edition = SHELF.edition(edition_id)
    labels = st.one_of(
        lines(edition), st.sampled_from([row.label for row in edition.rows_by_id.values()])
    )
    rows = data.draw(st.lists(labels.map(lambda text: " ".join(text.split())), max_size=6))
    values = [str(number) for number, _ in enumerate(rows, start=1001)]
    text = "\n".join(f"{row}\t{value}" for row, value in zip(rows, values, strict=True))
    intent = read(text, drawn(data, places(edition)), edition)
    if isinstance(intent, Pasted):
        texts = [*dict(intent.entries).values(), *(each.line for each in intent.left_over)]
        assert all(any(value in each for each in texts) for value in values)
        named = [*dict(intent.entries), *intent.blank]
        assert len(named) == len(set(named)) == len(intent.entries) + len(intent.blank)


def column_of(edition: Edition, heading: str) -> list[str]:
    """The figures of the printed form from top to bottom, with what its headings hold."""
    return [heading if isinstance(row, Heading) else str(at) for at, row in enumerate(edition.rows)]


@pytest.mark.parametrize("heading", ["", "0", "-"])
@pytest.mark.parametrize("edition_id", ["beijing-2014", "national-2014"])
def test_a_column_with_the_lines_of_headings_goes_row_by_row(edition_id: str, heading: str) -> None:
    edition = SHELF.edition(edition_id)
    figures = column_of(edition, heading)
    wanted = [
        (row.id, str(at)) for at, row in enumerate(edition.rows) if isinstance(row, Indicator)
    ]
    pasted = read("\n".join(figures), edition.indicators[0], edition)
    assert pasted == Pasted(tuple(wanted), (), ())


def test_a_column_that_fits_neither_way_is_not_taken() -> None:
    edition = SHELF.edition("beijing-2014")
    blanks_gone = [cell for cell in column_of(edition, "") if cell]
    for odd in ([*blanks_gone, "0", "0"], blanks_gone[:40]):
        pasted = read("\n".join(odd), edition.indicators[0], edition)
        assert isinstance(pasted, Pasted)
        assert not pasted.entries
        assert [each.line for each in pasted.left_over] == odd
        assert pasted.crossed
