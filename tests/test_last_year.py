"""What is known of the year before, and which file it stands in."""

from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.dialog.session import Session
from assistant.form.loader import Library
from tests.machines import spoken

HEAD = "format: 1\nedition: national-2021\nyear: {}\nanswers:\n  body_name: 示例镇人民政府\n"
BEFORE = (
    "  applicants: [自然人]\n  results: [予以公开]\n  new_received.natural: 3\n"
    "  carried_in.natural: 1\n  open.natural: 2\n  carried_out.natural: 2\n"
)


def test_what_was_carried_over_is_shown_where_it_arrives(shelf: Library, tmp_path: Path) -> None:
    (tmp_path / "去年.yaml").write_text(HEAD.format(2024) + BEFORE, encoding="utf-8")
    (tmp_path / "今年.yaml").write_text(
        HEAD.format(2025) + "  applicants: [自然人]\n", encoding="utf-8"
    )
    with closing(Session(shelf, tmp_path, date(2026, 1, 15))) as session:
        session.start(tmp_path / "今年.yaml")
        said = spoken(session.say("/跳到 上年结转自然人"))
        assert "上年的「结转下年度的申请·自然人」：2件，本年应与它相同" in said
        assert "上年：1件" not in said
        assert "上年：3件" in spoken(session.say("/跳到 新收自然人"))


def test_the_file_named_as_last_years_is_not_offered_to_be_gone_on_with(
    shelf: Library, tmp_path: Path
) -> None:
    before = tmp_path / "去年.yaml"
    before.write_text(HEAD.format(2024) + BEFORE, encoding="utf-8")
    with closing(Session(shelf, tmp_path, date(2026, 1, 15), before)) as session:
        assert "去年.yaml" not in spoken(session.start())
        said = spoken([*session.say(""), *session.say("示例镇人民政府")])
        assert "上年的文件去年.yaml已经打开" in said


def test_figures_that_a_choice_takes_out_are_named(shelf: Library, tmp_path: Path) -> None:
    path = tmp_path / "今年.yaml"
    path.write_text(
        HEAD.format(2025)
        + BEFORE.replace("[自然人]", "[自然人, 商业企业]")
        + "  new_received.biz: 1\n  carried_in.biz: 0\n",
        encoding="utf-8",
    )
    with closing(Session(shelf, tmp_path, date(2026, 1, 15))) as session:
        session.start(path)
        session.say("/跳到 涉及的申请人")
        said = spoken(session.say("自然人"))
        assert "其中原来有数的：「新收政府信息公开申请·商业企业」1件，现在不再计入" in said
