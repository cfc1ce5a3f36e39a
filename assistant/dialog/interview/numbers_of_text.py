"""The numbers of an own text, asked in one question: what each of them is, by letter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answers import FigureValues, Reference
from assistant.checks.agreed import for_one
from assistant.claims.accounts import Account, decimals_of
from assistant.claims.binding import figures_beside, figures_like, figures_once_like, is_of_unit
from assistant.dialog.interview.state import Interview, WantReason
from assistant.intents import (
    LETTERS,
    AboutNumber,
    Answered,
    Explained,
    Going,
    Meant,
    NumberIs,
    NumbersOf,
    OneNumber,
)
from assistant.messages.findings import Finding
from assistant.values import last_clause
from assistant.values.print_format import show

_SHOWN = 80
"""Characters of a clause before and with its number; hardly one is longer."""


class TextNumber(NamedTuple):
    """A number of an own text, with what the checks say of it."""

    account: Account
    keys: tuple[str, ...] = ()
    """The findings about it that want a reason."""
    stale: tuple[Reference, ...] = ()
    """Figures that had its value last year and have another one now: it may have been left so."""
    earlier: str = ""
    """The reason that it was given, and that does not hold any more."""

    @property
    def at(self) -> int:
        """Where it stands in the text as printed."""
        return self.account.claim.at


def finding_at_hand(interview: Interview) -> Finding | None:
    """The finding that a reason is wanted for."""
    keys = interview.pending.keys if isinstance(interview.pending, WantReason) else ()
    found = (_of_one(interview, each) for each in interview.findings if each.key in keys[:1])
    return next(found, None)


def _of_one(interview: Interview, finding: Finding) -> Finding:
    """A finding about several numbers as one about that which the reason is wanted for."""
    at = interview.pending.at if isinstance(interview.pending, WantReason) else None
    told = interview.outcomes.told.get(finding.key, ())
    number = next((each for each in told if each.claim.at == at), None)
    if number is None or len(told) == 1:
        return finding
    written = number.claim.written
    return replace(
        finding,
        sentence=finding.sentence.replace(finding.arithmetic, written, 1),
        arithmetic=written,
        values=for_one(finding.values, number),
    )


def findings_at_hand(interview: Interview) -> tuple[Finding, ...]:
    """The findings that one answer is about: of an own text all that speak of its numbers."""
    pending, first = interview.pending, finding_at_hand(interview)
    if first is None or not isinstance(pending, WantReason):
        return ()
    if pending.named or not is_about_numbers(interview, first):
        keys = pending.keys[: pending.named or 1]
        found = (each for each in interview.findings if each.key in keys)
        return tuple(_of_one(interview, each) for each in found)
    return tuple(
        each
        for each in interview.findings
        if each.key in pending.keys
        and each.cells[:1] == first.cells[:1]
        and is_about_numbers(interview, each)
    )


def is_open_numbers(interview: Interview, finding: Finding) -> bool:
    """Whether it is about numbers that were not compared, and none that may be last year's."""
    told = interview.outcomes.told.get(finding.key, ())
    is_open = bool(told) and all(each.verdict == "open" for each in told)
    return is_open and not any(_stale(interview, each) for each in told)


def is_about_numbers(interview: Interview, finding: Finding) -> bool:
    """Whether a finding wants a reason for numbers of own text."""
    return finding.wants_reason and finding.key in interview.outcomes.told


def slot_at_hand(interview: Interview) -> str:
    """The own text whose numbers are asked about; empty for none."""
    pending, finding = interview.pending, finding_at_hand(interview)
    if finding is None or not isinstance(pending, WantReason) or pending.named:
        return ""
    return finding.cells[0] if is_about_numbers(interview, finding) else ""


def numbers_of(
    interview: Interview, slot: str, keys: Sequence[str] | None = None
) -> list[TextNumber]:
    """The numbers of a text in order, all of them or those that some findings speak of."""
    found = _numbered(interview, [e for e in interview.outcomes.accounts if e.slot == slot])
    wanted = set(keys or ())
    named = [each for each in found if keys is None or not wanted.isdisjoint(each.keys)]
    return sorted(named, key=lambda each: each.at)


