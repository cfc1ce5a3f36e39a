"""Conversations for tests: by hand line by line, by chance, and with a file on the disk."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assistant.answers import Answers, format_answer, load, read_given
from assistant.dialog.interview import Interview, Turn, begin, foresee, handle_line
from assistant.dialog.session import Session
from assistant.form.loader import open_library
from assistant.intents import vocabulary
from assistant.messages.events import Event
from assistant.ui.tui.table_editing import cells_of, fill
from tests.strategies import NASTY

GROUNDED = {"body_name": "示例镇人民政府", "body_kind": "镇人民政府", "leading_group": "未单独成立"}
"""Answers to the first questions."""
CHANNELS = {
    "active_total": "3",
    "channel_gazette": "0",
    "channel_website": "1",
    "channel_weibo": "0",
    "channel_wechat": "0",
}
"""All operands of L02 but the last, `channel_other`."""


def answers_of(typed: Mapping[str, str], year: int = 2017) -> Answers:
    """Answers from what would be typed, `{"received_total": "3"}`."""
    shelf = open_library()
    return read_given(shelf.edition("beijing-2014"), year, typed, shelf.sentences).answers


def spoken(events: Iterable[Event]) -> str:
    """Everything some events say, a line each."""
    return "\n".join(
        text
        for each in events
        for text in (each.title, *filter(None, (each.left,)), each.text, *each.below)
    )


def values(answers: Answers) -> dict[str, object]:
    """What every answer says, wherever it stands in its file."""
    return {
        name: (each.value, each.state, each.remark, each.raw)
        for name, each in answers.given.items()
    }


def moments(interview: Interview) -> list[tuple[object, ...]]:
    """Where undo and redo lead to, one after the other."""
    ways = (interview.past[::-1], interview.future[::-1])
    return [
        (values(answers), answers.acknowledged, answers.year, at)
        for way in ways
        for answers, at in (*way, (interview.answers, ""))
    ]


class Talk:
    """One conversation that remembers its last turn.

    Attributes:
        turn: What the last line led to.
        lines: Every line that was typed.
    """

    def __init__(self, answers: Answers, previous: Answers | None = None, at: str = "") -> None:
        """Begin, at a question where one is named."""
        self.turn: Turn = begin(answers, previous, open_library().sentences, resumes=False)
        self.lines: list[str] = []
        if at:
            self.turn = self.turn._replace(interview=self.interview.at_question(at))

    @property
    def interview(self) -> Interview:
        """The conversation as it stands."""
        return self.turn.interview

    @property
    def at(self) -> str:
        """The question on the screen."""
        return self.interview.at

    @property
    def kinds(self) -> list[str]:
        """The kinds of what was said last."""
        return [event.kind for event in self.turn.events]

    def type(self, *lines: str) -> str:
        """Type lines; everything said to the last of them."""
        for line in lines:
            self.lines.append(line)
            self.turn = handle_line(self.interview, line)
        return spoken(self.turn.events)

    def codes(self) -> list[str]:
        """The codes of the findings that spoke last."""
        return [each.finding.code for each in self.turn.events if each.kind == "finding"]

    def given(self, name: str) -> str | None:
        """An answer as it would be typed; `None` without one."""
        answer = self.interview.answers.given.get(name)
        return (
            None
            if answer is None
            else format_answer(answer, self.interview.edition.questions[name])
        )

    def all(self, *names: str) -> list[str | None]:
        """Some answers as they would be typed."""
        return [self.given(name) for name in names]


def talk(at: str = "", previous: Mapping[str, str] | None = None, /, **typed: str) -> Talk:
    """A conversation at a question, with these answers given and those of last year."""
    before = answers_of(previous, 2016) if previous else None
    return Talk(answers_of({**GROUNDED, **typed}), before, at)


NAMED = (
    *("网站28", "收到3件，网络2件，当面1件", "收到0", "收到改成2", "没有复议", "没有依申请公开"),
    *("被依法纠错数1", "单位全称改成示例乡人民政府", "领导小组改成已成立", "其余为0"),
    *("领导小组改成未单独成立", "什么是规范性文件", "怎么填", "微信", "改 审计 1", "问题是8"),
)
PASTES = ("3\n1\n0\n2\n0", "收到申请数\t3\n传真申请数\t\n怪\t9", "1\t2\t3", "\n\n", "1 2 3")
OWN = (
    "当面申请9件。",
    "共收到3件，\n都已答复。",
    "无",
    "网站改成28",
    "约140余条",
    "/上一题",
    "暂缺",
)
CHOSEN = ("", "1", "2", "7", "是", "否", "公开栏张贴未计入渠道", "说明 L02 张贴未计入", "采纳")
GARBAGE = (
    "/",
    "／删库",
    "、",
    "{{ 7*7 }}",
    "\x00",
    "-3",
    "约12",
    "说明",
    "改",
    "删行 9",
    "。",
    "跳到",
)
TYPED: Mapping[str, tuple[str, ...]] = {
    "count": ("0", "3", "十二", "暂缺，等数", "28，待核实", "145条"),
    "amount": ("0", "0.5", "350元", "暂缺"),
    "date": ("2018年3月5日", "2018-12-05", "暂缺"),
    "choice": ("1", "2"),
    "choices": ("1", "1、2", "无"),
    "line": ("党政办公室", "010-00000000", "甲，"),
    "text": ("当面申请3件。", "开展了培训。", "无"),
    "list": ("甲 3", "乙", "1", "无", "甲；甲"),
}
"""What may be typed at a question of each kind, right and wrong."""
EVERY_COMMAND = tuple(
    slash + word
    for word in vocabulary(open_library().sentences).main_words.values()
    for slash in "/ "
)
NAVIGATION = st.one_of(
    st.sampled_from(["/上一题", "/下一题", "/继续", "/帮助", "/核对", "/总览", "/命令", "/保存"]),
    st.sampled_from(["/文稿", "/统计表", "/完成", "/退出", "/问 规范性文件", "/跳到 被依法"]),
    st.integers(0, 120).map("/跳到 {}".format),
)
HERE = st.integers(0, 99)
"""Stands for an answer to whatever question is on the screen."""
SCRIPT = st.lists(
    st.one_of(
        *[HERE] * 3,
        NAVIGATION,
        *map(st.sampled_from, (EVERY_COMMAND, NAMED, PASTES, CHOSEN, GARBAGE, NASTY)),
        st.text(max_size=12),
    ),
    min_size=5,
    max_size=30,
)


def line_for(interview: Interview, wanted: int | str) -> str:
    """The line itself, or the answer that a number stands for at this question."""
    if isinstance(wanted, str):
        return wanted
    question = interview.question
    texts = TYPED[question.kind] if question else ("/上一题",)
    return texts[wanted % len(texts)]


class Sittings(RuleBasedStateMachine):
    """Sittings with one answer file: what is in memory is on the disk, now and after resuming."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._start(None)
        for line in ("", "1", "示例镇人民政府"):
            self.session.say(line)

    def _start(self, path: Path | None) -> None:
        self.session = Session(open_library(), Path(self._folder.name), date(2018, 3, 1))
        self.session.start(path)

    @rule(wanted=st.one_of(HERE, *map(st.sampled_from, (NAMED, PASTES, CHOSEN, GARBAGE))))
    def type(self, wanted: int | str) -> None:
        assert self.session.say(line_for(self.session.interview, wanted)) or self.session.ui_request

    @rule(number=st.integers(1, 98))
    def jump(self, number: int) -> None:
        before = values(self.session.interview.answers)
        self.session.say(f"/跳到 {number}")
        assert values(self.session.interview.answers) == before

    @rule(wanted=st.one_of(HERE, *map(st.sampled_from, (PASTES, CHOSEN, GARBAGE))))
    def fill_a_cell(self, wanted: int | str) -> None:
        cells = cells_of(self.session.interview)
        before = self.session.interview
        line = line_for(before, wanted)
        assert fill(self.session, line) or self.session.ui_request
        after = self.session.interview
        if before.at in cells and before.at != cells[-1] and len(line.split()) == 1:
            is_taken = after.answers != before.answers and after.pending is None
            assert not is_taken or after.at in (before.at, cells[cells.index(before.at) + 1])

    @rule(text=st.sampled_from(OWN))
    def write_own_text(self, text: str) -> None:
        self.session.say("/跳到 依申请公开情况的补充")
        before = self.session.interview
        foresee(before, text)
        assert self.session.interview is before, "looking ahead changes nothing"
        assert self.session.say(text)

    @rule(
        text=st.sampled_from(["", "28", "没写完"]), name=st.sampled_from(["back", "next", "save"])
    )
    def leave(self, text: str, name: str) -> None:
        place = self.session.interview.prompt
        self.session.command(name, typed=text)
        assert not text or self.session.interview.drafts[place] == text

    @rule(year=st.integers(2013, 2019))
    def change_the_year(self, year: int) -> None:
        before = self.session.interview.answers
        self.session.say(f"/年度 {year}")
        after = self.session.interview.answers
        assert after.year == (year if 2014 <= year <= 2017 else before.year)
        assert after.given == before.given

    @rule(name=st.sampled_from(["undo", "redo", "clear", "review", "drop_row", "same", "take"]))
    def press(self, name: str) -> None:
        assert self.session.command(name, "1" if name == "drop_row" else "")

    @rule()
    def quit_and_resume(self) -> None:
        self.session.say("/退出")
        before, path = self.session.interview, self.session.path
        assert self.session.ui_request == "quit"
        self.session.close()
        self._start(path)
        assert values(self.session.interview.answers) == values(before.answers)
        assert moments(self.session.interview) == moments(before)

    @invariant()
    def the_disk_has_every_answer(self) -> None:
        assert self.session.is_saved
        there, here = (
            load(self.session.path, open_library()).answers,
            self.session.interview.answers,
        )
        assert there.year == here.year
        assert values(there) == values(here)
        assert there.acknowledged == here.acknowledged

    def teardown(self) -> None:
        self.session.close()
        self._folder.cleanup()
