"""Options of a choice told by a part of their label: 镇 for 镇人民政府."""

import re
from collections.abc import Sequence

from assistant.answers import find_option, split_chosen
from assistant.form.model import Fact, Option, Question
from assistant.intents.meaning import Answered
from assistant.values import parse_numeral
from assistant.values.characters import is_chinese

_ANY_QUESTION = frozenset({"是", "否", "有", "没", "没有", "无", "不", "对"})
"""Answers to any question, and so no part of a label."""
_NEGATIONS = frozenset("不未无没非否")
"""Where a phrase of a label has one that was not typed, 未单独成立 for 单独成立, it may be the
opposite."""
_MARKS = re.compile("[（），、；]")
_AND = re.compile("以及|还有|和|及|与|跟")


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
    pieces = [each for piece in typed for each in _apart(asked, piece)]
    found = [_find(asked.options, piece) for piece in pieces]
    pairs = list(zip(found, pieces, strict=True))
    has_part = any(option and not find_option(asked.options, piece) for option, piece in pairs)
    if not (has_part or pieces != typed) or (is_whole and not all(found)):
        return None
    labels = (option.label if option else piece for option, piece in pairs)
    return Answered(((asked.id, "、".join(labels)),))


def _apart(asked: Fact, piece: str) -> list[str]:
    """The options that 自然人和企业 joins; anything else whole."""
    if asked.kind != "choices" or _find(asked.options, piece):
        return [piece]
    parts = _AND.split(piece)
    return parts if all(_find(asked.options, part) for part in parts) else [piece]


def _find(options: Sequence[Option], words: str) -> Option | None:
    """An option by label, id or number, else the only one whose label holds the words."""
    option = find_option(options, words)
    if (
        option
        or not any(map(is_chinese, words))
        or words in _ANY_QUESTION
        or parse_numeral(words) is not None
    ):
        return option
    noted = [each for each in options if f"（{words}）" in each.label]
    if len(noted) == 1:
        return noted[0]
    near = [each for each in options if words in each.label]
    phrases = [each for each in _MARKS.split(near[0].label) if words in each] if near else []
    is_safe = len(near) == 1 and not _NEGATIONS & {*"".join(phrases)} - {*words}
    return near[0] if is_safe else None
