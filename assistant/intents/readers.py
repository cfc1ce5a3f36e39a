"""What a short line may be, one reader for each meaning."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeGuard

from assistant.answers import STATE_NAMES, Answer, find_option, split_chosen
from assistant.form.model import Fact, Indicator, Option, Question
from assistant.intents.commands import OF_PASSAGE, nearest
from assistant.intents.line import Line, Reader, read_typed
from assistant.intents.meaning import (
    Answered,
    AskAbout,
    Command,
    Going,
    Intent,
    LeftOver,
    Pasted,
    Reply,
    Unclear,
)
from assistant.intents.named_answers import BETWEEN_PIECES, read_named, says_change
from assistant.intents.question_index import QuestionIndex, bare
from assistant.intents.told_changes import read_loose
from assistant.values import NUMBERS, Refusal, parse_numeral
from assistant.values.characters import is_chinese, with_end
from assistant.values.language import characters_of, phrase, words_for

_HERE = phrase(r"{change|ought|be|have|altogether|fill|made} \s*+ (?P<value>.+)")
"""An answer to the question on the screen with a verb before it: 改成28, 共28条."""
DENIED = phrase(r"{this_year}? {not} (?P<words>.{1,1000}?) 。?")
_DENIED_BEHIND = phrase(r"{this_year}? (?P<words>.{2,40}?) {none_at_all} 。?")  # 行政诉讼都没有
_DENIED_HERE = phrase(r"{this_year}? {not} {happened}++ 。?")
_HAPPENED = phrase(r"{happened}++")
_NONE_THIS_YEAR = phrase(r"{this_year} {not} 。?")
_ALSO = phrase(r"(?: [、，,] | {and} | {also} )++ {not}?")
_ASKED = (
    phrase(r"{what_is} (?P<words>.{1,80})"),  # 什么是规范性文件
    phrase(r"(?P<words>.{1,80}?) {asks_about}"),  # 网站怎么填
)
_WITH_A_WORD = ("overview", "look", "jump")
_SHORT = 6
"""Characters of what may stand behind 总览, 外观 and 跳到."""
_CLAUSE = re.compile("[，。；！]")
_MOST_CONTACTS = 10
_BEHIND_NAME = characters_of("colon", "be") + " \u3000"
"""What may stand between the name of a way to reach a body and that."""
_MOST_PIECES = 100
"""Pieces of a line that are tried one by one."""
_FIGURE_LAST = phrase(
    r"""(?P<name>.{2,40}?) [\s，,：:=＝]*+ [0-9０-９]++ (?:[\s，,]++[0-9０-９]++)*+ \s*+
    {more_or_less}? 。?"""
)
"""A line that ends in bare figures as no sentence does: 第31题 106; 规章 0 0 0."""
_LONGEST_FIGURES = 400
"""Characters of such a line."""
_UNCOUNTED = phrase(
    r"{this_year}? {not_done} {carry_out}? {counted} 。? | {first}? {blank} {well}? 。?"
)
_UNKNOWN = phrase(r"{it_is}*+ {not_known} 。?")
_ASKED_HERE = phrase(
    r"""{me}? {lost}? {this}? {should}? {how} (?:{fill_in|work_out})  # 我不知道这题应该怎么填
    | {me}? {lost} {this}? {fill_in}                                  # 不会填
    | {unseen} {this}?                                                # 看不懂
    | (?:{me}? {lost})? {this}? {should}? {fill_in} {what}            # 这里该填多少
    | {this}? {what_meaning}                                          # 这是什么意思
    | {why} (?:{demanded} (?:{this|account})?)?                       # 为什么要写理由
    | {basis}"""
)
_DEFERRALS = (
    phrase(r"{mine|soon}*+ {look_up} {a_bit} [^，。；！]{0,8}"),  # 问一下领导
    phrase(r"{mine|soon}++ {look_up} (?!{done}) [^，。；！]{0,8}"),  # 我再核实
    phrase(r"{soon} {later}? {well}?"),  # 以后再说吧
    phrase(r"{first} {leave} {well}?"),  # 先空着
    phrase(r"{by_now}? {still}? {not_ready} [^，。；！]{0,8}"),  # 还没想好
    phrase(r"{it_is}*+ {not_known} {not_known_end}?"),  # 我不知道怎么填
    phrase(r"{by_now|still}++ {not_there} {figures} {well_then}?"),  # 还没有数据
)
_DIGIT = re.compile("[0-9０-９]")
_LONGEST_DEFERRAL = 100
_ANY_ANSWER = frozenset(words_for("any_answer"))
OPPOSITE = frozenset(words_for("opposite"))
_MARKS = re.compile("[（），、；]")
_PIECE = re.compile(r"([、，,；;\s]*)([^、，,；;\s]+)")
"""A piece of a line of options with the marks before it."""
_SENTENCE = 4
"""Chinese characters from which words beside options are a sentence."""
_AND = phrase(r"{and|and_with}")


def first_meaning(readers: Sequence[Reader], line: Line) -> Intent | None:
    """What the first reader reads that reads anything."""
    return next((meant for read in readers if (meant := read(line)) is not None), None)


def is_meant(said: Command, line: Line) -> bool:
    """Whether a line among free text is meant for a command: its argument fits it alone."""
    argument = said.argument.upper()
    if not argument or argument.isdecimal():
        return True
    if any(argument.startswith(check.code) for check in line.index.edition.checks):
        return True
    if said.name in OF_PASSAGE:
        return line.is_apart and bool(line.index.passages_called(said.argument))
    return said.name == "jump" and line.is_apart and bool(line.index.find(argument))


def is_brief(said: Command, line: Line) -> bool:
    """Whether a line is a command with a word behind it that no sentence begins with: 总览 有误."""
    return said.name in _WITH_A_WORD and line.is_apart and len(said.argument) <= _SHORT


def defers(text: str) -> bool:
    """Whether a line says that the answer comes later; one with a figure in it does not."""
    said = text.strip().rstrip("。！~～…")
    is_short = len(said) <= _LONGEST_DEFERRAL and not _DIGIT.search(said)
    return is_short and any(each.fullmatch(said) for each in _DEFERRALS)


def asks_here(text: str) -> bool:
    """Whether a line asks about what is on the screen: 这题怎么填; 为什么要写理由."""
    return bool(_ASKED_HERE.fullmatch(text.strip().rstrip("?？。")))


def read_reply(line: Line) -> Reply:
    """Take any line for the answer or the reason that is wanted."""
    return Reply(line.typed)


def read_answer(line: Line) -> Reply | None:
    """Read an answer as it stands: 28件; 政府网站、公开栏; 暂缺，财政所下周给数."""
    return Reply(line.typed) if line.is_answer else None


def read_deferral(line: Line) -> Command | None:
    """Read 以后再说 and 问一下领导: the question stays open."""
    return Command("next") if line.asked is not None and defers(line.text) else None


def read_here(line: Line) -> Reply | None:
    """Read an answer to the question on the screen that has a verb before it: 应该是22."""
    match = _HERE.fullmatch(line.text)
    if match is None or line.asked is None:
        return None
    read = read_typed(line.asked, match["value"])
    return Reply(match["value"], read) if isinstance(read, Answer) else None


def read_untold(line: Line) -> Reply | None:
    """Read 没有统计, 先不填 and 不清楚: no answer, where it may be left out, and not a zero."""
    asked = line.asked
    is_unknown = bool(_UNKNOWN.fullmatch(line.text))
    if asked is None or not (is_unknown or _UNCOUNTED.fullmatch(line.text)):
        return None
    is_number = asked.kind in NUMBERS
    if isinstance(asked, Fact) and not asked.required:
        return Reply(STATE_NAMES["none"]) if is_number or asked.kind == "choice" else None
    if is_unknown and not is_number:
        return None
    return Reply(line.typed, Refusal("wanted", {"is_number": is_number}))


def read_question(line: Line) -> AskAbout | None:
    """Read 这题怎么填 for the question on the screen, 什么是… for any term."""
    if line.asked is not None and asks_here(line.text):
        return AskAbout((line.asked.id,), line.asked.name)
    for pattern in _ASKED:
        match = pattern.fullmatch(line.text.rstrip("?？。"))
        if match and not _CLAUSE.search(match["words"]):  # a sentence may end in 口径 too
            words = match["words"].strip()
            return AskAbout(line.index.mentioned(words), words)
    return None


def read_doubt(line: Line) -> Command | None:
    """Read any line that ends in a question mark as a call for help."""
    return Command("help") if line.asked and line.text.endswith(("?", "？")) else None


def read_name(line: Line) -> Unclear | None:
    """Read a question's name alone: go there, or have it explained."""
    found = line.index.exact.get(bare(line.text), ())
    if not found or (line.asked is not None and found == (line.asked.id,)):
        return None
    return Unclear((Going(found, line.text), AskAbout(found, line.text)))


