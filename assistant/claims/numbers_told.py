"""Which figure a number of a text is, if that is certain."""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.claims.claim import Cells, Claim, Doubt, Way, make_claim
from assistant.claims.discourse import Discourse, Parse, parse
from assistant.claims.figures_named import Reading, rest_of, wholes_of
from assistant.claims.line import Sentence
from assistant.claims.tokens import Token
from assistant.claims.vocabulary import Meaning
from assistant.values.language import words_for

_GROWN, _SHRUNK = words_for("grown"), words_for("shrunk")


class Place(NamedTuple):
    """A number with the words around it."""

    token: Token
    left: Sequence[Token]
    """From the number before, or the beginning of the clause."""
    right: Sequence[Token]
    """Up to the next number, or the end of the clause."""
    mark: str
    """The mark before the clause, when it is the first number of it."""
    is_last: bool
    """What stands behind it is its own: no other number follows, or a mark parts them."""
    following: Sequence[Token]
    """The next clause, when it has no number of its own."""
    sentence: Sentence
    unit: str
    """The measure word of the number."""
    is_first: bool
    """No other number stands before it in the clause."""

    @property
    def is_sibling(self) -> bool:
        """Whether 、 or 和 joins it to the number before."""
        return bool(self.left) and self.left[0].kind in ("mark", "with")

    @property
    def named(self) -> Sequence[Token]:
        """What stands behind it, up to what is said of all of them or of its parts."""
        for at, token in enumerate(self.right):
            if token.kind in ("all", "none", "among", "mark"):
                return self.right[:at]
        return self.right


def read_count(place: Place, told: Discourse) -> Claim:
    """Read a number of things; `told` moves on."""
    place = place._replace(left=_without_examples(place, told))
    own = parse(place.left)
    if not place.unit:
        claim = make_claim("number", place.token, place.sentence, doubt="unknown", way=_way(place))
        told.take_unknown(claim, own, guessed="", is_part=True)
        return claim
    both = parse([*place.left, *place.named]) if place.is_last or not own.meaning else own
    doubt = told.doubt(both) or _doubt(place, own, told)
    if not doubt and "sum" in own.kinds and (added := _added(place, both, told)):
        several: Doubt = "several" if len(added) > 1 else ""
        claim = make_claim("number", place.token, place.sentence, added, doubt=several)
        told.take_sum(claim)
        return claim
    found, meaning = ((), frozenset[str]()) if doubt else _find(place, own, both, told)
    if not found and not doubt and place.token.number:
        found, meaning = told.rest_of_whole(both.meaning, place.token.number), both.meaning
    found = (*found, *(told.of_subject(found[0]) if found else ()))
    if not found:
        return _not_known(place, both, doubt or "unknown", told)
    found = (*_by_predicate(place, found, told), *found)
    is_one = len({each.cells[0] for each in found if not each.is_inherited}) == 1
    claim = make_claim(
        "number",
        place.token,
        place.sentence,
        tuple(dict.fromkeys(cells for each in found for cells in each.cells)),
        perhaps=tuple(cells for each in found for cells in each.perhaps),
        like_whole=tuple(dict.fromkeys(cells for each in found for cells in each.like_whole)),
        doubt="" if is_one else "several",
    )
    told.take_number(claim, found[0], meaning)
    return claim


def _not_known(place: Place, both: Parse, doubt: Doubt, told: Discourse) -> Claim:
    """A number that is not compared, with what its words name all the same."""
    guess = told.resolve(both.meaning, unit=place.unit)
    named = told.named(both.meaning, unit=place.unit)
    sure = guess or (() if "unknown" in both.kinds else named)
    cells = sure[0].cells[:1] if sure else ()
    if doubt == "change" and not both.meaning:
        cells = _changed(place, told)
    perhaps = tuple(cells for each in named for cells in each.cells)
    way = _way(place)
    claim = make_claim(
        "number", place.token, place.sentence, cells, perhaps=perhaps, doubt=doubt, way=way
    )
    guessed = guess[0].topic if guess else ""
    is_part = place.is_sibling or place.mark == "（"
    told.take_unknown(claim, both, guessed=guessed, is_part=is_part)
    return claim


