"""What a body may choose to tell on top: asked and told only then, and never half a sentence."""

from collections.abc import Mapping

import pytest

from assistant.answers import Answers, read_given
from assistant.checks.runner import run_checks
from assistant.dialog.interview import prompt
from assistant.form.loader import open_library
from assistant.form.model import Fact
from assistant.report import make_report
from tests.machines import Talk

LIBRARY = open_library()
FORM = LIBRARY.edition("national-2021")
QUESTIONS = {fact.id: fact for fact in FORM.facts}
BELOW: Mapping[str, tuple[Fact, ...]] = {
    option.id: tuple(fact for fact in FORM.facts if option.id in fact.when.get("also_told", ()))
    for option in QUESTIONS["also_told"].options
}
"""What is asked when something is chosen; nothing where it only tells more of the table."""
WORDS = {"list": "甲", "text": "这是补充的一句话。"}
ROWS = {"count": 7, "line": "示例栏目"}


def answers(**given: object) -> Answers:
    """Answers of a town in which every cell that is not named is zero."""
    zeros = {cell.id: 0 for cell in FORM.indicators}
    made = read_given(FORM, 2025, {**zeros, "body_kind": "镇人民政府", **given}, LIBRARY.sentences)
    assert not [each.sentence for each in made.findings if each.level == "error"]
    return made.answers


def told(of: Answers) -> str:
    """The narrative, as it would be given away."""
    report = make_report(of, None, LIBRARY.sentences, is_draft=False)
    return "\n".join(block.text for block in report.blocks if block.kind == "paragraph")


def keys(of: Answers) -> set[str]:
    """The keys of all findings."""
    return {finding.key for finding in run_checks(of, None, LIBRARY.sentences).findings}


def something(fact: Fact, number: int) -> object:
    """An answer that says something: a number, the first option, or a row of a list."""
    if fact.kind in ("count", "amount"):
        return number
    if fact.options:
        return fact.options[0].label
    if fact.columns:
        return [{column.id: ROWS[column.kind] for column in fact.columns}]
    return WORDS[fact.kind]


def chosen(name: str) -> str:
    """The label of what is chosen."""
    return next(each.label for each in QUESTIONS["also_told"].options if each.id == name)


HANDLED = {"new_received.natural": 2, "open.natural": 2, "interpretations": 9, "trainings": 1}
"""What must have been for some of it to be told at all."""


@pytest.mark.parametrize("name", BELOW)
def test_each_is_asked_and_told_only_when_it_is_chosen(name: str) -> None:
    given = {fact.id: something(fact, 1) for fact in BELOW[name]}
    without = answers(**HANDLED, **given)
    assert told(without) == told(answers(**HANDLED))
    assert not {fact.id for fact in BELOW[name]} & without.active.keys()
    chosen_too = answers(**HANDLED, also_told=[chosen(name)], **given)
    assert all(chosen_too.applies(fact) for fact in BELOW[name])
    # 申请人和结果的细目: one kind of applicant is told either way
    assert (told(chosen_too) != told(without)) == bool(BELOW[name])


@pytest.mark.parametrize("name", BELOW)
def test_what_was_chosen_and_left_empty_is_not_told_and_leaves_no_gap(name: str) -> None:
    assert told(answers(**HANDLED, also_told=[chosen(name)])) == told(answers(**HANDLED))


@pytest.mark.parametrize("name", [name for name, facts in BELOW.items() if len(facts) > 1])
def test_no_part_of_it_that_is_empty_leaves_a_gap(name: str) -> None:
    for left_out in BELOW[name]:
        given = {each.id: something(each, 3) for each in BELOW[name] if each is not left_out}
        said = told(answers(**HANDLED, also_told=[chosen(name)], **given))
        assert said.count("【") == told(answers(**HANDLED)).count("【")