def read_contacts(line: Line) -> Answered | None:
    """Read several ways to reach a body in one line: 党政办公室，电话020-00000000."""
    if not _is_contact(line.asked):
        return None
    pieces = [each for each in _CLAUSE.split(line.text, _MOST_CONTACTS) if each.strip()]
    entries = dict[str, str]()
    for at, piece in enumerate(pieces):
        end = next(line.index.ends(piece, 0), 0)
        called = line.index.called(piece[:end]) if end else ()
        name = called[0] if called else line.asked.id if at == 0 else ""
        question = line.index.edition.questions.get(name)
        said = piece[end:].strip(_BEHIND_NAME)
        is_read = _is_contact(question) and isinstance(read_typed(question, said), Answer)
        if not is_read or name in entries:
            return None
        entries[name] = said
    return Answered(tuple(entries.items()), wants_consent=True) if len(entries) > 1 else None


def _is_contact(question: Question | None) -> TypeGuard[Fact]:
    return isinstance(question, Fact) and (question.kind, question.span) == ("line", "contact")


def read_denial(line: Line) -> Reply | Answered | None:
    """Read 没有复议 for all it denies, and 没有收到 for the question on the screen alone."""
    asked, index = line.asked, line.index
    if _DENIED_HERE.fullmatch(line.text) or _NONE_THIS_YEAR.fullmatch(line.text):
        return Reply("没有") if isinstance(asked, Indicator) else None
    match = DENIED.fullmatch(line.text) or _DENIED_BEHIND.fullmatch(line.text)
    if match is None or bare(line.text) in index.exact:
        return None
    here = index.exact.get(bare(match["words"]), ())
    is_here = isinstance(asked, Fact) and (asked.id in here or match["words"] in asked.label)
    if asked is not None and is_here and asked.kind in NUMBERS:  # 没有收费 at 收费通知件数
        return Reply("没有")
    whole = _denied(match["words"], index)
    groups = [whole] if whole else []
    for words in () if whole else _ALSO.split(match["words"]):
        if not (group := _denied(words, index)):
            return None
        groups.append(group)
    denied = {name for group in groups for name in group}
    cells = tuple(row.id for row in index.edition.indicators if row.id in denied)
    has_totals = all(set(group[1:]) <= {*index.cells_below.get(group[0], ())} for group in groups)
    return Answered(tuple((name, "0") for name in cells), wants_consent=not has_totals)


