"""What a short line may be, one reader for each meaning."""

import re

from assistant.answers import read_entry
from assistant.form.model import Edition, Fact, Indicator, Question
from assistant.intents.meaning import Answered, AskAbout, Command, Intent, Reply
from assistant.intents.named_answers import read_numbers
from assistant.intents.pasted_grid_row import pair, row_of_grid
from assistant.intents.question_index import QuestionIndex, bare
from assistant.storage.yaml_text import Node
from assistant.values import MEASURES, Refusal
from assistant.values.characters import is_chinese

_HERE = re.compile(
    r"(?:改成|改为|更正为|修改为|换成|应该[是为]|应为|应是|是|为|有|一共|总共|共|填|改|成)\s*+(?P<value>.+)"
)
"""An answer to the question on the screen with a verb before it: 改成28, 共28条."""
_NOT = r"(?:没有|没|无|未)"
_HAPPENED = r"(?:发生|收到|接到|任何|过)"
_DENIED = re.compile(rf"(?:今年|本年度|本年|全年)?{_NOT}(?P<words>.+?)。?")
_DENIED_HERE = re.compile(rf"(?:今年|本年度|本年|全年)?{_NOT}{_HAPPENED}+。?")
_ALSO = re.compile(rf"(?:、|，|,|和|以及|及|也)+{_NOT}?")
_ASKED = (
    re.compile(r"什么(?:才)?(?:是|叫|叫做|算)(?P<words>.+)"),
    re.compile(
        r"(?P<words>.+?)(?:是什么意思|是指什么|指的是什么|指什么|是什么|怎么填写|怎么填|怎么算"
        r"|怎么统计|如何填写|如何填|如何统计|包括哪些|包括什么|的?口径)"
    ),
)
_CHANGED = re.compile(
    r"(?:请?[把将])?(?P<name>.+?)(?:改成|改为|更正为|换成|应该[是为]|应[是为])\s*(?P<value>[0-9０-９].*)"
)
_WITH_A_WORD = ("overview", "look", "jump")
_SHORT = 6
"""Characters of what may stand behind 总览, 外观 and 跳到."""
_CLAUSE = re.compile("[，。；！]")
_PIECE = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{2,12}}?)\s*(?P<value>[0-9０-９]+(?:{'|'.join(MEASURES)})?)。?"
)
_FIGURE_LAST = re.compile(
    rf"(?P<name>.{{2,40}}?)[\s，,：:=＝]*[0-9０-９]+(?:[\s，,]+[0-9０-９]+)*\s*"
    rf"(?:{'|'.join(MEASURES)})?(?:左右|上下)?。?"
)
"""A line that ends in figures as no sentence does: 第31题 106; 规章 0 0 0."""
_UNCOUNTED = re.compile(r"(?:本年度?|今年)?(?:没有?|未|不)(?:做|作|进行)?统计过?。?")
_LOST = r"我?(?:不知道|不会|不懂|不明白|不清楚)"
_THIS = "(?:这(?:个|题|项|里|一题|一项|些)?)?"
_ASKED_HERE = re.compile(
    rf"(?:{_LOST}?{_THIS}(?:应该|应|该|要)?(?:怎么|如何)(?:填写?|写|算)|{_LOST}{_THIS}[填写]"
    rf"|看不(?:懂|明白){_THIS}|(?:{_LOST})?{_THIS}(?:应该|应|该|要)?[填写](?:什么|多少)|{_THIS}是?什么(?:意思)?"
    rf"|为什么(?:要?(?:问|填写?|写|说明)(?:{_THIS}|理由|说明))?|口径)"
)


def is_meant(said: Command, text: str, names: QuestionIndex) -> bool:
    """Whether a line among free text is meant for a command: its argument fits it alone."""
    argument = said.argument.upper()
    if not argument or argument.isdecimal():
        return True
    if any(argument.startswith(check.code) for check in names.edition.checks):
        return True
    is_apart = " " in text.replace("\u3000", " ")
    return said.name == "jump" and is_apart and bool(names.find(argument))


def is_brief(said: Command, text: str) -> bool:
    """Whether a line is a command with a word behind it that no sentence begins with: 总览 有误."""
    is_apart = " " in text.replace("\u3000", " ")
    return said.name in _WITH_A_WORD and is_apart and len(said.argument) <= _SHORT


def read_code(text: str, edition: Edition) -> Command | None:
    """The code of a check alone means to go where it points."""
    code = text.upper()
    return Command("jump", code) if any(each.code == code for each in edition.checks) else None