@pytest.mark.parametrize(
    ("received", "adopted", "sentence"),
    [
        (15, 9, "公开征求意见，收到意见15条，采纳9条。"),
        (15, 15, "公开征求意见，收到意见15条，均已采纳。"),
        (15, 0, "公开征求意见，收到意见15条，均未采纳。"),
        (0, 0, "公开征求意见，未收到意见。"),
        (15, None, "公开征求意见，收到意见15条。"),
        (None, 9, "公开征求意见，采纳9条。"),
        (None, None, "公开征求意见。"),
    ],
)
def test_opinions_are_told_as_far_as_they_were_counted(
    received: int | None, adopted: int | None, sentence: str
) -> None:
    counts = {"opinions_received": received, "opinions_adopted": adopted}
    given = {name: count for name, count in counts.items() if count is not None}
    assert sentence in told(answers(also_told=["意见征集"], drafts_consulted=2, **given))


def test_the_details_are_the_rows_and_columns_of_the_table() -> None:
    given = {"new_received.biz": 2, "deny_law.biz": 1, "deny_process.biz": 1}
    assert "法人或其他组织提出" in told(answers(**given))
    assert "均不予公开" in told(answers(**given))
    whole = told(answers(**given, also_told=["申请人和结果的细目"]))
    assert "由商业企业提出" in whole
    assert "不予公开（法律行政法规禁止公开）1件、不予公开（属于四类过程性信息）1件" in whole


def test_a_question_is_asked_when_one_of_several_options_is_chosen() -> None:
    governments = [
        o
        for o in QUESTIONS["body_kind"].options
        if o.id in QUESTIONS["assessment"].when["body_kind"]
    ]
    for option in QUESTIONS["body_kind"].options:
        of = answers(body_kind=option.label)
        assert of.applies(QUESTIONS["evaluation"]) == (option in governments), option.label


def test_a_question_hangs_on_what_the_one_above_it_hangs_on() -> None:
    given = {"evaluation": "开展了", "satisfaction": "96.6", "evaluation_opinions": 8}
    assert answers(**given).applies(QUESTIONS["satisfaction"])
    bureau = answers(**given, body_kind="县级以上人民政府部门")
    assert not bureau.applies(QUESTIONS["satisfaction"])
    assert not given.keys() & bureau.active.keys()
    assert "评议" not in told(bureau)


def test_what_was_published_is_chosen_only_where_no_kinds_were_counted() -> None:
    rows = [{"category": "机构职能", "count": 8}]
    kinds = QUESTIONS["content_kinds"]
    assert answers().applies(kinds)
    assert answers(categories="没有").applies(kinds)
    assert not answers(categories=rows).applies(kinds)
    counted = answers(active_total=8, categories=rows, content_kinds=["村务"])
    assert "村务" not in told(counted)


def test_governments_must_tell_assessment_and_evaluation() -> None:
    wanted = {"L08", "L08.evaluation"}
    town = {"accountability": 0}
    assert keys(answers(**town)) & wanted == wanted
    assert keys(answers(**town, assessment="良好")) & wanted == {"L08.evaluation"}
    assert not keys(answers(**town, assessment="良好", evaluation="没有开展")) & wanted
    for kind in ("县级以上人民政府部门", "街道办事处", "国务院部门", "其他机关"):
        assert not keys(answers(**town, body_kind=kind)) & wanted, kind


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("优秀", ["优秀", "不适用"]),
        ("考核结果为优秀。", ["优秀", "不适用"]),
        ("没有考核", ["没有考核", "不适用"]),
        ("没有开展社会评议", ["不适用", "没有开展"]),
        ("本年度未组织社会评议", ["不适用", "没有开展"]),
        ("今年社会评议没有开展", ["不适用", "没有开展"]),
        ("社会评议由县里统一组织，写在补充里", ["不适用", "不适用"]),
    ],
)
def test_an_option_told_for_a_reason_answers_the_choice_that_was_left(
    typed: str, told: list[str]
) -> None:
    now = Talk(answers(), at="assessment")
    assert "就是「工作考核结果」的答案" in now.type("", "", "0")
    now.type(typed)
    assert now.all("assessment", "evaluation") == told
    assert bool(now.interview.answers.acknowledged) == (told == ["不适用", "不适用"])


