"""What a clause says of none, of all or of some: 未收到申请, 均为自然人, 发生行政复议."""

from collections.abc import Sequence

from assistant.claims.claim import Claim, Doubt, make_claim
from assistant.claims.discourse import Discourse, Parse, parse
from assistant.claims.figures_named import wholes_of
from assistant.claims.line import Sentence
from assistant.claims.tokens import Token
from assistant.claims.vocabulary import Meaning
from assistant.values.language import words_for

_THERE_WAS = words_for("there_was")


def read_words(
    clause: Sequence[Token], sentence: Sentence, told: Discourse, subject: Meaning = frozenset()
) -> Claim | None:
    """What a clause says of none or of all; `None` when that is nothing of the form.

    It has no number, or stands behind the last one, whose words are then the subject.
    """
    kinds = [token.kind for token in clause]
    if "none" not in kinds and "all" not in kinds:
        return _there_was(clause, sentence, told)
    ends = [n for n, kind in enumerate(kinds) if kind in ("none", "all")]
    if not _is_plain(clause, told):
        return None
    head, rest = parse(clause[: ends[0]]), parse(clause[ends[0] + 1 :])
    is_of_others = "scope" in kinds or "way" in head.kinds | rest.kinds
    doubt: Doubt = "scope" if is_of_others else "unknown" if "unknown" in kinds else ""
    token = Token("word", clause[ends[0]].start, clause[-1].end)
    if any(each.kind == "none" for each in clause):
        is_thing = clause[-1].kind == "case"
        unknown = [n for n, kind in enumerate(kinds) if kind == "unknown"]
        told_of = parse(clause[unknown[-1] + 1 :]) if unknown else None  # 因不当引起的复议
        meaning = told_of.meaning if told_of else rest.meaning | head.meaning
        return _denial(token, meaning, doubt, sentence, told, is_thing=is_thing)
    is_of_unknown = not head.meaning and told.last is not None and told.last.doubt == "unknown"
    if doubt or not rest.meaning or is_of_unknown:  # 收到留言5件，均已答复
        return None
    return _of_all(token, rest, subject or head.meaning, sentence, told)


def _there_was(clause: Sequence[Token], sentence: Sentence, told: Discourse) -> Claim | None:
    """That there was what a clause names, when it says nothing else: 发生行政复议和行政诉讼."""
    line, start = sentence.line.text, clause[0].start
    verb = next((word for word in _THERE_WAS if line.startswith(word, start)), "")
    rest = [token for token in clause if token.start >= start + len(verb)]
    is_else = any(token.kind in ("unknown", "scope", "plan") for token in clause)
    if not verb or not rest or is_else or not _is_plain(clause, told):
        return None
    token = Token("word", start, clause[-1].end)
    claim = _denial(token, parse(rest).meaning, "", sentence, told, is_thing=False)
    return claim and claim._replace(kind="some")


def _is_plain(clause: Sequence[Token], told: Discourse) -> bool:
    """Whether a clause speaks of the report year, is not supposed and takes nothing back."""
    words = parse(clause)
    denied = sum(token.kind == "none" for token in clause)
    refers_back = told.before is not None and "back" in words.kinds
    is_supposed = told.is_excepted or "except" in words.kinds | told.before_kinds
    is_double = denied > 1 and not words.kinds & {"with", "mark"}
    return clause[-1].kind != "of" and not (
        told.time or words.kinds & {"part", "change"} or refers_back or is_supposed or is_double
    )


def _denial(
    token: Token,
    meaning: Meaning,
    doubt: Doubt,
    sentence: Sentence,
    told: Discourse,
    *,
    is_thing: bool,
) -> Claim | None:
    """What there was none of: a thing by its own name, 案件 of what was spoken of."""
    for wide in told.widened(meaning) if meaning else ():
        found = told.resolve(wide, is_joined=True)
        is_one = len({each.cells[0] for each in found}) == 1
        if found and (is_one or not found[0].is_printed):
            is_named = wide == meaning and found[0].is_explicit
            if not is_named and (doubt or not is_thing):
                return None
            cells = tuple(dict.fromkeys(found[0].cells[0]))
            return make_claim("none", token, sentence, (cells,), doubt=doubt)
    return None


def _of_all(
    token: Token, rest: Parse, subject: Meaning, sentence: Sentence, told: Discourse
) -> Claim | None:
    known, said, last = told.known, rest.meaning, told.last
    found = next(filter(None, (told.resolve(w) for w in (*told.widened(said), said | subject))), ())
    cells = found[0].cells[0] if found else ()
    if last is not None and last.readings and set(last.readings[0]) < set(cells):
        return None  # 重复申请6件，均不予处理
    about = subject or told.last_meaning
    spoken = [topic for topic, nouns in known.nouns.items() if nouns & about]
    for wide in (said | subject, *told.widened(said)):
        for name in known.none_if_all:
            if spoken and not any(told.is_topic(name.topic, each) for each in spoken):
                continue  # 收到留言5件，均已答复
            others = wide - name.meaning - known.beside[name.topic] - known.nouns[name.topic]
            if name.meaning <= wide and not others:
                is_counted = last is not None and cells in last.readings  # 11件申请已全部办结
                doubt: Doubt = "unknown" if is_counted else ""
                return make_claim("none", token, sentence, name.readings[:1], doubt=doubt)
    for wide in (*told.widened(said), said | subject):
        found = told.resolve(wide, is_joined=rest.is_joined)
        wholes = wholes_of(found[0].cells[0], known) if found else ()
        if wholes:
            is_narrow = last is not None and last.doubt and set(wholes) & set(last.readings)
            doubt = "unknown" if is_narrow else ""
            cells_said = found[0].cells[:1]
            return make_claim("all", token, sentence, cells_said, wholes=wholes, doubt=doubt)
    return None
