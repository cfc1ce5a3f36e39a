"""The words of a report by the parts of the form: no headings, no tables, whole lines."""

import pytest

from assistant.export.formats import read_document
from assistant.published.report import Published, read_report
from assistant.published.summary import summary
from assistant.published.words import words_by_part

TITLE = "示例镇人民政府2025年政府信息公开工作年度报告"
DOCUMENTS = """\
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
|---|---|---|---|
| 行政规范性文件 | 1 | 0 | 2 |
"""


@pytest.fixture(scope="module")
def form(shelf):
    return shelf.edition("national-2021")


def words(form, *lines: str, has_breaks: bool = False) -> dict[str, str]:
    found = words_by_part(lines, form, has_breaks=has_breaks)
    return {slot: "\n".join(texts) for slot, texts in found.slots.items()}


def read(folder, name: str, text: str, shelf) -> Published:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_report(read_document(path), path, shelf)


# --- Parts


def test_own_headings_fall_to_the_parts_they_speak_of_in_their_order(form):
    told = words(
        form,
        "一、总体情况",
        "全年公开有序。",
        "（一）多渠道推进主动公开。",
        "公开栏更换了。",
        "（二）热情办理依申请公开。",
        "当场说明办法。",
        "（三）精细化建设公开平台。栏目合并了。",
        "（四）常态化开展监督管理。",
        "每季检查一次。",
    )
    assert told == {
        "overview.opening": "全年公开有序。",
        "own_active": "公开栏更换了。",
        "own_requests": "当场说明办法。",
        "own_platforms": "栏目合并了。",
        "own_oversight": "每季检查一次。",
    }


def test_as_many_own_headings_as_the_form_has_stand_for_its_own(form):
    told = words(
        form,
        "一、总体情况",
        "（一）主动公开政府信息情况",
        "甲一。",
        "（二）依申请公开政府信息情况",
        "甲二。",
        "（三）完善制度，加强政府信息管理",
        "甲三。",
        "（四）加强平台建设，扩展公开渠道",
        "甲四。",
        "（五）及时回应群众关切",
        "甲五。",
    )
    assert [told[f"own_{name}"] for name in
            ("active", "requests", "management", "platforms", "oversight")] \
        == ["甲一。", "甲二。", "甲三。", "甲四。", "甲五。"]  # fmt: skip
    assert "（五）" not in "".join(told.values())


def test_a_heading_that_fits_nothing_leaves_its_words_where_they_stand_and_is_told(form):
    found = words_by_part(
        ["一、总体情况", "（一）主动公开情况", "甲。", "（二）接待来访情况", "乙。"], form
    )
    assert found.slots == {"own_active": ["甲。", "乙。"]}
    assert found.left == ["（二）接待来访情况"]


def test_a_list_within_a_part_is_no_heading(form):
    told = words(
        form,
        "五、存在的主要问题及改进情况",
        "（一）公开内容不够全面。栏目有空白。",
        "（二）解读形式单一。多为文字。",
        "六、其他需要报告的事项",
        "一、收费情况。没有收费。",
    )
    assert told["own_problems"].splitlines() == [
        "（一）公开内容不够全面。栏目有空白。",
        "（二）解读形式单一。多为文字。",
    ]
    assert told["other_matters"] == "一、收费情况。没有收费。"


def test_signature_and_what_the_site_prints_below_are_no_words(form):
    told = words(
        form,
        "六、其他需要报告的事项",
        "没有收取信息处理费。",
        "示例镇人民政府",
        "2026年1月20日",
        "主办单位：示例县人民政府办公室",
        "版权所有，未经许可不得转载。",
    )
    assert told == {"other_matters": "没有收取信息处理费。"}


# --- Lines


def test_marks_of_markdown_are_no_words(form):
    told = words(
        form,
        "## 一、总体情况",
        "### （一）主动公开",
        "#### 一是丰富形式。",
        "制作了**图解**。",
        "- 二是更新栏目。",
        has_breaks=True,
    )
    assert told == {"own_active": "一是丰富形式。制作了图解。\n二是更新栏目。"}


@pytest.mark.parametrize("broken", [
    ("全镇聚焦重点领域，努力让政务信息“看", "得懂、用得上”。"),
    ("对申请办理时限等关键环节进行监控，当临近期限时，及时向责任科室", "进行提醒，全年没有超期。"),
    ("把惠民补贴的名单印发到各村，", "张贴在公开栏。"),
])  # fmt: skip
def test_a_line_broken_within_a_sentence_is_made_whole(form, broken):
    told = words(form, "一、总体情况", "（一）主动公开", *broken, has_breaks=True)
    assert told == {"own_active": "".join(broken)}


def test_paragraphs_that_a_document_keeps_apart_are_not_joined(form):
    lines = ("把名单印发到各村，张贴在公开栏", "开通咨询电话。")
    assert words(form, "一、总体情况", "（一）主动公开", *lines) == {"own_active": "\n".join(lines)}


def test_remains_of_tables_are_no_words(form):
    told = words(
        form,
        "一、总体情况",
        "（一）主动公开",
        "公开栏更换了。",
        "第二十条第（一）项",
        "信息内容",
        "三、收到和处理政府信息公开申请情况",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "### 申请人情况 （自然人）",
        "全部按期答复。",
    )
    assert told == {"own_active": "公开栏更换了。", "own_requests": "全部按期答复。"}


def test_what_goes_into_no_part_is_told(tmp_path, shelf, sentences):
    text = "\n".join([
        f"# {TITLE}", "", "示例镇位于示例县东部。", "",
        "## 一、总体情况", "", "今年公开有序。", "", "## 二、主动公开政府信息情况", "", DOCUMENTS,
    ])  # fmt: skip
    found = read(tmp_path, "报告.md", text, shelf)
    assert found.answers.value("overview.opening") == "今年公开有序。"
    assert found.left == ("示例镇位于示例县东部。",)
    assert any("示例镇位于示例县东部。" in line for line in summary(found, sentences))


def test_below_a_title_stand_the_body_and_a_date_which_are_no_words(form):
    found = words_by_part(["示例镇人民政府", "（2026年1月20日）", "一、总体情况"], form)
    assert found.left == []
