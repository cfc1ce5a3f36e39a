"""Edit, accept, replay: the next report has the edited words, verifies clean, and stays as it is.

`NIANBAO_EDITS=5000 NIANBAO_SEED=7 pytest -q -s tests/test_taking_back.py` edits others.
"""

import os
from datetime import date
from functools import cache, partial
from pathlib import Path
from random import Random

import pytest

from assistant.answers import LoadedAnswers, load
from assistant.answers.load import read_answers
from assistant.answers.write_answers import write_answers
from assistant.cli.accept_changes import Acceptance, Document
from assistant.dialog.session import Session
from assistant.export.formats import FORMATS, RenderOptions
from assistant.export.take_back import NewNumber, Refused, take_words
from assistant.export.verify import compare
from assistant.form.loader import open_library
from assistant.report.draft import Draft, make_draft
from assistant.storage.disk import DecodedText
from tests.machines import spoken
from tests.surfaces import NARRATED, SURFACES, Surface

EDITS = int(os.environ.get("NIANBAO_EDITS", "300"))
SEED = int(os.environ.get("NIANBAO_SEED", "0"))
LIBRARY = open_library()
OFFICE = RenderOptions(LIBRARY)
SAMPLES = sorted(Path("samples").glob("*/answers.yaml"))
WORDS = (
    "本单位把公开融入日常工作。",
    "办公室专人负责，逐级审核。",
    "群众在大厅可以查阅。",
    "结合实际改进了做法，效果较好。",
)
"""Sentences without numbers."""
BORDERS = ("|", "<tr", "<w:tr>", "----")


def read(path: Path) -> LoadedAnswers:
    return load(path, LIBRARY)


def draft_of(reading: LoadedAnswers) -> Draft:
    return make_draft(reading, None, LIBRARY.sentences)


@cache
def written(source: Path, suffix: str) -> tuple[LoadedAnswers, Draft, bytes]:
    """A sample with its report and its document."""
    reading = read(source)
    draft = draft_of(reading)
    return reading, draft, FORMATS[suffix].write(draft, OFFICE)


def is_prose(surface: Surface, atom: str) -> bool:
    seen = surface.seen(atom)
    return "。" in seen and not any(each in atom for each in BORDERS) and "草稿" not in seen


def edited(surface: Surface, rng: Random) -> str:
    """A document in which some paragraphs were written anew, added to, left out or merged."""
    atoms = surface.atoms()
    prose = [at for at, atom in enumerate(atoms) if is_prose(surface, atom)]
    changed: dict[int, str] = {}
    for at in rng.sample(prose, min(len(prose), rng.randint(1, 4))):
        words = surface.seen(atoms[at]).replace("\n", "").strip("　 ")
        how = rng.choice(["anew", "longer", "shorter", "left out", "added"])
        if how == "left out":
            changed[at] = ""
        elif how == "added":
            changed[at] = atoms[at] + surface.BETWEEN + plain(surface, rng.choice(WORDS))
        else:
            pieces = [each for each in words.split("。") if each]
            kept = pieces[: max(1, len(pieces) - 1)] if how == "shorter" else pieces
            text = rng.choice(WORDS) if how == "anew" else "。".join(kept) + "。"
            changed[at] = plain(surface, text + (rng.choice(WORDS) if how == "longer" else ""))
    return surface.with_atoms([changed.get(at, atom) for at, atom in enumerate(atoms)])


def plain(surface: Surface, words: str) -> str:
    """A paragraph of these words in the markup of a format, without blank lines around it."""
    return surface.paragraph(words).strip("\n")