def _without_examples(place: Place, told: Discourse) -> Sequence[Token]:
    """The words before a number without examples of what it counts: 因不掌握等原因无法提供12件.

    They stay where they are no part of it and so narrow it, 征地等申请3件.
    """
    kinds = [token.kind for token in place.left]
    if "such" not in kinds:
        return place.left
    at = kinds.index("such")
    before, behind = place.left[:at], place.left[at + 1 :]
    found = told.resolve(parse(behind).meaning, unit=place.unit)
    wholes = {cell for each in found for cells in each.cells for cell in cells}
    examples = {
        cells
        for token in before
        if token.kind == "word"
        for each in told.resolve(token.meaning, unit=place.unit)
        for cells in each.cells
    }
    lead = before[: bool(before) and before[0].kind in ("mark", "with", "among")]
    is_part = any(wholes.issuperset(cells) and len(cells) < len(wholes) for cells in examples)
    return [*lead, *behind] if is_part else place.left


def _doubt(place: Place, own: Parse, told: Discourse) -> Doubt:
    """Why the place of a number makes it say nothing certain, whatever words are around it."""
    if (place.is_sibling or not place.is_first) and told.is_beside_unknown:
        return "unknown"  # 涉及征地的复议6件、诉讼5件; 5名申请人提出申请38件
    if place.mark == "）" and told.is_bracket_narrow:
        return "scope"  # 受理申请（不含乡镇）9件
    if "level" in [token.kind for token in place.right] and not place.is_last:
        return "last_year"  # 由8件增至12件
    return "unknown" if _is_range(place, own, told) or _is_of_several(place, own) else ""


def _added(place: Place, both: Parse, told: Discourse) -> tuple[Cells, ...]:
    """What 两项合计69件 behind several numbers may add up: the last two, the last three."""
    last = told.last.number if told.last and told.is_last_known else None
    if both.meaning or told.before is not None or last is None or last.unit != place.unit:
        return ()
    return _sums(told, told.told_cells[-1]) if told.told_cells else ()


def _way(place: Place) -> Way:
    """Which way a change goes, by the word nearest before it; empty for no change."""
    line = place.sentence.line.text
    for token in reversed(place.left):
        word = line[token.start : token.end]
        if word in _GROWN or word in _SHRUNK:
            return "up" if word in _GROWN else "down"
    return ""


def _changed(place: Place, told: Discourse) -> tuple[Cells, ...]:
    """What 比上年增加14件 says that it has changed: the number before, or what that changed."""
    before = told.last
    if before is None or not (told.is_last_known or before.doubt == "change"):
        return ()
    is_like = before.number is not None and before.number.unit == place.unit
    return before.readings if is_like or place.unit == "%" else ()


def _is_range(place: Place, own: Parse, told: Discourse) -> bool:
    """Whether it ends what a number without a unit begins: 3至5次."""
    before = told.last.number if told.last else None
    return before is not None and not before.unit and not own.meaning and bool(place.left)


def _is_of_several(place: Place, own: Parse) -> bool:
    """Whether it counts several things named behind it: 11件不予公开、无法提供或者作其他处理."""
    rest = place.right[len(place.named) :]
    is_list = len(rest) > 1 and rest[0].kind == "mark" and rest[1].kind == "word"
    return place.is_last and not own.meaning and bool(place.named) and is_list


def _find(
    place: Place, own: Parse, both: Parse, told: Discourse
) -> tuple[tuple[Reading, ...], Meaning]:
    """The readings of a number, by its own clause, then by more and more around it."""
    is_part = "part" in both.kinds
    is_other_kind = place.is_sibling and bool(
        told.last_meaning & told.known.column_words
    )  # 单位申请3件
    several: tuple[tuple[Reading, ...], Meaning] = ((), frozenset())
    for words in _parses(place, own, both, told):
        for meaning in told.widened(words.meaning) if words.meaning else ():
            found = told.resolve(meaning, is_joined=words.is_joined, unit=place.unit)
            found = tuple(
                e for e in found if not (e.is_head if is_part else e.is_bare and told.is_whole(e))
            )
            found = tuple(
                each
                for each in found
                if told.is_part(each, meaning) and not (is_other_kind and each.is_head)
            )
            if words.meaning <= told.known.rest_words:  # 其他2件, behind others of its list
                found = _with_rest(found, told)
            if len({each.cells[0] for each in found}) > 1:
                several = several if several[0] else (found, meaning)
            elif found and meaning == words.meaning:
                more = tuple(_inherited(place, meaning, told))
                is_kind = bool(meaning & told.known.column_words)
                return ((*more, *found) if is_kind or told.columns else (*found, *more)), meaning
            elif found:
                return found, meaning
    return several