def _numbered(interview: Interview, accounts: Sequence[Account]) -> Iterator[TextNumber]:
    """Numbers with the findings about them."""
    told: dict[int, list[str]] = {id(each): [] for each in accounts}
    earlier: dict[int, str] = {}
    for finding in interview.findings if told else ():
        for each in interview.outcomes.told.get(finding.key, ()):
            if id(each) in told and finding.wants_reason:
                told[id(each)].append(finding.key)
                earlier[id(each)] = finding.expired_reason or earlier.get(id(each), "")
    for each in accounts:
        stale, said = _stale(interview, each), earlier.get(id(each), "")
        yield TextNumber(each, tuple(told[id(each)]), stale, said)


def _stale(interview: Interview, account: Account) -> tuple[Reference, ...]:
    """The figures that had the value of an open number last year, and have another one now."""
    previous = interview.previous
    if previous is None or account.verdict != "open":
        return ()
    figures = FigureValues(interview.answers, previous)
    once = figures_once_like(account, previous, account.cells)
    return tuple(each for each in once if figures.change(each.part))


def listed(interview: Interview, page: NumbersOf) -> list[TextNumber]:
    """The numbers of a text that are gone through page by page."""
    found = numbers_of(interview, page.slot)
    return [each for each in found if each.keys] if page.is_open else found


def numbers_at_hand(interview: Interview) -> list[TextNumber]:
    """The numbers that are asked about."""
    slot = slot_at_hand(interview)
    keys = [each.key for each in findings_at_hand(interview)]
    return numbers_of(interview, slot, keys) if slot else []


def numbers_offered(interview: Interview) -> Sequence[Meant]:
    """The letters of the question about them, of a single one what may be done about it."""
    numbers = numbers_at_hand(interview)
    if len(numbers) == 1:
        return ways_of(interview, numbers[0])
    return page_of(numbers, NumbersOf(slot_at_hand(interview), is_open=True))


def counted(numbers: Sequence[TextNumber]) -> Mapping[str, int]:
    """How many of them differ from the figures, may be last year's, and were not compared."""
    stale = sum(bool(each.stale) for each in numbers)
    left = sum(each.account.verdict == "open" for each in numbers)
    return {"differing": len(numbers) - left, "stale": stale, "open": left - stale}


def has_several(interview: Interview) -> bool:
    """Whether no one sentence can be the reason for all that is asked about."""
    numbers = numbers_at_hand(interview)
    counts = counted(numbers)
    return len(numbers) > 1 and counts["differing"] + counts["stale"] > 0


def page_of(numbers: Sequence[TextNumber], page: NumbersOf) -> list[AboutNumber]:
    """The numbers of a page, and where there are more the way to them."""
    shown = list[AboutNumber](OneNumber(page.slot, each.at) for each in numbers[page.first :])
    if len(shown) > len(LETTERS):
        kept = len(LETTERS) - 1
        return [*shown[:kept], page._replace(first=page.first + kept)]
    return shown


def find_number(interview: Interview, slot: str, at: int) -> TextNumber | None:
    """The number at a place of a text."""
    accounts = interview.outcomes.accounts
    here = [each for each in accounts if each.slot == slot and each.claim.at == at]
    return next(_numbered(interview, here), None)


def ways_of(interview: Interview, number: TextNumber) -> list[Meant]:
    """What may be done about a number, the likeliest first."""
    account, edition = number.account, interview.edition
    slot, at, claim = account.slot, account.claim.at, account.claim
    figures = interview.figures
    found: list[Meant] = []
    if account.verdict == "contradicts" or (claim.number and claim.number.is_vague):
        if claim.number and account.cells and is_of_unit(claim, figures, account.cells):
            found.append(NumberIs(slot, at, reference_of(account, figures)))
        cell = account.cells[0] if len(account.cells) == 1 else ""
        if cell in edition.questions and claim.number and not claim.number.is_vague:
            found.append(Answered(((cell, show(claim.number.value)),)))
        elif account.cells:
            asked = [each for cell in account.cells for each in edition.sums.get(cell, (cell,))]
            found.append(
                Going(tuple(dict.fromkeys(asked)), edition.quoted_sum(account.cells).strip("「」"))
            )
    else:
        others = (e for e in interview.outcomes.accounts if e.slot == slot)
        near = [cell for each in others for cell in each.cells]
        like = figures_like(account, interview.answers, figures, near)
        found += [NumberIs(slot, at, each) for each in dict.fromkeys((*number.stale, *like))]
    if account.verdict == "bound":
        found = [each for each in found if each != NumberIs(slot, at, account.reference)]
        found.append(NumberIs(slot, at, None))
    if number.keys:
        found.append(Explained(number.keys, at))
    found.append(Going((slot,), slot))
    return found[-len(LETTERS) :]


