"""The narrative in the body's own words: whatever is reworded, numbers stay those of the table."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answers import Answer, FigureValues, load, printed_text
from assistant.answers.load import read_answers
from assistant.answers.write_answers import write_answers
from assistant.checks.runner import run_checks
from assistant.dialog.interview import ask, begin
from assistant.form.loader import open_library
from assistant.report import make_report, template_block, with_template_figures
from assistant.report.draft import make_draft
from assistant.storage.disk import DecodedText
from tests.machines import Talk
from tests.test_claims import town

LIBRARY = open_library()
SAMPLES = sorted(Path("samples").glob("*/answers.yaml"))


def read(text: str):
    return read_answers(DecodedText(text, "utf-8", has_mark=False), Path("答案.yaml"), LIBRARY)


def printed(answers) -> list[str]:
    """The paragraphs of the report."""
    return [b.text for b in make_report(answers, None, LIBRARY.sentences, is_draft=False).blocks]


def with_wording(answers, **wording):
    """The same answers with own words, `requests__received="…"`."""
    given = {name.replace("__", "."): each for name, each in wording.items()}
    texts = {name: Answer(each) if isinstance(each, str) else each for name, each in given.items()}
    return replace(answers, given={**answers.given, **texts})


def talk(at: str = "trainings") -> Talk:
    return Talk(town(), None, at)


# --- In the answer file


def test_own_words_stand_in_place_of_a_passage_before_and_behind_it() -> None:
    told = with_wording(
        town(),
        overview__opening="本镇重视公开。\n第二段。",
        requests__received_before="前面的话。",
        requests__received="收到申请{new_received.total}件。",
        requests__received_after="后面的话。",
        platforms__channels=Answer(None, "none"),
    )
    text = printed(told)
    at = text.index("收到申请12件。")
    assert text[at - 1 : at + 2] == ["前面的话。", "收到申请12件。", "后面的话。"]
    opening = text.index("本镇重视公开。")
    assert text[opening + 1 : opening + 3] == ["第二段。", "（一）主动公开"]
    assert not any("公开政府信息。" in each and "通过" in each for each in text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_a_file_keeps_its_wording_word_for_word(path: Path) -> None:
    answers = load(path, LIBRARY).answers
    edition = answers.edition
    texts = {
        name: Answer(f"第一行{at}。\n{{open.total}}：# “二”")
        for at, name in enumerate(edition.wordings)
    }
    dropped = {p.id: answers.worded(p.id, None) for p in edition.passages[::3]}
    told = replace(
        answers, given={**answers.given, **texts, **dropped}, stray={"no.such": ["x", "y"]}
    )
    again = read(write_answers(told)).answers
    said = [(n, a.value, a.state, a.template) for n, a in again.given.items()]
    assert said == [(n, a.value, a.state, a.template) for n, a in told.given.items()]
    assert again.stray == {"no.such": ["x", "y"]}


HEAD = 'format: 1\nedition: national-2021\nyear: "2025"\nanswers: {}\n'


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("wording:\n  no.passage: 写了。\n", "F14"),
        ("wording:\n  organisation.staff: 另一种表式的段落。\n", "F14"),
        ("wording:\n  requests.received: [1, 2]\n", "F05"),
        ("wording:\n  requests.received: {value: 写了。, odd: 1}\n", "F05"),
    ],
)
def test_wording_that_is_none_is_named_and_kept(wording: str, code: str) -> None:
    loaded = read(HEAD + wording)
    assert code in {each.code for each in loaded.findings}
    again = read(write_answers(loaded.answers))
    assert again.answers.stray == loaded.answers.stray
    assert {n: a.raw for n, a in again.answers.given.items()} == {
        n: a.raw for n, a in loaded.answers.given.items()
    }


# --- Numbers stay bound


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_the_words_of_a_template_as_own_words_print_the_same_from_the_figures(path: Path) -> None:
    answers = load(path, LIBRARY).answers
    report = make_report(answers, None, LIBRARY.sentences, is_draft=False)
    figures = FigureValues(answers)
    for passage in answers.edition.passages:
        block = template_block(report, passage.id)
        if block is None:
            continue
        text = with_template_figures(block.text, block, answers)
        assert printed_text(text, figures) == block.text
        counted = {s.id for s in block.spans if s.kind == "figure" and s.id in answers.numbers}
        assert all(f"{{{name}}}" in text for name in counted), (text, counted)


def test_numbers_stay_bound_wherever_they_are_moved() -> None:
    answers = load(Path("samples/bureau-2025-typical/answers.yaml"), LIBRARY).answers
    report = make_report(answers, None, LIBRARY.sentences, is_draft=False)
    block = template_block(report, "requests.handled")
    assert block is not None
    text = with_template_figures(
        "予以公开19件，占63.3%；上年结转2件，全年办结30件。", block, answers
    )
    assert text == (
        "予以公开{open.total}件，占{open.total/result_total.total:1}；"
        "上年结转{carried_in.total}件，全年办结{result_total.total}件。"
    )


def test_a_changed_number_is_asked_once() -> None:
    now = talk()
    now.type("改写 收到申请的情况")
    said = now.type("本镇收到申请14件。")
    assert "收到申请14件　与表不符：「新收政府信息公开申请·总计」是12件" in said
    now.type("A")
    assert (
        now.interview.answers.given["requests.received"].value
        == "本镇收到申请{new_received.total}件。"
    )
    assert now.at == "trainings"


# --- In the conversation


def test_what_is_reworded_is_offered_and_sent_as_it_is_changes_nothing() -> None:
    now = talk()
    said = now.type("改写 公开平台")
    offered = now.turn.events[-1].draft
    assert offered.startswith("本镇通过") or "通过" in offered
    assert offered in said
    said = now.type(offered)
    assert "没有改" in said
    assert "platforms.channels" not in now.interview.answers.given
    assert now.at == "trainings"
    now.type("改写 公开平台")
    now.type("")
    assert now.at == "trainings"


def test_a_passage_is_left_out_given_back_undone_and_done_again() -> None:
    now = talk()
    said = now.type("不写 行政复议")
    assert "W01" in said
    assert "《条例》第五十条第（三）项" in said
    now.type("", "用回原文 行政复议")
    assert "requests.disputes" not in now.interview.answers.given
    now.type("撤销")
    assert now.interview.answers.is_dropped("requests.disputes")
    now.type("重做")
    assert not now.interview.answers.is_dropped("requests.disputes")


def test_paragraphs_are_added_behind_and_before_a_passage() -> None:
    now = talk()
    now.type("加段 收到申请的情况", "窗口接待来访。")
    assert now.at == "trainings"
    now.type("前加段 收到申请的情况", "先说窗口。")
    text = printed(now.interview.answers)
    at = next(n for n, each in enumerate(text) if "收到政府信息公开申请12件" in each)
    assert (text[at - 1], text[at + 1]) == ("先说窗口。", "窗口接待来访。")


def test_a_name_of_several_passages_is_asked_back_and_an_unknown_one_said() -> None:
    now = talk()
    assert "A." in now.type("改写 申请")
    now.type("否")
    assert "没有叫" in now.type("改写 没有这一段")
    said = now.type("改写")
    assert all(each.label in said for each in now.interview.edition.passages)


# --- What checks say


def test_figures_that_are_told_nowhere_any_more_are_named() -> None:
    told = with_wording(town(), active__published="把公开做实。")
    draft = make_draft(read(write_answers(told)), None, LIBRARY.sentences)
    found = next(each for each in draft.findings if each.code == "W02")
    assert "「主动公开政府信息数」" in found.sentence
    told = with_wording(town(), active__published="主动公开信息{active_total}条。")
    draft = make_draft(read(write_answers(told)), None, LIBRARY.sentences)
    assert not any(each.code == "W02" for each in draft.findings)


def test_a_template_that_changed_under_own_words_is_told() -> None:
    versions = town().edition.versions
    for version, is_told in ((versions["platforms.channels"], False), ("00000000", True)):
        words = Answer("在网站公开。", template=version)
        told = with_wording(town(), platforms__channels=words)
        codes = {each.code for each in run_checks(told, None, LIBRARY.sentences).findings}
        assert ("W03" in codes) is is_told


def test_own_words_that_contradict_the_table_are_found_as_in_other_own_text() -> None:
    told = with_wording(
        town(),
        requests__disputes="未发生行政复议和行政诉讼。",
        active__published_after="收到申请14件。",
    )
    codes = {each.key.split(".")[0] for each in run_checks(told, None, LIBRARY.sentences).findings}
    assert {"T01", "T10"} <= codes


def test_the_body_calls_itself_as_it_likes_and_its_figures_by_their_scope() -> None:
    told = with_wording(town(), self_name="我镇")
    text = "".join(printed(told))
    assert "2025年，我镇主动公开政府信息520条" in text
    told = with_wording(told, scope_name="全镇")
    text = "".join(printed(told))
    assert "2025年，全镇主动公开政府信息520条" in text
    assert "2025年，全镇收到政府信息公开申请12件" in text
    assert "全镇通过" not in text


def test_a_problem_and_its_measure_may_be_said_in_own_words() -> None:
    now = talk("problems")
    now.type("栏目长期没有更新：逐月核对栏目，责任到人", "")
    (row,) = now.interview.answers.given["problems"].rows
    assert dict(row) == {"problem": "栏目长期没有更新", "measure": "逐月核对栏目，责任到人"}
    text = "".join(printed(now.interview.answers))
    assert "存在的主要问题是栏目长期没有更新。" in text
    assert "将逐月核对栏目，责任到人。" in text
    again = read(write_answers(now.interview.answers)).answers
    assert again.given["problems"].value == now.interview.answers.given["problems"].value


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("认识不够到底：加强学习培训", "像是列出的“认识不够到位”写错了字"),
        ("人手紧：加强学习培讯", "像是列出的“加强学习培训”写错了字"),
        ("栏目长期没有更新的情况：3", "照“问题：措施”写"),
        ("人手紧 增加人手", "照“问题：措施”写"),
        ("人手紧：三件", "照“问题：措施”写"),
    ],
)
def test_a_slip_and_figures_are_no_problem_of_its_own(typed: str, said: str) -> None:
    now = talk("problems")
    heard = now.type(typed)
    assert "没有采用" in heard
    assert said in heard
    assert "可选范围" not in heard
    assert "problems" not in now.interview.answers.given


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("申请量持续增长：开展专项培训", [("申请量持续增长", "开展专项培训")]),
        ("人手紧:招人", [("人手紧", "招人")]),
        ("内容不够具体：培训", [("内容不够具体", "培训")]),
        ("人手紧：招人；栏目少：增加栏目", [("人手紧", "招人"), ("栏目少", "增加栏目")]),
    ],
)
def test_own_words_of_a_problem_are_of_any_length(typed: str, rows: list[tuple[str, str]]) -> None:
    now = talk("problems")
    now.type(typed)
    found = now.interview.answers.given["problems"].rows
    assert [(row["problem"], row["measure"]) for row in found] == rows


def test_a_line_that_was_refused_below_rows_is_told_before_the_list_is_left() -> None:
    now = talk("problems")
    now.type("人手紧：招人", "栏目少 增加栏目")
    assert "“栏目少 增加栏目”没有采用" in now.type("")
    assert now.at == "problems"
    now.type("")
    assert now.at != "problems"


def test_equal_digits_that_count_something_else_are_not_bound() -> None:
    told = with_wording(
        town(), requests__received="2025年收到申请{new_received.total}件，培训{trainings}次。"
    )
    report = make_report(told, None, LIBRARY.sentences, is_draft=False)
    block = next(each for each in report.blocks if each.wording == "requests.received")
    text = with_template_figures("3月12日收到申请12件、112件，培训3次，1.3次。", block, told)
    assert text == "3月12日收到申请{new_received.total}件、112件，培训{trainings}次，1.3次。"


def test_what_the_body_calls_itself_is_chosen_by_number_or_said() -> None:
    now = talk("self_name")
    choices = {each.label: each.key for each in ask(now.interview).choices}
    now.type(choices["我镇"])
    assert now.interview.answers.value("self_name") == "我镇"
    now.type("/跳到 自称", "本镇政府")
    assert now.interview.answers.value("self_name") == "本镇政府"


def test_words_for_a_passage_that_were_not_sent_wait_in_the_box() -> None:
    now = begin(
        town(),
        None,
        LIBRARY.sentences,
        unsent={"requests.received": "收到的申请均已"},
        resumes=True,
    )
    assert now.interview.at == "requests.received"
    assert now.events[-1].draft == "收到的申请均已"


def test_diff_tells_own_words_and_that_a_template_changed_under_them(
    nianbao, tmp_path: Path
) -> None:
    before, after = tmp_path / "甲.yaml", tmp_path / "乙.yaml"
    before.write_text(write_answers(town()), "utf-8")
    words = Answer("我镇在网站公开信息。", template="00000000")
    after.write_text(write_answers(with_wording(town(), platforms__channels=words)), "utf-8")
    said = nianbao("diff", before, after).stdout
    assert "现文（自己写的）：我镇在网站公开信息。" in said
    assert "「公开平台」改写以后，模板里的这一段又改了" in said


def test_a_figure_in_a_sum_or_a_share_is_told() -> None:
    words = (
        "予以公开和部分公开的有{open.total+partial.total}件，新收{new_received.total}件，"
        "自然人占{new_received.natural/new_received.total}。"
    )
    told = with_wording(town(), requests__received=words)
    draft = make_draft(read(write_answers(told)), None, LIBRARY.sentences)
    untold = [each.sentence for each in draft.findings if each.code == "W02"]
    assert not any("新收政府信息公开申请·自然人" in each for each in untold)


def test_a_left_out_passage_is_called_so_wherever_it_is_listed() -> None:
    now = talk()
    now.type("不写 公开平台")
    said = now.type("总览")
    assert "公开平台：不写进文稿" in said
    assert "公开平台：不适用" not in said


@pytest.mark.parametrize("word", ["改写", "不写", "加段", "前加段"])
def test_of_several_passages_the_one_that_is_chosen_is_meant(word: str) -> None:
    now = talk()
    said = now.type(f"/{word} 申请的")
    assert f"“{word} 收到申请的情况”" in said
    assert "requests." not in said
    now.type("B")
    handled = {"改写": "", "不写": "", "加段": "_after", "前加段": "_before"}[word]
    at = f"requests.handled{handled}"
    assert at == now.at or now.interview.answers.is_dropped("requests.handled")