@pytest.mark.parametrize("suffix", NARRATED)
def test_edited_words_come_back_and_stay(suffix: str, tmp_path: Path) -> None:
    rng = Random(f"{SEED}.{suffix}")
    kind = FORMATS[suffix]
    for number in range(EDITS // len(NARRATED)):
        source = rng.choice(SAMPLES)
        reading, draft, document = written(source, suffix)
        surface = SURFACES[suffix](document)
        path = tmp_path / f"x.{suffix}"
        path.write_bytes(surface.pack(edited(surface, rng)))
        found = kind.read(path).lines
        about = f"{SEED}.{suffix} #{number} {source.parent.name}"

        lines = partial(kind.lines, options=OFFICE)
        comparison = compare(lines(draft), found)
        accepting = Acceptance(reading, None, LIBRARY.sentences, agrees=lambda _: True, say=len)
        accepting.accept(Document(lines, found, comparison))

        text = write_answers(accepting.answers)
        again = read_answers(DecodedText(text, "utf-8", has_mark=False), path, LIBRARY)
        assert write_answers(again.answers) == text, about
        made = draft_of(again)
        printed = [" ".join(line.text.split()) for line in lines(made) if line.text.strip()]
        wanted = [" ".join(line.split()) for line in found]
        assert without_mark(printed) == without_mark(wanted), about
        clean = compare(lines(made), wanted, made.answers)
        assert not clean.differences, (about, clean.differences)
        if number % 10 == 0:  # the same bytes from the same file
            assert kind.write(made, OFFICE) == kind.write(draft_of(again), OFFICE), about


def without_mark(lines: list[str]) -> list[str]:
    """The lines of a document without the mark of a draft."""
    return [each for each in lines if "草稿" not in each]


# --- What cannot be taken is named


@pytest.fixture
def bureau() -> Draft:
    return draft_of(read(Path("samples/bureau-2025-typical/answers.yaml")))


def lines_of(draft: Draft) -> tuple[list, list[str]]:
    lines = FORMATS["txt"].lines(draft, OFFICE)
    return lines, [line.text.strip("　 ") for line in lines if line.text.strip()]


def test_a_document_as_it_was_written_has_nothing_to_take(bureau: Draft) -> None:
    lines, found = lines_of(bureau)
    assert take_words(bureau, lines, found) == ((), ())


def test_a_document_without_a_heading_or_with_sections_swapped_is_refused(bureau: Draft) -> None:
    lines, found = lines_of(bureau)
    lost = [each for each in found if not each.startswith("二、")]
    assert take_words(bureau, lines, lost) == ((), (Refused("", "headings"),))
    one, two = found.index("（三）政府信息管理"), found.index("（四）政府信息公开平台建设")
    end = found.index("（五）监督保障")
    swapped = [*found[:one], *found[two:end], *found[one:two], *found[end:]]
    assert take_words(bureau, lines, swapped).refused == (Refused("", "headings"),)


def test_a_document_of_another_year_is_refused(bureau: Draft) -> None:
    lines, found = lines_of(bureau)
    assert take_words(bureau, lines, [each.replace("2025年", "2024年") for each in found]) == (
        (),
        (Refused("", "year"),),
    )


def test_a_paragraph_behind_a_table_is_named(bureau: Draft) -> None:
    lines, found = lines_of(bureau)
    at = next(n for n, each in enumerate(found) if each.startswith("三、"))
    behind = [*found[:at], "表后面的话。", *found[at:]]
    assert take_words(bureau, lines, behind).refused == (Refused("表后面的话。", "no_place"),)


def test_contacts_and_the_date_come_back_as_answers(bureau: Draft) -> None:
    lines, found = lines_of(bureau)
    changed = [
        each.replace("010-00000000", "010-11111111").replace("2026年1月22日", "2026年1月23日")
        for each in found
    ]
    taken = take_words(bureau, lines, changed).taken
    assert [(each.name, each.after) for each in taken] == [
        ("contact_phone", "010-11111111"),
        ("signature_date", "2026年1月23日"),
    ]


def test_a_paragraph_written_anew_keeps_its_numbers_bound(bureau: Draft) -> None:
    lines, found = lines_of(bureau)
    at = next(n for n, each in enumerate(found) if "收到政府信息公开申请30件" in each)
    found[at] = "全局收到申请30件，其中自然人24件，占八成。"
    (taken,) = take_words(bureau, lines, found).taken
    assert taken.name == "requests.received"
    assert taken.answer is not None
    assert taken.answer.value == (
        "全局收到申请{new_received.total}件，其中自然人{new_received.natural}件，占八成。"
    )


# --- In the conversation


def test_a_document_is_read_back_with_one_question(tmp_path: Path) -> None:
    answers = tmp_path / "答案.yaml"
    answers.write_bytes(Path("samples/bureau-2025-typical/answers.yaml").read_bytes())
    draft = draft_of(read(answers))
    text = FORMATS["txt"].write(draft, OFFICE).decode()
    forms = "发布政策解读3篇，其中文字解读2篇、图解1篇。"
    text = text.replace(forms, "全年发布政策解读材料4篇。")
    text = text.replace("定期对照目录检查公开内容。", "逐月检查。").replace(
        "010-00000000", "010-11111111"
    )
    (tmp_path / "答案.txt").write_text(text, "utf-8")
    session = Session(LIBRARY, tmp_path, date(2026, 3, 1))
    session.start(answers)
    assert "答案.txt" in spoken(session.say("/读回"))
    said = spoken(session.say("/读回 答案.txt"))
    assert "将要改动下面4项" in said
    assert "您输入的是" not in said
    session.say("是")
    session.close()
    again = read(answers).answers
    assert again.value("interpretations") == 4
    assert again.value("contact_phone") == "010-11111111"
    assert again.value("active.interpretations") == "全年发布政策解读材料{interpretations}篇。"
    assert "逐月检查。" in str(again.value("supervision.measures"))


def test_what_cannot_be_read_back_is_said(tmp_path: Path) -> None:
    answers = tmp_path / "答案.yaml"
    answers.write_bytes(Path("samples/bureau-2025-typical/answers.yaml").read_bytes())
    session = Session(LIBRARY, tmp_path, date(2026, 3, 1))
    session.start(answers)
    assert "没有.txt" in spoken(session.say("/读回 没有.txt"))
    assert session.interview is not None
    draft = draft_of(read(answers))
    (tmp_path / "原样.txt").write_bytes(FORMATS["txt"].write(draft, OFFICE))
    assert "没有要读回的" in spoken(session.say("/读回 原样.txt"))
    session.close()


def test_words_that_turned_the_meaning_are_not_taken_unasked() -> None:
    reading = read(Path("samples/town-2025-all-zero/answers.yaml"))
    draft = draft_of(reading)
    lines, found = lines_of(draft)
    changed = [each.replace("未发生因政府", "发生因政府") for each in found]
    assert changed != found
    comparison = compare(lines, changed, draft.answers)
    assert comparison.differences
    said: list[str] = []
    sure = Acceptance(reading, None, LIBRARY.sentences, agrees=None, say=said.append)
    sure.accept(Document(partial(FORMATS["txt"].lines, options=OFFICE), changed, comparison))
    assert sure.count == 0
    assert any("没有写进答案文件" in each for each in said)
    asked = Acceptance(reading, None, LIBRARY.sentences, agrees=lambda _: True, say=len)
    asked.accept(Document(partial(FORMATS["txt"].lines, options=OFFICE), changed, comparison))
    found_now = draft_of(reading._replace(answers=asked.answers)).findings
    assert any(each.code == "T10" and each.is_open for each in found_now)


@pytest.mark.parametrize("news", [("十一万零",), ("3", "5")])
def test_a_number_that_cannot_be_taken_is_named_with_what_stands_there(
    bureau: Draft, news: tuple[str, ...]
) -> None:
    said = NewNumber("new_received.total", news, None).why_not(
        bureau.answers, open_library().sentences
    )
    assert all(each in said for each in news)