def _denied(words: str, index: QuestionIndex) -> tuple[str, ...]:
    happened = _HAPPENED.match(words)
    return index.below(words) or (index.below(words[happened.end() :]) if happened else ())


def read_one_cell(piece: Line) -> Answered | None:
    """The one cell that a piece of a name changes: 予以公开改成51."""
    told = read_loose(piece) if says_change(piece) else None
    only = told.readings[0] if told and len(told.readings) == 1 else None
    return only if isinstance(only, Answered) else None


def read_odd_figure(line: Line) -> Unclear | None:
    """What a line may mean that ends in a figure as no sentence does: 规章制发0."""
    is_short = len(line.text) <= _LONGEST_FIGURES
    match = _FIGURE_LAST.fullmatch(line.text) if is_short else None
    if match is None or not any(map(is_chinese, match["name"])):
        return None
    near = nearest(match["name"], line.index, line.words)
    going = tuple(each for each in near if isinstance(each, Going))
    return Unclear(going or (Command("change"),))


def read_pieces(line: Line) -> Pasted | None:
    """Read 收到3，网络2，电传5 piece by piece, where only some of the pieces are understood."""
    asked, index = line.asked, line.index
    pieces = [piece for piece in BETWEEN_PIECES.split(line.text) if piece]
    if not 2 <= len(pieces) <= _MOST_PIECES:
        return None
    taken: dict[str, str] = {}
    totals: dict[str, str] = {}
    left_over: list[LeftOver] = []
    is_named = False
    for number, piece in enumerate(map(line.saying, pieces)):
        reading = read_named(piece) or read_denial(piece) or read_one_cell(piece)
        here = read_here(piece) or Reply(piece.text)
        if isinstance(reading, Answered) and not taken.keys() & dict(reading.entries).keys():
            taken |= dict(reading.entries)
            totals |= dict(reading.totals)
            is_named = True
        elif number == 0 and isinstance(asked, Indicator) and line.saying(here.text).is_answer:
            taken[asked.id] = here.text
        else:
            is_again = isinstance(reading, Answered)
            left_over.append(LeftOver(piece.text, "twice" if is_again else "no_name"))
    if not is_named:
        return None
    entries = sorted(taken.items(), key=lambda entry: index.number_of(entry[0]))
    return Pasted(tuple(entries), (), tuple(left_over), totals=tuple(totals.items()))


