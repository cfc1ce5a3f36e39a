"""Going from cell to cell in the table, and what is said beside the box meanwhile."""

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from assistant.messages import Sentences
from assistant.messages.events import Event
from assistant.ui.tui.answer_box import AnswerBox, Arrow
from assistant.ui.tui.status_and_hint import HintLine

if TYPE_CHECKING:
    from assistant.answers import Answers
    from assistant.dialog.interview import Interview
    from assistant.dialog.session import Session

_SAID = ("refusal", "finding", "echo", "note")


def cells_of(interview: "Interview") -> tuple[str, ...]:
    """The ids of the cells that are filled, from top to bottom."""
    answers = interview.answers
    return tuple(cell.id for cell in interview.edition.indicators if answers.applies(cell))


def cell_after(interview: "Interview", at: str) -> str:
    """Id of the cell behind one as one reads a form; from outside the table its first one."""
    names = cells_of(interview)
    place = names.index(at) + 1 if at in names else 0
    return names[min(place, len(names) - 1)]


def cell_beside(interview: "Interview", arrow: Arrow) -> str:
    """Id of the neighbour in the row, or in the row above or below; at an edge the cell itself.

    From outside the table every arrow leads into it.
    """
    names = cells_of(interview)
    if interview.at not in names:
        return names[-1] if arrow == "up" else names[0]
    rows = rows_of(interview)
    at = next(place for place, row in enumerate(rows) if interview.at in row)
    column = rows[at].index(interview.at)
    if arrow in ("left", "right"):
        beside = column + (1 if arrow == "right" else -1)
        return rows[at][min(max(beside, 0), len(rows[at]) - 1)]
    row = rows[min(max(at + (1 if arrow == "down" else -1), 0), len(rows) - 1)]
    return row[min(column, len(row) - 1)]


def rows_of(interview: "Interview") -> list[tuple[str, ...]]:
    """The cells that are filled, row by row; a row of the same table has the same columns."""
    cells = interview.edition.cells
    found = groupby(cells_of(interview), lambda name: (cells[name].grid, cells[name].row or name))
    return [tuple(names) for _, names in found]


def fill(
    session: "Session", text: str, arrow: Arrow | None = None, *, at_once: bool = False
) -> list[Event]:
    """Answer the cell on the screen, or its row, and go to its neighbour or to the next one.

    What is refused, asked back or was a command stays where the conversation put it. A reason
    is not asked for between two cells, where the next figure would be taken for it.
    """
    before = session.interview
    if before is not None and arrow and not text.strip():
        return session.move(cell_beside(before, arrow))
    events = session.say(text, at_once=at_once)
    if before is None or session.interview is None or session.interview.is_asked_back:
        return events
    row = next((names for names in rows_of(before) if before.at in names), ())
    filled = [event.cell for event in events if event.kind == "echo" and event.cell in row]
    spoken = [event for event in events if event.kind != "ask"]
    if not filled and session.interview.wanted_reason is not None:
        return [*spoken, *session.move(before.at)]
    if not filled:
        return events
    place = cell_beside(before, arrow) if arrow else cell_after(before, filled[-1])
    return [*spoken, *session.move(place)]


class TableCursor:
    """The box standing for one cell of the table after the other, and the way back."""

    def __init__(self, box: AnswerBox, hint: HintLine, sentences: Sentences) -> None:
        """Take the box, which stands for no cell yet, and where there is room above it."""
        self._box = box
        self._hint = hint
        self._sentences = sentences
        self._came_from: tuple[Answers, str] | None = None
        self._waits = False
        """Whether something is asked back in the conversation, behind which the table goes on."""

    def enter(self, interview: "Interview") -> str:
        """Let the arrows move in the table; the cell to go to first, empty where one is there."""
        self._box.moves_cells = True
        is_unsent = interview.at in interview.unsent  # half a reason is no answer of a cell
        self._box.load_text(interview.drafts.get(interview.at, "") if is_unsent else "")
        if interview.at in cells_of(interview):
            return ""
        self._came_from = (interview.answers, interview.at)
        return cell_after(interview, interview.at)

    def stop(self) -> None:
        """Let the box stand for no cell."""
        self._box.leave_cells()
        self._hint.say("")

    def wait(self) -> None:
        """Let the box stand for no cell until what is asked back is answered."""
        self._waits = True
        self.stop()

    def leave(self, interview: "Interview | None") -> str | None:
        """Let them recall lines again; where one was before, if the table was only looked at."""
        self.stop()
        came_from, self._came_from = self._came_from, None
        is_unchanged = came_from and interview and came_from[0] is interview.answers
        return came_from[1] if came_from and is_unchanged else None

    def speak(self, interview: "Interview", events: list[Event]) -> bool:
        """Name the cell and what was said on the frame of the box; not what wants more room."""
        if needs_room(interview, events):
            return False
        said = said_shortly(events)
        name, unit = interview.edition.name(interview.at), interview.edition.unit(interview.at)
        title = self._sentences.say("chat.cell", name=name, unit=unit)
        is_short = not said.wants_all or self._box.has_room(said.text)
        self._box.name_cell(title, said.text if is_short else "", is_bad=said.is_bad)
        self._hint.say("" if is_short else said.text, is_bad=said.is_bad)
        is_end = interview.at == cells_of(interview)[-1] and interview.at in interview.answers.given
        code = "chat.grid_end" if is_end else "chat.grid"
        self._box.put(self._box.text, self._sentences.say(code))
        return True

    def calls_back(self, interview: "Interview | None") -> bool:
        """Whether the table goes on, now that what it waited for is answered."""
        if not self._waits or interview is None or interview.is_asked_back:
            return False
        self._waits = False
        return interview.at in cells_of(interview)


def needs_room(interview: "Interview", events: list[Event]) -> bool:
    """Whether what was said wants more than the frame of the box, or left the table."""
    is_long = any(
        event.kind in ("help", "list") or (event.kind == "refusal" and event.lines)
        for event in events
    )
    return is_long or interview.at not in cells_of(interview)


class CellHint(NamedTuple):
    """What stands beside the box: `Said("收到申请数：3件")`."""

    text: str = ""
    is_bad: bool = False
    """Whether it is a refusal or an error."""
    wants_all: bool = False
    """Whether every word counts; an echo may be cut, its figure stands in the table too."""


def said_shortly(events: list[Event]) -> CellHint:
    """The gravest thing said; of a finding its sum too."""
    for kind in _SAID:
        for event in events:
            level = event.finding.level if event.finding is not None else ""
            if event.kind != kind or (kind, level) == ("finding", "notice"):
                continue
            if kind == "finding":
                text = "\n".join((event.text, *event.lines[:1]))
                return CellHint(text, is_bad=level == "error", wants_all=True)
            follows = [each.short or each.text for each in events if _follows(each, event)]
            is_refusal = kind == "refusal"
            text = (*follows, event.text)[0]
            if kind == "echo" and not follows:  # undone: what stands there now
                text = "；".join((text, *event.lines))
            return CellHint(text, is_bad=is_refusal, wants_all=is_refusal)
    return CellHint()


def _follows(note: Event, echo: Event) -> bool:
    """Whether a remark tells what an answer led to, the answer itself among it: twelve zeros."""
    return (note.kind, echo.kind) == ("note", "echo") and bool(echo.cell) and note.cell == echo.cell
