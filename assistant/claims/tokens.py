"""A sentence as a row of known words, numbers, dates and marks; what is left is not known."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from assistant.claims.vocabulary import YEAR, Entry, Kind, Meaning, Vocabulary
from assistant.values import NUMERAL_CHARACTERS, Number, find_numbers, find_shares
from assistant.values.language import any_of, words_for

TokenKind = Kind | Literal["number", "mark"]
_MARKS = "，。；：！？（）、\n"
_DATE = re.compile(  # 2023至2025年, 2025年12月31日, 2025年度, 12月底, 3日
    r"[12][0-9]{3}年?[—–~～至到-]{1,2}[12][0-9]{3}年度?"
    r"|(?P<year>[12][0-9]{3})(?:(?=[、和及与][12][0-9]{3}年)|年(?:度|末|底)?(?:(?P<in_year>[0-9]{1,2})月(?P<rest>[0-9]{1,2}日|底|末|份)?)?)"
    r"|(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2}日|底|末|份)?|[0-9]{1,2}日"
)
_COUNTED = re.compile(rf"[0-9{NUMERAL_CHARACTERS}]")
"""What there is in every number, date and list mark."""
_REACH = 24
"""Characters before a number that may say that it counts nothing."""
_WHOLE_YEAR = {("1", "1日"), ("12", "31日"), ("12", "底"), ("12", "末")}
"""Months with their days that begin or end a report year."""
_NAME = re.compile(  # 《条例》, 〔2021〕30号, [2021]30号, 八项规定, 12345热线, 12345、110等平台
    r"《[^》]{0,200}》|〔[^〕]{0,200}〕[0-9]*号?|[（\[][12][0-9]{3}[）\]]第?[0-9]{1,5}号"
    rf"|{any_of('names_with_numbers')}"
    rf"|(?<![0-9.])1[0-9]{{2}}(?:[0-9]{{2}})?(?![0-9.%百千万亿])(?!{any_of('measure')})"
    rf"[^，。；：！？\n]{{0,12}}?{any_of('services_by_number')}"
)
_NOT_COUNTED = re.compile(rf"{any_of('times_and_places', 'versions')}|[-/+×][0-9]|[A-Za-z]")
_SAID = re.compile(any_of("said_things"))
_NAMED_BY_NUMBER = re.compile(rf"[第〔A-Za-z0-9.\-/+×]$|{any_of('numbered_things')}[：为是]?$")
_OF_ARTICLE = re.compile(  # 第36条、37条, 第三十六至三十八条
    rf"第(?:[0-9{NUMERAL_CHARACTERS}]{{1,8}}+[条款项章节]?[、和及与至到—-])?$"
)
_LIST_MARK = re.compile(
    r"[一二三四五六七八九十]{1,2}(?=、)|[0-9]{1,2}(?:[.．](?![0-9])|(?=、))|（[一二三四五六七八九十0-9]{1,2}）"
)


_ALL = words_for("said_all")
_BETWEEN = ("passing", "of", "case", "sum")
"""What may stand between a name and its number."""
_UNKNOWN = Entry("unknown")


class Token(NamedTuple):
    """A piece of a sentence."""

    kind: TokenKind
    start: int
    end: int
    meaning: Meaning = frozenset()
    number: Number | None = None


def tokens_of(
    line: str,
    vocabulary: Vocabulary,
    own_names: Mapping[str, Sequence[tuple[str, Entry]]],
    year: int,
) -> list[Token]:
    """The tokens of a line in order; what is not known between them is one.

    `own_names` are by first character the words of one set of answers beside the vocabulary.
    """
    fixed = [*_dated(line, vocabulary, year), *_fixed(line, vocabulary, year)]
    fixed += [Token("number", *share[:2], number=share) for share in find_shares(line)]
    if len(fixed) > 1:
        fixed.sort(key=lambda token: (token.start, -token.end))
    found: list[Token] = []
    at = 0
    for token in fixed:
        if token.start < at:
            continue
        if token.start > at:
            found += _words(line, at, token.start, vocabulary, own_names)
        found.append(token)
        at = token.end
    if at < len(line):
        found += _words(line, at, len(line), vocabulary, own_names)
    return found


def _dated(line: str, known: Vocabulary, year: int) -> Iterator[Token]:
    """Words for the years beside the report year, as they are named: 结转至2026年."""
    for around in (year - 1, year + 1):
        if str(around) in line:
            for word, entry in known.words_of_years[around - year].items():
                dated = word.replace(YEAR, str(around))
                if (at := line.find(dated)) >= 0:
                    yield Token("word", at, at + len(dated), entry.meaning)


def _fixed(line: str, known: Vocabulary, year: int) -> Iterator[Token]:
    """Numbers, dates, titles and list marks, which come before words."""
    for word in known.titled:
        at = line.find(word)
        if at >= 0:
            entry = known.entries[word]
            yield Token(entry.kind, at, at + len(word), entry.meaning)
    if not _COUNTED.search(line) and "《" not in line:
        return
    for match in _NAME.finditer(line):
        yield Token("unknown", match.start(), match.end())
    has_list = "、" in line or "." in line or "．" in line or "）" in line
    for match in _LIST_MARK.finditer(line) if has_list else ():
        if match.start() == 0 or line[match.start() - 1] in _MARKS.replace("、", ""):
            yield Token("passing", match.start(), match.end())
    has_date = "年" in line or "月" in line or "日" in line
    for match in _DATE.finditer(line) if has_date else ():
        yield Token(_time_of(match, year), match.start(), match.end())
    size = len(line)
    for number in find_numbers(line):
        before = line[: number.start][-_REACH:]
        is_last = number.end == size
        is_name = not number.unit and (
            (not is_last and _NOT_COUNTED.match(line, number.end))
            or (before and _NAMED_BY_NUMBER.search(before))
        )
        if is_name or (not is_last and _SAID.match(line, number.end)):
            yield Token("passing", number.start, number.end)
        elif "第" in before and _OF_ARTICLE.search(before):
            yield Token("unknown", number.start, number.end)
        else:
            yield Token("number", number.start, number.end, number=number)


def _time_of(match: re.Match[str], year: int) -> TokenKind:
    named, month = match["year"], match["in_year"] or match["month"]
    if named and int(named) != year:
        return "last_year" if int(named) == year - 1 and not month else "other_time"
    day = match["rest"] or match["day"] or ""
    is_part = month is not None and (month.lstrip("0"), day.lstrip("0")) not in _WHOLE_YEAR
    return "other_time" if is_part or not (named or month) else "report"


def _words(
    line: str,
    start: int,
    end: int,
    known: Vocabulary,
    own: Mapping[str, Sequence[tuple[str, Entry]]],
) -> Iterator[Token]:
    at = told = start
    while at < end:
        word = known.longest(line, at, end)
        is_mark = not word and line[at] in _MARKS
        entry = known.entries.get(word, _UNKNOWN)
        for name, meant in () if is_mark else own.get(line[at], ()):
            is_row = name == word and entry.kind == "scope"  # 市级部门, in a list of such
            if (len(name) > len(word) or is_row) and line.startswith(name, at, end):
                word, entry = name, meant
        if not word and not is_mark:
            at += 1
            continue
        if told < at:
            yield Token("unknown", told, at)
        told = at + (len(word) or 1)
        yield Token("mark" if is_mark else entry.kind, at, told, entry.meaning)
        at = told
    if told < end:
        yield Token("unknown", told, end)


def without_articles(tokens: list[Token], line: str) -> Iterator[Token]:
    """The same tokens; 一 behind what denies is no number: 未发生一起行政诉讼."""
    is_denied = False
    for token in tokens:
        is_one = token.number is not None and token.number.value == 1 and line[token.start] == "一"
        yield token._replace(kind="passing", number=None) if is_one and is_denied else token
        is_denied = token.kind == "none" or (is_denied and token.kind not in ("mark", "number"))


def with_all_apart(tokens: Iterable[Token], line: str) -> Iterator[Token]:
    """The same tokens; a name that begins with 全部, and names no number, says it of all.

    全部公开5件 and 5件全部公开 count, 申请全部公开 says that of no other came anything else.
    """
    tokens = list(tokens)
    for at, token in enumerate(tokens):
        start, end = token.start, token.end
        if token.kind == "word" and line.startswith(_ALL, start, end):
            behind = (each.kind for each in tokens[at + 1 :] if each.kind not in _BETWEEN)
            if next(behind, "") != "number" and not (at and tokens[at - 1].kind == "number"):
                start += next(len(each) for each in _ALL if line.startswith(each, start, end))
                yield Token("all", token.start, start)
                token = token._replace(start=start)  # noqa: PLW2901  its rest
        yield token


def clauses_of(tokens: list[Token], line: str) -> Iterator[tuple[str, list[Token]]]:
    """The clauses of a sentence, each with the mark before it; 、 ends none."""
    mark, clause = "", list[Token]()
    for token in tokens:
        if token.kind == "mark" and line[token.start] != "、":
            if clause:
                yield mark, clause
            mark, clause = line[token.start], []
        else:
            clause.append(token)
    if clause:
        yield mark, clause
