"""What the screen looks like, as pictures to be read: look at the SVG files when one changes."""

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from assistant.chat import Chat
from assistant.chat.box import AnswerBox
from assistant.session import Session
from tests.screen import BEFORE_TABLE, BEGUN, TODAY, settled

SAMPLE = Path("samples/township-2017-corrected/answers.yaml")
ONE_FILE = "示例镇人民政府-2017.yaml"
PICTURES = {
    "the_first_screen": ((80, 24), False, (), ()),
    "a_wrong_answer_and_help": ((80, 24), False, (*BEGUN, *BEFORE_TABLE, "十几条", "?"), ()),
    "a_finding_that_wants_a_reason": ((120, 36), True, ("", "/改 重点领域公开政府信息数 12"), ()),
    "the_table_follows": ((120, 36), False, (*BEGUN, *BEFORE_TABLE, "145", "22"), ("f6",)),
    "the_findings_without_room": ((80, 24), True, ("", "/改 当面 2", "/核对"), ()),
    "the_menu": ((80, 24), False, BEGUN, ("ctrl+p",)),
}


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name, shelf, tmp_path, snap_compare):
    size, is_filled, lines, keys = PICTURES[name]
    if is_filled:
        shutil.copy(SAMPLE, tmp_path / ONE_FILE)
    session = Session(shelf, tmp_path, TODAY)
    greeting = session.start()
    chat = Chat(shelf.sentences, greeting, lambda: (session, greeting))

    async def act(pilot: Pilot[None]) -> None:
        for line in lines:
            chat.query_one(AnswerBox).load_text(line)
            await pilot.press("enter")
            await pilot.pause()
        await pilot.press(*keys)
        await settled(chat, pilot)

    try:
        assert snap_compare(chat, terminal_size=size, run_before=act)
    finally:
        session.close()
