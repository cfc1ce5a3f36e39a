"""From a typed line to what it means: a table of readers for each place a line is said in.

The readers of a table are asked from top to bottom, and the first that reads a meaning is
believed. They go by closed patterns over the edition's own names; nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.form.model import Edition, Fact, Question
from assistant.intents.commands import HELP_MARKS, Vocabulary, is_number, read_lettered
from assistant.intents.line import NOTHING, Line, Reader, Standing, is_free_text, read_typed
from assistant.intents.meaning import (
    Answered,
    AskAbout,
    Blank,
    Command,
    Intent,
    InTurn,
    Pasted,
    Reply,
    Unclear,
    UnknownCommand,
    readings_of,
)
from assistant.intents.named_answers import (
    read_named,
    read_named_as_printed,
    read_neighbours,
    read_numbers,
    says_change,
)
from assistant.intents.pasted_table import is_block, read_block
from assistant.intents.plain_speech import (
    read_deletion,
    read_large_amount,
    read_none_here,
    read_other_words,
    read_parts_of_one,
    read_yes_or_no,
)
from assistant.intents.question_index import bare, names_of
from assistant.intents.readers import (
    asks_here,
    defers,
    first_meaning,
    is_brief,
    is_meant,
    read_answer,
    read_contacts,
    read_deferral,
    read_denial,
    read_doubt,
    read_here,
    read_labels,
    read_name,
    read_odd_figure,
    read_one_cell,
    read_pieces,
    read_question,
    read_reply,
    read_some_labels,
    read_untold,
)
from assistant.intents.row_answers import read_across, read_row
from assistant.intents.told_changes import read_loose, read_no_reason, read_told, read_told_beside
from assistant.values import NUMBERS
from assistant.values.language import words_for

_QUESTION_ENDS = ("?", "？", *words_for("asking"))


def parse_line(
    line: str,
    asked: Question | None,
    edition: Edition,
    words: Vocabulary,
    *,
    is_reason: bool = False,
    standing: Standing = NOTHING,
) -> Intent:
    """Read one line.

    Args:
        line: What was typed or pasted.
        asked: The question on the screen; `None` at the end of the form.
        edition: Where names come from.
        words: The words of the commands.
        is_reason: Whether a written reason is wanted; then any line is one but a command and a
            change of a number.
        standing: What is answered.

    Returns:
        The meaning; what is an answer carries the answer, or the refusal of it.
    """
    said = Line(line, asked, names_of(edition), words, standing)
    readers = AT_A_REASON if is_reason else AT_A_TEXT if is_free_text(asked) else AT_A_VALUE
    meant = first_meaning((*ANYWHERE, *readers), said)
    assert meant is not None  # noqa: S101  the last reader takes any line
    return _typed(meant, said, None if is_reason else asked)


def _typed(meant: Intent, line: Line, asked: Question | None) -> Intent:
    """The same meaning with each text read as the answer of its question."""
    if isinstance(meant, Reply) and meant.read is None and asked is not None:
        text = meant.text
        return Reply(text, line.answer if text == line.text else read_typed(asked, text))
    if isinstance(meant, Answered | Pasted):
        questions = line.index.edition.questions
        return replace(
            meant, read={name: read_typed(questions[name], text) for name, text in meant.entries}
        )
    if isinstance(meant, Unclear):
        readings = (each for each in meant.readings if not isinstance(each, InTurn))
        return Unclear(tuple(_typed(each, line, asked) for each in readings))
    return meant


def _read_blank(line: Line) -> Blank | None:
    return None if line.text else Blank()


def _read_slashed(line: Line) -> Intent | None:
    said = line.words.read_slashed(line.text)
    return said if isinstance(said, UnknownCommand | None) else _with_change(said, line)


def _read_help(line: Line) -> Command | None:
    return line.command if line.text in HELP_MARKS else None


def _with_change(said: Command, line: Line) -> Intent:
    """The command 改 with what to change, 改 网站 28; every other command as it is."""
    if said.name != "change" or not said.argument:
        return said
    here = None if is_free_text(line.asked) else read_here(line.saying(f"改{said.argument}"))
    argument = line.saying(said.argument)
    return read_told(argument) or read_named(argument) or here or said


def _read_command(line: Line) -> Intent | None:
    said = line.command
    if said is None:
        return None
    return Unclear((Reply(line.typed), said)) if line.is_answer else _with_change(said, line)


def _read_table(line: Line) -> Intent | None:
    if not is_block(line.typed) or _is_for_words(line):
        return None
    block = read_block(line)
    named = None if block.entries or block.totals else read_named(line)
    if isinstance(named, Answered) and "\t" in line.typed:  # copied: nothing changes unseen
        return replace(named, wants_consent=True)
    return named or block


def _is_for_words(line: Line) -> bool:
    """Whether a list or choices are asked for, where figures in one line are no row of the form."""
    asked = line.asked
    if not isinstance(asked, Fact):
        return False
    has_break = "\t" in line.typed or "\n" in line.typed
    return asked.kind == "list" or (bool(asked.options) and not has_break)


def _read_named_at_rows(line: Line) -> Intent | None:
    """Named answers where a row may be of own words: 网站：3微信：2 is no problem."""
    asked = line.asked
    if not isinstance(asked, Fact) or not any(column.own for column in asked.columns):
        return None
    return read_named(line) or read_named_as_printed(line)


def _read_beside_text(line: Line) -> Intent | None:
    """A line that may be the text wanted and something else as well is asked back."""
    is_list = line.asked is not None and line.asked.kind == "list"
    other = first_meaning(BESIDE_A_LIST if is_list else BESIDE_A_TEXT, line)
    if other is None or (isinstance(other, Command) and other.name == "drop_row"):
        return other
    is_told = isinstance(other, Command | Pasted) and not line.is_answer
    if is_told or (is_list and _is_of_rows_here(other, line)):
        return other
    return Unclear((Reply(line.typed), *readings_of(other)))


def _is_of_rows_here(meant: Intent, line: Line) -> bool:
    """Whether a line changes rows of the list that is asked, and nothing else."""
    here = [line.asked.id] if line.asked else []
    return isinstance(meant, Unclear) and all(
        isinstance(each, Answered) and [name for name, _ in each.entries] == here
        for each in meant.readings
    )


def _read_command_beside(line: Line) -> Intent | None:
    """A command that no official would write into a report: 上一题, 跳到 微信, 改 网站 28."""
    said = line.command
    if said is None:
        return None
    is_alone = not said.argument.isdecimal() and is_meant(said, line)
    if line.words.is_word(line.text) or is_alone or said.name == "year":
        return said
    if said.name == "change" and said.argument:
        called = said.argument.replace("\u3000", " ").rpartition(" ")[0]
        is_name = bare(called) in line.index.exact
        argument = line.saying(said.argument)
        named = read_told_beside(argument) or read_named(argument)
        return named or (said if is_name else None)
    return said if is_brief(said, line) else None


def _read_dropped_row(line: Line) -> Command | None:
    said = line.command
    if said is None or said.name != "drop_row":
        return None
    around = "".join(words_for("around_row")) + " "
    return said if said.argument.strip(around).isdecimal() else None


def _where_changed(*readers: Reader) -> Reader:
    """What one of some readers reads in a line that says 改成, as no answer does."""
    return lambda line: first_meaning(readers, line) if says_change(line) else None


def _read_question_beside(line: Line) -> AskAbout | None:
    is_change = line.command is not None and line.command.name == "change"  # 修改了统计口径
    return None if is_change else read_question(line)


def _read_rows_beside(line: Line) -> Pasted | None:
    rows = _read_rows_at_reason(line)
    return rows if rows is not None and len(rows.entries) > 1 else None


def read_reason(text: str, reasons: Sequence[str]) -> Reply | Unclear:
    """Read what is said to be a reason: letters, words, or what may put it off or ask about it."""
    return read_lettered(text, reasons) or _unready(text) or Reply(text)


def _unready(text: str) -> Unclear | None:
    """Words of somebody who has no reason yet: 问一下领导; 为什么要写理由."""
    if defers(text):
        return Unclear((Blank(), Reply(text)))
    is_question = asks_here(text) or text.rstrip().endswith(_QUESTION_ENDS)
    return Unclear((Command("help"), Reply(text))) if is_question else None


def _read_unready(line: Line) -> Unclear | None:
    return _unready(line.typed)


def _read_change_at_reason(line: Line) -> Intent | None:
    said = line.command
    if said is None or said.name != "change" or not said.argument:
        return None
    argument = line.saying(said.argument)
    named = read_told_beside(argument) or read_named(argument)
    is_apart = " " in said.argument and bool(line.index.find(said.argument.rpartition(" ")[0]))
    return named or (Unclear((Reply(line.typed), said)) if is_apart else Reply(line.typed))


def _read_command_at_reason(line: Line) -> Intent | None:
    said = line.command
    if said is None or is_meant(said, line) or is_brief(said, line):
        return said
    is_name = said.name == "jump" and bool(line.index.exact.get(bare(said.argument)))
    return Unclear((Reply(line.typed), said)) if is_name else None


def _read_rows_at_reason(line: Line) -> Pasted | None:
    block = read_block(line) if is_block(line.typed) else None
    return block if block is not None and block.entries else None


def _read_figure_here(line: Line) -> Answered | None:
    asked = line.asked
    if asked is None or asked.kind not in NUMBERS or is_number(line.text):
        return None
    here = read_here(line) or (Reply(line.text) if line.is_answer else None)
    return Answered(((asked.id, here.text),)) if here else None


def _or_reason(*readers: Reader) -> Reader:
    """What one of some readers reads, or the reason all the same: it is asked back."""

    def read(line: Line) -> Intent | None:
        meant = first_meaning(readers, line)
        return None if meant is None else Unclear((*readings_of(meant), Reply(line.typed)))

    return read


def _read_question_at_reason(line: Line) -> Unclear | None:
    question = read_question(line)
    return Unclear((Reply(line.typed), question)) if question else None


ANYWHERE: tuple[Reader, ...] = (
    _read_blank,
    _read_slashed,  # /上一题, ／改 网站 28
    _read_help,  # ？
)
"""The readers of a line wherever it is said."""
AT_A_VALUE: tuple[Reader, ...] = (
    read_row,  # 3 0 0 1, 自然人3，其他组织1，总计4: the row of the table at hand
    _read_command,  # 上一题, 跳到 微信
    _read_named_at_rows,  # 网站：3微信：2, where own words and a colon would be a row
    read_large_amount,  # 18651.06, where the form prints 万元
    read_answer,  # 28件, 镇人民政府
    read_yes_or_no,  # 不用, where options may be left
    read_deletion,  # 怎么删掉
    read_untold,  # 没有统计, 先不填, 不清楚
    read_deferral,  # 问一下领导
    read_labels,  # 镇, 网站和微信
    read_other_words,  # 管委会; 我们是水务局，选哪个
    _read_table,  # rows and columns of figures
    read_question,  # 这题怎么填, 什么是规范性文件
    read_doubt,  # 这样行不行？
    read_told,  # 动态类改成38, a row of a list; 把63条改成65条
    read_named,  # 网站28，微信5; 予以公开总计3
    read_named_as_printed,  # （一）收到申请数（件） 3
    read_neighbours,  # 检查4次，通报2期
    read_name,  # 微博
    read_denial,  # 没有复议
    read_none_here,  # 都没有, 没有结转
    read_here,  # 改成28
    read_one_cell,  # 予以公开改成51
    read_loose,  # 制发改成12
    read_across,  # 规章 0 0 0
    read_pieces,  # 网站28，大屏5
    read_some_labels,  # 网站、喇叭
    read_parts_of_one,  # 人大建议50件、政协提案85件
    read_reply,  # anything else, to be refused
)
"""The readers where a figure, a date or a choice is asked for."""
BESIDE_A_TEXT: tuple[Reader, ...] = (
    read_deletion,  # 怎么删掉
    read_deferral,  # 问一下领导
    _read_command_beside,  # 上一题, 跳到 微信
    _where_changed(read_told_beside, read_named),  # 网站改成28
    _read_question_beside,  # 这题怎么填
    _read_rows_beside,  # rows of the form
)
"""The readers of what a line of free text may mean besides."""
BESIDE_A_LIST: tuple[Reader, ...] = (
    read_deletion,
    read_deferral,
    _read_dropped_row,  # 删行2
    _read_command_beside,
    read_told_beside,  # 动态类改成38
    read_named,  # 收到3，网络2 is no row of a list
    read_loose,  # 网站改成28
    _where_changed(lambda _: Command("change")),  # 甲改成28
    _read_question_beside,
    _read_rows_beside,
)
"""The same where rows of a list are asked for."""
AT_A_TEXT: tuple[Reader, ...] = (
    read_yes_or_no,
    read_contacts,  # 党政办公室，电话020-00000000
    _read_beside_text,
    read_reply,
)
"""The readers where any line could be the answer."""
AT_A_REASON: tuple[Reader, ...] = (
    _read_change_at_reason,  # 改 网站 28
    _read_command_at_reason,  # 上一题, 跳到 微信; 转到下年办理 is a reason
    _read_unready,  # 问一下领导; 为什么要写理由
    _or_reason(read_told_beside),  # 动态类改成38
    _where_changed(read_numbers),  # 网站改成28, which no reason says
    _read_rows_at_reason,  # rows with figures
    _or_reason(_where_changed(read_pieces), read_loose),  # 动态类改成38，都对了; 制发改成12
    _or_reason(read_numbers, read_across, _read_figure_here),  # 网站22, 应该是22
    _or_reason(read_odd_figure),  # 规章制发0: a reason is a sentence
    _read_question_at_reason,  # 什么是规范性文件
    read_no_reason,  # 甲类改成38，都对了; 甲类38条、乙类2条
    read_reply,  # 公开栏改版
)
"""The readers of a line where a written reason is wanted."""