def test_the_code_of_a_finding_leads_to_the_choice_that_was_left() -> None:
    now = Talk(answers(), at="assessment")
    now.type("良好", "", "0", "", "跳到 L08")
    assert now.at == "evaluation"
    assert "L08已经相符" in now.type("没有开展")
    assert "现在没有要处理的" in now.type("跳到 L08")


def test_the_conversation_asks_what_was_chosen_and_nothing_else() -> None:
    talk = Talk(answers(), at="also_told")
    talk.type("意见征集、建议提案")
    asked = []
    while QUESTIONS.get(talk.at) and QUESTIONS[talk.at].when:
        asked.append(talk.at)
        talk.type("3")
    assert asked == ["drafts_consulted", "opinions_received", "opinions_adopted", "proposals"]
    assert "就3件文件草案公开征求意见，收到意见3条，均已采纳。" in told(talk.interview.answers)


def test_a_question_that_was_not_chosen_is_said_to_hang_on_the_choice() -> None:
    talk = Talk(answers(), at="new_received.natural")
    assert "取决于「还要写的情况」" in talk.type("跳到 收到留言数")
    rows = [{"category": "机构职能", "count": 8}]
    talk = Talk(answers(categories=rows), at="new_received.natural")
    assert "取决于「主动公开信息分类」" in talk.type("跳到 主要公开的内容")


def test_a_choice_taken_back_hides_what_was_told_and_undo_brings_it_back() -> None:
    given = {"also_told": ["网民留言"], "messages_received": 4, "messages_answered": 4}
    talk = Talk(answers(**given), at="also_told")
    assert "收到网民留言4件，均已答复。" in told(talk.interview.answers)
    talk.type("会议开放")
    assert "留言" not in told(talk.interview.answers)
    talk.type("撤销")
    assert "收到网民留言4件，均已答复。" in told(talk.interview.answers)


RESTING = [fact for fact in FORM.facts if fact.rests_on]


def above(fact: Fact) -> dict[str, object]:
    """What must be chosen, and of numbers told above it, for a fact to be asked."""
    owner = QUESTIONS[fact.rests_on]
    wanted = fact.when.get("also_told", ())
    made: dict[str, object] = {"also_told": [chosen(each) for each in wanted[:1]]}
    return {**made, **({**above(owner), owner.id: 4} if owner.rests_on else {})}


@pytest.mark.parametrize("fact", RESTING, ids=lambda fact: fact.id)
def test_what_there_can_be_none_of_is_not_asked(fact: Fact) -> None:
    """After a zero it is zero, after an untold number untold; above zero it is asked."""
    zero = answers(**above(fact) | {fact.rests_on: 0})
    assert not zero.applies(fact)
    assert zero.numbers[fact.id] == 0
    assert f"M01.{fact.id}" not in keys(zero)
    if not QUESTIONS[fact.rests_on].required:
        untold = answers(**above(fact) | {fact.rests_on: "不适用"})
        assert not untold.applies(fact)
        assert fact.id not in untold.numbers
    assert answers(**above(fact) | {fact.rests_on: 5}).applies(fact)


@pytest.mark.parametrize("fact", RESTING, ids=lambda fact: fact.id)
def test_a_zero_that_is_given_all_the_same_reads_as_before(fact: Fact) -> None:
    """A file that holds the zero says the same with it, and nobody is told of it."""
    left = answers(**above(fact) | {fact.rests_on: 0})
    given = answers(**above(fact) | {fact.rests_on: 0, fact.id: 0})
    assert given.numbers == left.numbers
    assert told(given) == told(left)
    assert keys(given) == keys(left)
    assert given.idle == left.idle


