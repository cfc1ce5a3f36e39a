"""What people say in their own words of the question on the screen, one reader for each meaning."""

import re
from decimal import Decimal

from assistant.answers import STATE_NAMES, Answer
from assistant.form.model import Fact, Indicator, Option, options_named
from assistant.intents.line import Line
from assistant.intents.meaning import Answered, Blank, Command, Reply, Unclear
from assistant.intents.question_index import bare
from assistant.intents.readers import DENIED, OPPOSITE
from assistant.intents.row_answers import row_at_hand
from assistant.values import NUMBERS, Refusal
from assistant.values.language import phrase, words_for

_NONE_AT_ALL = phrase(r"{this_year}? {none_at_all} 。?")
_DELETED = phrase(
    r"""{may}*+ {please}? (?:{this|this_row})? {may}*+ {delete} {done}?+
    (?:{this|this_row})? {well}? {asking}?"""
)
_NOTHING = "无"
_NO_MORE = frozenset(words_for("nothing_more"))
_OTHER_KINDS = tuple(words_for("other_kind"))
_MYRIAD = "万"
_OF_US = phrase(r"{we_are}? (?P<words>.{1,40}?) (?:[，,。\s]*+ {which_one})? [?？。]?")
_YUAN_SIZED = 1_000
"""A bare amount from here on may be meant in the small unit where the form prints 万."""
_BETWEEN_UNITS = 100
"""An amount above so many times last year's is nearer to it in 元 than in 万元, by their ratio."""
_PARTS = re.compile("[、，,；;]")
_PART = phrase(r"[^0-9０-９]{1,30}+ (?P<value>[0-9０-９]{1,9}+) {measure}? 。?")
"""One of the parts of a number: 政协提案85件."""
_BARE_AMOUNT = re.compile(r"[0-9０-９]{4,12}+(?:[.．][0-9０-９]{1,4}+)?+")


def read_deletion(line: Line) -> Unclear | None:
    """Read 怎么删掉 and 我想删除这一行; whether the answer or a row of it goes is asked."""
    if line.asked is None or line.words.is_word(line.text):
        return None
    is_said = bool(_DELETED.fullmatch(line.text.rstrip("。？?")))
    return Unclear((Command("drop_row"),)) if is_said else None


def read_yes_or_no(line: Line) -> Reply | Blank | Unclear | None:
    """Read 否 and 不用 as nothing, where an answer may be left out; 是的 is no words.

    Where a figure is wanted it is asked whether zero is meant. Words of the narrative that could be
    put otherwise stay as they are.
    """
    asked, said = line.asked, line.text.strip("。！").lower()
    if asked is not None and asked.kind in NUMBERS:
        may_lack = isinstance(asked, Fact) and not asked.required
        nothing = Reply(STATE_NAMES["none"]) if may_lack else Unclear((Reply("0"),))
        return nothing if said in line.words.no or said in _NO_MORE else None
    is_wordy = isinstance(asked, Fact) and asked.kind in ("line", "text", "list", "choices")
    if asked is None or not is_wordy or line.words.is_word(said):
        return None
    if said in line.words.no and isinstance(asked, Fact) and not asked.required:
        return Blank() if asked.passage else Reply(_NOTHING)
    is_said = said in line.words.yes or said in line.words.no
    return Reply(line.typed, Refusal("yes_or_no", {})) if is_said else None


def read_large_amount(line: Line) -> Unclear | None:
    """Read a bare 18651.06 at 万元, which may be so many 元: it is asked back.

    Not where it is nearer to last year's figure than so many 元 would be.
    """
    asked, answer = line.asked, line.answer
    if asked is None or asked.kind != "amount" or not asked.unit.startswith(_MYRIAD):
        return None
    if not isinstance(answer, Answer) or not _BARE_AMOUNT.fullmatch(line.text):
        return None
    value = answer.value
    if not isinstance(value, Decimal) or value < _YUAN_SIZED:
        return None
    if line.standing.last_year and value < line.standing.last_year * _BETWEEN_UNITS:
        return None
    units = (asked.unit, asked.unit.removeprefix(_MYRIAD))
    return Unclear(tuple(Reply(line.text + unit) for unit in units))


def read_parts_of_one(line: Line) -> Unclear | None:
    """Read 人大建议50件、政协提案85件 where one number is asked for: their sum, once agreed to."""
    asked, parts = line.asked, [_PART.fullmatch(each) for each in _PARTS.split(line.text)]
    if asked is None or asked.kind != "count" or len(parts) < 2 or not all(parts):
        return None
    whole = sum(int(part["value"]) for part in parts if part)
    return Unclear((Reply(f"{whole}{asked.unit}"),))


def read_other_words(line: Line) -> Answered | Unclear | None:
    """Read one choice told by other words for it: 管委会; 我们是水务局，选哪个; 其它."""
    asked, match = line.asked, _OF_US.fullmatch(line.text)
    if match is None or not isinstance(asked, Fact) or asked.kind not in ("choice", "choices"):
        return None
    options, words = asked.options, match["words"]
    if words in _OTHER_KINDS:
        found = tuple(each for each in options if each.label.startswith(_OTHER_KINDS))
    elif words[0] in OPPOSITE or asked.kind == "choices":  # 不是管委会
        return None
    else:
        named = options_named(options, words)
        found = named or tuple(each for each in options if words.endswith(each.label))
    meant = tuple(Answered(((asked.id, each.label),)) for each in found)
    return meant[0] if len(meant) == 1 else Unclear(meant) if meant else None


def option_said(asked: Fact, text: str) -> Option | None:
    """The option that a sentence says with the name of what is chosen: 没有开展社会评议."""
    said = bare(text)
    for year in words_for("this_year"):
        said = said.removeprefix(year)
    names = sorted(map(bare, (asked.label, *asked.aliases)), key=len, reverse=True)
    before, _, behind = said.partition(next((name for name in names if name in said), "\0"))
    for verb in words_for("be"):
        behind = behind.removeprefix(verb)
    texts = {bare(text), said, before + behind}
    for option in asked.options:
        if texts & {*map(bare, filter(None, (option.label, option.text, *option.also)))}:
            return option
    return None


def read_none_here(line: Line) -> Reply | Answered | Unclear | None:
    """Read 都没有 for what is asked, the row or the choices; 没有结转 for a row of the table."""
    asked, match = line.asked, DENIED.fullmatch(line.text)
    if _NONE_AT_ALL.fullmatch(line.text):
        if isinstance(asked, Fact):
            is_open = not asked.required and asked.kind in ("choices", "list")
            return Reply(_NOTHING) if is_open else None
        return _none_of(line, asked) if asked else None
    if asked is None or match is None:
        return None
    words = bare(match["words"])
    if not isinstance(asked, Fact) and words in bare(asked.name):
        return _none_of(line, asked)
    grids = line.index.edition.grids_by_id
    grid = grids.get(asked.place if isinstance(asked, Fact) else asked.grid)
    if grid is None or not words:
        return None
    rows = [[*grid.of_row(row.id)] for row in grid.lines if words in bare(row.label)]
    meant = tuple(_none_of(line, next(c for c in row if not c.computed)) for row in rows)
    return meant[0] if len(meant) == 1 else Unclear(meant) if meant else None


def _none_of(line: Line, asked: Indicator) -> Answered:
    """Zero for all of the row that a cell stands in."""
    cells = row_at_hand(asked, line.index.edition, line.standing.absent) or (asked,)
    return Answered(tuple((cell.id, "0") for cell in cells), wants_consent=len(cells) > 1)