def _with_rest(found: tuple[Reading, ...], told: Discourse) -> tuple[Reading, ...]:
    """What 其他 behind kinds of applicants or results is: a column, or all that were not told."""
    if not told.last_meaning & told.known.column_words:
        return ()
    left = tuple(cells for cells in rest_of(told.told_cells, told.known) if cells)
    return tuple(each._replace(cells=(*each.cells, *left)) for each in found)


def _parses(place: Place, own: Parse, both: Parse, told: Discourse) -> list[Parse]:
    """The words to understand a number by, the likeliest first."""
    if both.meaning:
        parses = [both] if own.meaning == both.meaning else [both, own]
        more = parse(place.following)
        if "part" in both.kinds and not more.kinds & {"unknown", "number", "none"}:
            parses.insert(0, Parse(more.meaning | both.meaning))  # 另有13件，顺延至下一年度
        return parses
    predicate = place.right[len(place.named) :]
    if not place.left and predicate and predicate[0].kind == "all":
        return [parse(predicate)]  # 3件都是当面申请
    if place.mark in ("（", "）") and told.opened is not None:
        return [told.opened]  # 收到申请（12件）, 办结申请（含上年结转1件）11件
    before = told.last.number.unit if told.last and told.last.number else place.unit
    if both.kinds & {"level", "report"} or place.mark == "（" or before != place.unit:
        return [Parse(told.last_meaning)]  # 由4次增加到6次; 2笔，共计840元
    if told.before is not None and "unknown" not in told.before.kinds:
        return [told.before]  # 以自然人为主，共187件
    return []


def _by_predicate(place: Place, found: tuple[Reading, ...], told: Discourse) -> tuple[Reading, ...]:
    """What 247件申请已全部办结 counts besides applications: those that are dealt with.

    Of 申请全部予以公开 it is what results are parts of.
    """
    said = parse(place.right[len(place.named) :])
    is_said = "all" in said.kinds and said.meaning and not said.kinds & {"unknown", "none"}
    if not is_said or not found[0].is_head:
        return ()
    both = said.meaning | parse(place.named).meaning
    more = told.resolve(said.meaning, is_joined=said.is_joined, unit=place.unit)
    more = more or told.resolve(both, unit=place.unit)
    return tuple(
        each._replace(cells=wholes_of(each.cells[0], told.known) or each.cells, is_inherited=True)
        for each in more
    )


def _inherited(place: Place, meaning: Meaning, told: Discourse) -> tuple[Reading, ...]:
    """The same with a word of the number before: 公益组织部分公开1件，予以公开2件.

    Behind 、 any word may hold on, 主要负责同志参加发布会6次、访谈9次, else kinds of applicants.
    Of a listed kind it is what its whole is: 共办理申请14件，其中自然人申请10件.
    """
    is_list = bool(place.left) and place.left[0].kind == "mark"
    words = told.last_meaning if is_list else told.last_meaning & told.known.column_words
    wider = [meaning | {word} for word in sorted((words | told.columns) - meaning)]
    if meaning & told.known.column_words:
        wider = [meaning | told.context] if told.is_listing else []
    more = (told.resolve(each, unit=place.unit) for each in wider)
    return tuple(each._replace(is_inherited=True) for found in more for each in found)