def test_a_number_that_contradicts_the_zero_is_found() -> None:
    """It stands where it was given, and the check says that it cannot be."""
    against = answers(fee_notices=0, fee_noticed=400, fee_collected=0)
    assert against.numbers["fee_noticed"] == 400
    assert "S07" in keys(against)


def test_after_no_notices_the_conversation_goes_past_the_money() -> None:
    """One zero answers three questions; who goes to one of them can write it all the same."""
    now = Talk(answers(), None, "fee_notices")
    now.type("0")
    assert now.at == "other_matters"
    now.type("/跳到 实际收取金额", "200")
    assert (now.given("fee_collected"), now.at) == ("200", "other_matters")
    assert now.interview.answers.numbers["fee_noticed"] == 0
    now.type("/跳到 收费通知件数", "2")
    assert now.interview.answers.applies(QUESTIONS["fee_collected"])


def test_how_a_number_is_left_out_is_said_once() -> None:
    """What may be left out says 没有统计的按回车, and nothing that is against it."""
    numbers = [fact for fact in FORM.facts if fact.kind in ("count", "amount")]
    for fact in numbers:
        assert ("填0" in fact.ask) == fact.required, fact.id
        lines = prompt.ask(Talk(answers(), None, fact.id).interview).below
        assert ("没有统计的按回车；统计了、一个也没有的填0" in lines) != fact.required, fact.id


@pytest.mark.parametrize(
    ("rows", "total", "is_told"),
    [
        ({"政府网站": 2428}, 2428, False),
        ({"政府网站": 2000}, 2428, True),
        ({"政府网站": 2428}, "不适用", True),
        ({"政府网站": 2000, "公开栏": 428}, 2428, True),
    ],
)
def test_the_only_platform_with_the_whole_total_is_not_told_twice(
    rows: dict[str, int], total: object, *, is_told: bool
) -> None:
    """What one platform published is the total that was told before."""
    counts = [{"platform": name, "count": count} for name, count in rows.items()]
    said = told(answers(active_total=total, platform_counts=counts))
    assert ("按平台分" in said) == is_told
    assert said.count("2428条") == (2428 in (total, rows["政府网站"]))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"body_kind": "政府信息公开工作主管部门"}, "文稿里写“本级政府”"),
        ({"body_kind": "镇人民政府"}, "文稿里写“本镇”"),
        ({"body_kind": "暂缺"}, "不填的按回车"),
    ],
)
def test_the_question_for_the_own_name_says_what_is_printed_without(
    given: dict[str, object], words: str
) -> None:
    """The words of the kind of body, as the report has them."""
    of = answers(**given)
    lines = prompt.ask(Talk(of, None, "self_name").interview).below
    assert any(line.endswith(words) for line in lines)
    assert of.called in words


@pytest.mark.parametrize(
    ("called", "text", "word"),
    [
        ("我镇", "本镇逐级审核发布。", "本镇"),
        ("我镇", "我镇逐级审核发布。", ""),
        ("我镇", "我镇逐级审核，本机关汇总。", ""),
        ("我镇", "逐级审核发布。", ""),
        ("不适用", "本级政府逐级审核发布。", "本级政府"),
        ("不适用", "本镇逐级审核发布。", ""),
    ],
)
def test_other_words_that_hold_an_earlier_own_name_are_found(
    called: str, text: str, word: str
) -> None:
    """A paragraph reworded before the name was changed is named with the name it still has."""
    plain = answers(self_name=called)
    worded = {**plain.given, "management.measures": plain.worded("management.measures", text)}
    found = run_checks(plain.with_given(worded), None, LIBRARY.sentences).findings
    said = [each.sentence for each in found if each.key == "W04.management.measures"]
    assert [f"里还写着“{word}”" in each for each in said] == ([True] if word else [])
