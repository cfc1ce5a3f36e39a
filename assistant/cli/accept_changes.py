"""`nianbao verify --accept`: what people changed in a document goes into its answer file.

Numbers come first, then words, each shown as it was and as it is, and asked once; with `--yes`
all is taken that is certain, and the rest is listed.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import NamedTuple

from assistant.answers import Acknowledgement, Answer, Answers, LoadedAnswers, LockedAnswerFile
from assistant.checks.runner import run_checks
from assistant.cli import console
from assistant.export.formats import Line
from assistant.export.take_back import NewNumber, Taken, take_numbers, take_words
from assistant.export.verify import Comparison, without_space
from assistant.messages import Sentences
from assistant.report.draft import Draft, make_draft
from assistant.ui.stdin_reader import lines_of


class Document(NamedTuple):
    """A document beside the answers it was made from."""

    lines: Callable[[Draft], Sequence[Line]]
    """What its format prints of a report."""
    found: Sequence[str]
    comparison: Comparison


@dataclass
class Acceptance:
    """Offers the changes of a document one by one."""

    _reading: LoadedAnswers
    _previous: Answers | None
    _sentences: Sentences
    _: KW_ONLY
    agrees: Callable[[str], bool] | None
    """Asks whether a change is taken; without it all is that is certain, unasked."""
    say: Callable[[str], object] = console.give
    """Says something."""
    answers: Answers = field(init=False)
    """With everything that was accepted so far."""
    count: int = 0
    """How many changes were."""

    def __post_init__(self) -> None:
        """Begin with the answers of the file."""
        self.answers = self._reading.answers

    def accept(self, document: Document) -> None:
        """Offer numbers, then words; those that have no place are named."""
        for number in take_numbers(document.comparison, self.answers):
            self._take_number(number)
        loaded = self._reading._replace(answers=self.answers)
        draft = make_draft(loaded, self._previous, self._sentences)
        words = take_words(draft, document.lines(draft), document.found)
        for refused in words.refused:
            self.say(self._say(f"accept_refused_{refused.reason}", text=refused.text))
        for taken in words.taken:
            self._take_words(taken, document.comparison)

    def _say(self, code: str, **details: object) -> str:
        return self._sentences.say(f"command.{code}", **details)

    def _take_number(self, number: NewNumber) -> None:
        if number.answer is None:
            self.say(number.why_not(self.answers, self._sentences))
            return
        label, old = self.answers.edition.name(number.name), self.answers.printed(number.name)
        if self._is_wanted(self._say("accept", label=label, old=old, new=number.news[0])):
            self._take(number.name, number.answer)

    def _take_words(self, taken: Taken, comparison: Comparison) -> None:
        label = self.answers.edition.name(taken.name)
        text = self._say("accept_words", label=label, before=taken.before, after=taken.after)
        turned = [
            self._say("accept_turned", old=each.old)
            for each in comparison.differences
            if each.verdict == "turned"
            and without_space(each.sentence) in without_space(taken.after)
        ]
        if self.agrees is None and (doubts := [*turned, *self._doubts(taken)]):
            self.say(text)
            self.say(self._say("accept_doubted", label=label, doubts="；".join(doubts)))
        elif self._is_wanted(text):
            self._take(taken.name, taken.answer)
            if self.agrees is not None:
                self._acknowledge(taken.name)

    def _doubts(self, taken: Taken) -> Iterator[str]:
        """What checks find wrong with words, were they taken, but for numbers that are open."""
        made = _with_answer(self.answers, taken.name, taken.answer)
        outcomes = run_checks(made, self._previous, self._sentences)
        for finding in outcomes.findings:
            told = outcomes.told.get(finding.key, ())
            is_wrong = any(each.verdict == "contradicts" for each in told)
            if finding.is_open and finding.cells[:1] == (taken.name,) and (is_wrong or not told):
                yield finding.sentence

    def _acknowledge(self, name: str) -> None:
        """Take the numbers that the form does not count as the body's own: somebody agreed."""
        outcomes = run_checks(self.answers, self._previous, self._sentences)
        own = {
            finding.key: Acknowledgement(finding.reasons[0], finding.values)
            for finding in outcomes.findings
            if finding.cells[:1] == (name,) and finding.wants_reason and finding.reasons
            if (told := outcomes.told.get(finding.key))
            and all(each.verdict == "open" for each in told)
        }
        acknowledged = {**self.answers.acknowledged, **own}
        self.answers = replace(self.answers, acknowledged=acknowledged)

    def _take(self, name: str, answer: Answer | None) -> None:
        self.answers = _with_answer(self.answers, name, answer)
        self.count += 1

    def _is_wanted(self, text: str) -> bool:
        if self.agrees is not None:
            return self.agrees(text)
        self.say(text + self._say("accept_sure"))
        return True


@dataclass
class Asking:
    """Asks at the terminal; once the person says no more, nothing is agreed to."""

    _sentences: Sentences
    _lines: Iterator[str] = field(default_factory=lambda: lines_of(sys.stdin))
    _has_ended: bool = False

    def __call__(self, text: str) -> bool:
        """Whether a change is taken."""
        if self._has_ended:
            return False
        console.give(text + self._sentences.say("command.accept_ask"))
        line = next(self._lines, None)
        if line is None:
            self._has_ended = True
            return False
        yes = self._sentences.say("interview.yes_words").split()
        return line.strip().strip("。！").lower() in yes


def save(acceptance: Acceptance, keeper: LockedAnswerFile, sentences: Sentences) -> None:
    """Write what was accepted; the version before is kept beside the file.

    Raises:
        FileError: The file cannot be written, or was changed meanwhile by another program.
    """
    keeper.save(acceptance.answers, puts_aside=False)
    kept = keeper.kept.name if keeper.kept is not None else ""
    count, path = acceptance.count, str(keeper.path)
    console.give(sentences.say("command.accepted", count=count, path=path, kept=kept))


def _with_answer(answers: Answers, name: str, answer: Answer | None) -> Answers:
    given = {key: each for key, each in answers.given.items() if key != name}
    return answers.with_given({**given, name: answer} if answer is not None else given)