def read_share(place: Place, told: Discourse) -> Claim:
    """Read a share: 占办结总数的39.27%, 纠错率为5.8%; or a figure that is one, 满意率96.5%."""
    left = list(place.left)
    kinds = {each.kind for each in left}
    own = told.resolve(parse(left).meaning, unit="%")
    if own and not told.doubt(parse(left)):
        cells = tuple(cells for each in own for cells in each.cells)
        return make_claim("number", place.token, place.sentence, cells)
    at = max((n for n, each in enumerate(left) if each.kind in ("share", "rate")), default=-1)
    doubt = told.doubt(Parse(kinds=frozenset(kinds - {"share", "rate"})))
    is_bracketed = place.mark == "（" and not left and told.is_last_known  # 208件（17.64%）
    if doubt == "change":
        meaning = parse(left).meaning
        changed = told.first_cells(meaning)[:1] if meaning else _changed(place, told)
        return make_claim(
            "share", place.token, place.sentence, changed, doubt=doubt, way=_way(place)
        )
    if doubt or (at < 0 and not is_bracketed):
        return _share_before_words(place, parse(left), doubt, told)
    named, base = parse(left[: max(at, 0)]), parse(left[at + 1 :])
    rate = told.known.rates.get(named.meaning) if "rate" in kinds else None
    if rate is not None and told.known.nouns[rate.topic] & told.known.nouns.get(told.topic, set()):
        return make_claim("share", place.token, place.sentence, (rate.part,), wholes=(rate.whole,))
    parts = _parts(named, told)
    wholes = _wholes(parts[0], base, told) if parts and rate is None else ()
    if not wholes:
        return _open_share(place, "unknown", told)
    sums = _sums(told, parts[0]) if not named.meaning else ()
    return make_claim("share", place.token, place.sentence, (parts[0], *sums), wholes=wholes)


def _share_before_words(place: Place, before: Parse, doubt: Doubt, told: Discourse) -> Claim:
    """A share whose words stand behind it: 三成多予以公开; open where they are not all known."""
    named = parse(place.named)
    is_alone = place.is_last and not before.meaning and not told.doubt(before)
    is_of_unknown = told.is_beside_unknown or "unknown" in told.before_kinds
    if is_alone and not (doubt or is_of_unknown or told.doubt(named)) and named.meaning:
        parts = told.first_cells(named.meaning, is_joined=named.is_joined)
        wholes = _wholes(parts[0], Parse(), told) if len(parts) == 1 else ()
        around = told.told_cells[-1:] if "among" in before.kinds else told.told_cells
        if told.before and told.before.meaning:
            around = list(told.first_cells(told.before.meaning))
        wholes = tuple(cells for cells in wholes if cells in around) if around else wholes
        if wholes:
            return make_claim("share", place.token, place.sentence, parts, wholes=wholes)
    return _open_share(place, doubt or "unknown", told)


def _open_share(place: Place, doubt: Doubt, told: Discourse) -> Claim:
    """A share that is not compared, with what its words may be of all the same."""
    named = parse([*place.left, *place.named]).meaning
    parts = told.first_cells(named)[:1] if named else told.told_cells[-1:]
    wholes = _wholes(parts[0], Parse(), told)[:1] if parts else ()
    way = _way(place)
    return make_claim(
        "share", place.token, place.sentence, tuple(parts), wholes=wholes, doubt=doubt, way=way
    )


def _parts(named: Parse, told: Discourse) -> tuple[Cells, ...]:
    """What a share is of: what is named, or the clause before, 以自然人为主; else the number."""
    before = told.before if told.before and "unknown" not in told.before.kinds else None
    for each in (named, before):
        if each is not None and each.meaning:
            return told.first_cells(each.meaning, is_joined=each.is_joined)
    return told.last.readings if told.last and told.is_last_known else ()


def _sums(told: Discourse, last: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """What a share behind several numbers may be of: the last two together, the last three."""
    found, cells = list[tuple[str, ...]](), last
    for each in told.told_cells[-2::-1]:
        if set(each) & set(cells):
            break
        cells = (*each, *cells)
        found.append(cells)
    return tuple(found)


def _wholes(part: tuple[str, ...], base: Parse, told: Discourse) -> tuple[tuple[str, ...], ...]:
    """What a part may be a share of: what is named, else its totals and what was spoken of."""
    words = base.meaning or told.context
    found = told.resolve(words, is_joined=base.is_joined) if words else ()
    named = tuple(cells for each in found for cells in each.cells if cells != part)
    if base.meaning and named:
        return named
    named = tuple(cells for cells in named if told.known.totals.issuperset(cells))
    around = (each for each in told.told_cells if set(part) < set(each))  # 不予公开5件，其中…，占…
    return tuple(dict.fromkeys((*wholes_of(part, told.known), *named, *around)))