def read_labels(line: Line) -> Answered | None:
    """Read options told by a part of their label, all of them: 镇, 网站和微信."""
    return read_parts(line.text, line.asked, is_whole=True)


def read_some_labels(line: Line) -> Answered | None:
    """Read options told by a part of their label; what is none stays as it is, to be refused."""
    return read_parts(line.text, line.asked, is_whole=False)


def read_parts(text: str, asked: Question | None, *, is_whole: bool) -> Answered | None:
    """The answer in whole labels, where parts of labels were typed.

    Args:
        text: What was typed.
        asked: The question on the screen.
        is_whole: Whether everything must be understood; else what is not stays as it is.
    """
    if not isinstance(asked, Fact) or not asked.options:
        return None
    typed = split_chosen(text) if asked.kind == "choices" else [text]
    if len(typed) > _MOST_PIECES:
        return None
    pieces = [each for piece in typed for each in _apart(asked, piece)]
    found = [_find(asked.options, piece) for piece in pieces]
    pairs = list(zip(found, pieces, strict=True))
    has_part = any(option and not find_option(asked.options, piece) for option, piece in pairs)
    if not (has_part or pieces != typed) or (is_whole and not all(found)):
        return None
    labels = (option.label if option else piece for option, piece in pairs)
    return Answered(((asked.id, "、".join(labels)),))


def beside_options(asked: Fact, text: str) -> tuple[str, str]:
    """What is chosen in a line that says more than options, and the rest of it as a sentence.

    Args:
        asked: The question, with several options.
        text: What was typed: 保密审查，另对新媒体逐条审核.

    Returns:
        The labels as they are typed, empty for none: 保密审查; the other words, empty where they
        are no sentence: 另对新媒体逐条审核。
    """
    labels, rest = list[str](), ""
    for mark, piece in _PIECE.findall(text.strip()):
        if option := _find(asked.options, piece):
            labels.append(option.label)
        else:
            rest += (mark.strip() if rest else "") + piece
    is_sentence = sum(map(is_chinese, rest)) >= _SENTENCE
    is_slip = bool(get_close_matches(rest, [each.label for each in asked.options], n=1))
    return "、".join(labels), with_end(rest) if is_sentence and not is_slip else ""


def _apart(asked: Fact, piece: str) -> list[str]:
    """The options that 自然人和企业 joins; anything else whole."""
    if asked.kind != "choices" or _find(asked.options, piece):
        return [piece]
    parts = _AND.split(piece, maxsplit=_MOST_PIECES)
    return parts if all(_find(asked.options, part) for part in parts) else [piece]


def _find(options: Sequence[Option], words: str) -> Option | None:
    """An option by label, id or number, else the only one whose label holds the words."""
    named = [each for each in options if words in each.also]
    option = find_option(options, words) or (named[0] if len(named) == 1 else None)
    if (
        option
        or not any(map(is_chinese, words))
        or words in _ANY_ANSWER
        or parse_numeral(words) is not None
    ):
        return option
    noted = [each for each in options if f"（{words}）" in each.label]
    if len(noted) == 1:
        return noted[0]
    near = [each for each in options if words in each.label]
    phrases = [each for each in _MARKS.split(near[0].label) if words in each] if near else []
    is_safe = len(near) == 1 and not OPPOSITE & {*"".join(phrases)} - {*words}
    return near[0] if is_safe else None
