"""Laws of reading a line, for every edition of the library: answers, commands, anything."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, format_answer
from assistant.intents import Answered, Blank, Command, Reply, Unclear, is_free_text
from assistant.intents.line import read_typed
from assistant.values import Refusal
from tests import strategies
from tests.data.drawn_lines import (
    COMMAND_WORDS,
    SHELF,
    WORDS,
    drawn,
    every_edition,
    lines,
    options_of,
    places,
    questions_in,
    read,
)


@every_edition
@settings(max_examples=400)
@given(data=st.data())
def test_any_line_has_one_reading_and_always_the_same(edition_id: str, data: st.DataObject) -> None:
    edition = SHELF.edition(edition_id)
    line = data.draw(lines(edition))
    asked = drawn(data, places(edition))
    is_reason = data.draw(st.booleans())
    intent = read(line, asked, edition, is_reason=is_reason)
    assert read(line, asked, edition, is_reason=is_reason) == intent
    assert questions_in(intent) <= set(edition.questions)
    assert isinstance(intent, Blank) == (not line.strip())
    if isinstance(intent, Unclear):
        assert 2 <= len(intent.readings) == len({(type(each), each) for each in intent.readings})
        assert not any(isinstance(each, Unclear) for each in intent.readings)
    if isinstance(intent, Answered):
        assert intent.entries
        assert all(text.strip() for _, text in intent.entries)
    if isinstance(intent, Reply):
        assert intent.text in line or intent.text == "没有"


@every_edition
@settings(max_examples=300)
@given(data=st.data())
def test_only_a_slash_commands_where_any_line_is_an_answer(
    edition_id: str, data: st.DataObject
) -> None:
    edition = SHELF.edition(edition_id)
    asked = drawn(data, [each for each in places(edition) if is_free_text(each)])
    line = data.draw(lines(edition))
    if line.strip()[:1] in ("", "/", "／", "?", "？"):
        return
    if line.strip().strip("。！").lower() in (*WORDS.yes, *WORDS.no):
        return  # no words of a text
    intent = read(line, asked, edition)
    if isinstance(intent, Unclear):  # asked back, the text itself first
        assert intent.readings[0] == Reply(line)
    elif intent != Reply(line):  # nothing else can be meant
        assert isinstance(intent, Command)
        assert intent.name == "drop_row" or isinstance(read_typed(asked, line.strip()), Refusal)


@every_edition
def test_slashed_word_commands_at_every_question(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    for asked in places(edition):
        for word, name in COMMAND_WORDS.items():
            for slash in "/／":
                for is_reason in (False, True):
                    said = read(f"{slash}{word}", asked, edition, is_reason=is_reason)
                    assert said == Command(name), (asked and asked.id, word)


@every_edition
def test_plain_word_commands_or_is_asked_back(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    for asked in places(edition):
        for word, name in COMMAND_WORDS.items():
            for line in (word, f"、{word}", word.upper()):
                intent = read(line, asked, edition)
                if isinstance(intent, Unclear):
                    assert intent.readings == (Reply(line), Command(name))
                else:
                    assert intent == Command(name), (asked and asked.id, line)


@every_edition
@settings(max_examples=25)
@given(data=st.data())
def test_shown_answer_typed_again_answers_the_same_question(
    edition_id: str, data: st.DataObject
) -> None:
    edition = SHELF.edition(edition_id)
    answers = data.draw(strategies.answers(edition))
    for name, answer in answers.given.items():
        question = edition.questions[name]
        typed = format_answer(answer, question)
        if is_free_text(question):
            continue
        assert read(typed, question, edition) == Reply(typed)


@every_edition
@given(data=st.data())
def test_number_typed_at_a_number_answers_it(edition_id: str, data: st.DataObject) -> None:
    edition = SHELF.edition(edition_id)
    numeric = [each for each in edition.asked.values() if each.kind in ("count", "amount")]
    question = drawn(data, numeric)
    value = data.draw(strategies.numbers(question))
    remark = data.draw(st.sampled_from(["", "等财务", "网站28", "上一题", "改成3"]))
    for state in ("given", "provisional", "absent"):
        typed = format_answer(Answer(None if state == "absent" else value, state, remark), question)
        assert read(typed, question, edition) == Reply(typed)
        unit = typed + question.unit if state == "given" else typed
        assert read(unit, question, edition) == Reply(unit)


@every_edition
def test_choice_typed_at_its_question_answers_it(edition_id: str) -> None:
    edition = SHELF.edition(edition_id)
    for fact in edition.facts:
        if is_free_text(fact):
            continue
        for option in (*fact.options, *options_of(fact)):
            assert read(option.label, fact, edition) == Reply(option.label)
        for number in range(1, 1 + len(fact.options)):
            assert read(str(number), fact, edition) == Reply(str(number))