def is_answer(asked: Question, text: str) -> bool:
    """Whether a text is an answer to a question as it stands."""
    return not isinstance(read_entry(asked, Node(text, 0)), Refusal)


def read_here(text: str, asked: Question | None) -> Reply | None:
    """Read an answer to the question on the screen that has a verb before it: 应该是22."""
    match = _HERE.fullmatch(text)
    if match is None or asked is None or not is_answer(asked, match["value"]):
        return None
    return Reply(match["value"])


def read_uncounted(text: str, asked: Question | None) -> Reply | None:
    """没有统计, where a figure may be left out: there is no answer, and not a zero."""
    may_lack = isinstance(asked, Fact) and not asked.required and asked.kind in ("count", "amount")
    return Reply("不适用") if may_lack and _UNCOUNTED.fullmatch(text) else None


def asks_here(text: str) -> bool:
    """Whether a line asks about what is on the screen: 这题怎么填; 为什么要写理由."""
    return bool(_ASKED_HERE.fullmatch(text.strip().rstrip("?？。")))


def read_question(text: str, asked: Question | None, names: QuestionIndex) -> Intent | None:
    """Read 这题怎么填 for the question on the screen, 什么是… for any term."""
    plain = text.rstrip("?？。")
    if asked is not None and asks_here(text):
        return AskAbout((asked.id,), asked.name)
    for pattern in _ASKED:
        match = pattern.fullmatch(plain)
        if match and not _CLAUSE.search(match["words"]):  # a sentence may end in 口径 too
            words = match["words"].strip()
            return AskAbout(names.mentioned(words), words)
    return None


def read_denial(text: str, asked: Question | None, names: QuestionIndex) -> Intent | None:
    """Read 没有复议 for all it denies, and 没有收到 for the question on the screen alone."""
    if _DENIED_HERE.fullmatch(text):
        return Reply("没有") if isinstance(asked, Indicator) else None
    match = _DENIED.fullmatch(text)
    if match is None or bare(text) in names.exact:
        return None
    here = names.exact.get(bare(match["words"]), ())
    if isinstance(asked, Fact) and asked.id in here and asked.kind in ("count", "amount"):
        return Reply("没有")
    whole = _denied(match["words"], names)
    groups = [whole] if whole else [_denied(each, names) for each in _ALSO.split(match["words"])]
    if not all(groups):
        return None
    denied = {name for group in groups for name in group}
    cells = tuple(row.id for row in names.edition.indicators if row.id in denied)
    wants_consent = not all(_has_total(group, names.edition) for group in groups)
    return Answered(tuple((name, "0") for name in cells), wants_consent=wants_consent)


def _denied(words: str, names: QuestionIndex) -> tuple[str, ...]:
    return names.below(words) or names.below(re.sub(rf"^{_HAPPENED}+", "", words))


def _has_total(cells: tuple[str, ...], edition: Edition) -> bool:
    """Whether the first cell is the total of all the others."""
    rows = [row for row in edition.indicators if row.id in cells[1:]]
    return all(any(above.id == cells[0] for above in edition.ancestors(row)) for row in rows)


def read_changed_piece(text: str, names: QuestionIndex) -> Command | None:
    """A change by a piece of a name: 制发改成12."""
    return _changed(_CHANGED.fullmatch(text), names)


def read_figures(text: str, asked: Question | None, names: QuestionIndex) -> Intent | None:
    """A line of nothing but figures with names or pieces of names: 制发22; 规章 0 0 0."""
    return (
        read_numbers(text, asked, names)
        or read_across(text, names)
        or _changed(_PIECE.fullmatch(text), names)
    )


def figure_behind(text: str) -> str:
    """What stands before the figure of a line that is nothing else, known or not."""
    match = _FIGURE_LAST.fullmatch(text)
    return match["name"] if match and any(map(is_chinese, match["name"])) else ""


def read_across(text: str, names: QuestionIndex) -> Answered | None:
    """A row of a table by its label: 规章 0 0 0."""
    row = row_of_grid(text, names.edition)
    across = pair(*row) if row else None
    entries = tuple((name, figure) for name, figure in across or () if figure)
    return Answered(entries) if entries else None


def _changed(match: re.Match[str] | None, names: QuestionIndex) -> Command | None:
    if match is None or not names.find(match["name"]):
        return None
    return Command("change", f"{match['name']} {match['value']}")
