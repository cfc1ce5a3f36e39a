"""Facts of a report that stand in its text: where to ask, counts, choices; and our own reports."""

from pathlib import Path

import pytest

from assistant.answers import load
from assistant.export.formats import FORMATS, read_document
from assistant.published.audit import audit
from assistant.published.contact import find_contacts
from assistant.published.report import Published, read_report
from assistant.report import make_report
from assistant.tables.which_report import read_title
from tests.conftest import SAMPLES
from tests.drafts import OFFICE, drafted

OWN = ["bureau-2025-typical", "city-2025-busy", "county-2025-with-previous"]
NOT_PRINTED = {"norm_authority", "body_kind", "signature_date", "fee_notices"}
"""What a report does not say in words of its own, or not by itself; it is asked again."""


@pytest.fixture(scope="module")
def form(shelf):
    return shelf.edition("national-2021")


def read_text(folder: Path, text: str, shelf) -> Published:
    path = folder / "报告.txt"
    path.write_text(text, encoding="utf-8")
    return read_report(read_document(path), path, shelf)


# --- Our own reports


@pytest.mark.parametrize("suffix", [each for each in FORMATS if each != "xlsx"])
@pytest.mark.parametrize("name", OWN)
def test_our_own_report_gives_back_its_answers(shelf, sentences, tmp_path, name, suffix):
    answers = load(SAMPLES / name / "answers.yaml", shelf).answers
    before = SAMPLES / name / "previous.yaml"
    previous = load(before, shelf).answers if before.exists() else None
    report = make_report(answers, previous, sentences, is_draft=False)
    path = tmp_path / f"报告.{suffix}"
    path.write_bytes(FORMATS[suffix].write(drafted(report), OFFICE))
    found = read_report(read_document(path), path, shelf)
    asked = {n: each.value for n, each in answers.given.items() if n not in answers.edition.cells}
    told = {n: found.answers.given[n].value for n in asked if n in found.answers.given}
    assert told == {name: value for name, value in asked.items() if name in told}
    untold = {name for name, value in asked.items() if value == 0}
    assert asked.keys() - told.keys() <= NOT_PRINTED | untold
    own = {fact.id for fact in answers.edition.own_texts if fact.kind == "text"}
    assert own & found.answers.given.keys() == own & answers.given.keys()
    assert not found.left


def test_what_somebody_wrote_into_our_report_stays(shelf, sentences, tmp_path):
    answers = load(SAMPLES / OWN[0] / "answers.yaml", shelf).answers
    report = make_report(answers, None, sentences, is_draft=False)
    text = FORMATS["md"].write(drafted(report), OFFICE).decode()
    changed = text.replace("全年举办业务培训", "全年请专家举办业务培训")
    assert changed != text
    found = read_text(tmp_path, changed, shelf)
    assert "请专家举办业务培训" in str(found.answers.value("own_oversight"))


def test_a_figure_changed_in_our_sentence_is_audited(shelf, sentences, tmp_path):
    answers = load(SAMPLES / OWN[0] / "answers.yaml", shelf).answers
    report = make_report(answers, None, sentences, is_draft=False)
    text = FORMATS["md"].write(drafted(report), OFFICE).decode()
    new = f"收到政府信息公开申请{answers.numbers['new_received.total']}件"
    assert new in text
    found = read_text(tmp_path, text.replace(new, "收到政府信息公开申请9999件"), shelf)
    told = audit(found, None, sentences).of("text")
    assert any("9999" in each.sentence for each in told)


# --- Where to ask


@pytest.mark.parametrize(("line", "phone"), [
    ("（联系电话：0000—8220001）", "0000-8220001"),
    ("电话（0000）8220001。", "(0000)8220001"),
    ("请与本镇办公室联系（地址：示例镇一路2号，邮编：000001，电话：0000－8220001）。",
     "0000-8220001"),
    ("联 系 电 话：0000-8220001", "0000-8220001"),
    ("咨询电话为0000-8220001，工作日接听。", "0000-8220001"),
])  # fmt: skip
def test_a_telephone_is_known_by_its_shape_and_the_words_before_it(form, line, phone):
    assert find_contacts([line], form)["contact_phone"] == phone


@pytest.mark.parametrize("line", [
    "全年接听咨询电话12000余次。", "热线电话办结率98%。", "电话3部、传真1台。",
])  # fmt: skip
def test_a_number_behind_the_word_telephone_is_none(form, line):
    assert "contact_phone" not in find_contacts([line], form)


def test_office_and_web_page_are_known_by_the_words_around_them(form):
    lines = [
        "本报告在示例镇人民政府网站（http://www.example.cn/nianbao/）公布。",
        "如有疑问，请与示例镇党政办公室联系（电话：0000-8220001，邮箱：",
        "nianbao@example.cn）。",
    ]
    found = find_contacts(lines, form)
    assert found["report_url"] == "http://www.example.cn/nianbao/"
    assert found["contact_office"] == "示例镇党政办公室"
    assert found["contact_phone"] == "0000-8220001"


# --- The body and counts


@pytest.mark.parametrize("lines", [
    ["示例镇人民政府", "2025年政府信息公开工作年度报告"],
    ["示例镇人民政府", "2025年度", "政府信息公开工作年度报告"],
])  # fmt: skip
def test_a_title_in_lines_names_the_body(lines):
    assert read_title(["首页", *lines])[:2] == (2025, "示例镇人民政府")


def test_counts_that_only_the_text_tells_are_read_where_it_names_them(tmp_path, shelf):
    text = (
        "示例镇人民政府2025年政府信息公开工作年度报告\n一、总体情况\n（一）主动公开\n"
        "本年度发布政策解读材料12篇。\n（五）监督保障\n全年举办培训2次，另有接待8次。\n"
        "六、其他需要报告的事项\n举办培训3次。\n"
    )
    found = read_text(tmp_path, text, shelf).answers
    assert found.value("interpretations") == 12
    assert found.value("trainings") is None, "2 and 3"
    assert found.value("own_oversight") == "全年举办培训2次，另有接待8次。"