def reference_of(account: Account, figures: FigureValues) -> Reference:
    """The figure that a number speaks of."""
    if account.reference:
        return account.reference
    if account.claim.wholes:
        places = min(decimals_of(account.claim), 2)
        part, whole = account.claim.readings[0], account.claim.wholes[0]
        return figures.refer(part, whole, places=places)
    return figures.refer(account.cells)


def describe_number(interview: Interview, meant: AboutNumber) -> str:
    """What stands behind a letter."""
    say = interview.say
    if isinstance(meant, NumbersOf):
        return say("number_others", count=len(listed(interview, meant)) - meant.first)
    if isinstance(meant, Explained):
        return say("number_explained")
    if isinstance(meant, OneNumber):
        number = find_number(interview, meant.slot, meant.at)
        return told_number(interview, number) if number else ""
    figure = meant.figure
    if figure is None:
        return say("number_own")
    named, value = name_of_figure(interview, figure), _printed(interview, figure)
    return say("number_is", figure=named, value=value)


def name_of_figure(interview: Interview, figure: Reference) -> str:
    """A figure in words: 上年的「予以公开·总计」, 「予以公开·总计」占「办理完毕的申请·总计」."""
    edition = interview.edition
    return interview.say(
        "figure_named",
        how=figure.how,
        change=interview.figures.change(figure.part) or 0,
        names=edition.quoted_sum(figure.part),
        whole=edition.quoted_sum(figure.whole),
    )


def _printed(interview: Interview, figure: Reference) -> str:
    """What a figure prints, with its unit; empty while one is missing."""
    figures = interview.figures
    value = figures.printed(figure)
    return f"{value}{figures.unit(figure.part[0])}" if value and value[-1] != "%" else value


def told_number(interview: Interview, number: TextNumber) -> str:
    """A number with its words, and how it stands to the figures."""
    account, claim = number.account, number.account.claim
    figures = interview.figures
    figure = reference_of(account, figures) if account.cells else None
    like = figures_beside(account, interview.answers, figures) if figure is None else ()
    if like:
        figure = figures.refer(like[:1])
    if number.stale:
        figure = number.stale[0]
    is_near = figure is not None and (number.stale or like)
    value = _printed(interview, figure) if is_near and figure else _value(interview, account)
    return interview.say(
        "number_told",
        clause=interview.told(_clause(account), figures),
        verdict=account.verdict,
        earlier=number.earlier,
        is_vague=claim.number is not None and claim.number.is_vague,
        is_stale=bool(number.stale),
        figure=name_of_figure(interview, figure) if figure else "",
        value=value,
    )


def _value(interview: Interview, account: Account) -> str:
    """What the figures say, with its unit."""
    figures = interview.figures
    if account.claim.wholes or account.reference:
        return _printed(interview, reference_of(account, figures))
    if account.cells and account.claim.doubt in ("unknown", "scope"):
        return _printed(interview, figures.refer(account.cells))
    if account.value is None:
        return ""
    return f"{show(account.value)}{figures.unit(account.cells[0])}"


def _clause(account: Account) -> str:
    """The words before a number, back to a mark, with it; of an endless clause the end."""
    claim, text = account.claim, account.claim.sentence.text
    place = claim.at - claim.sentence.at
    end = place + len(claim.written)
    end += claim.written[-1:].isdigit()  # with the word behind it, whatever it is
    words = text[place - len(last_clause(text[:place])) : end]
    return words.strip() if len(words) <= _SHOWN else f"…{words[-_SHOWN:]}"
