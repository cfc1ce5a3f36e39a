"""Numbers, lists, shares, years and words of a body's own text."""

from collections.abc import Callable

import pytest

from assistant.answers import Answer, Answers
from assistant.checks.runner import run_checks
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.messages.findings import Finding
from tests.data.cases import cases

TABLE = {
    "active_total": 145,
    "active_normative_published": 22,
    "key_total": 11,
    "key_finance": 10,
    "key_audit": 1,
    "channel_website": 120,
    "channel_wechat": 39,
    "interpretation_articles": 18,
    "received_total": 3,
    "received_in_person": 0,
    "received_fax": 0,
    "received_online": 2,
    "received_letter": 1,
    "completed_total": 3,
    "completed_on_time": 2,
    "completed_extended": 1,
    "replied_total": 3,
    "reply_already_public": 3,
    "review_total": 0,
    "litigation_total": 0,
    "reading_points": 1,
    "meetings_held": 2,
    "trainings_held": 4,
    "trainees": 100,
}
Judge = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def judge(edition: Edition, sentences: Sentences) -> Judge:
    """The text findings of one piece of own text beside the table above."""

    def run(text: str, *, year: int = 2017, before: str = "", slot: str = "own_2") -> list[Finding]:
        given = {name: Answer(value) for name, value in TABLE.items()}
        answers = Answers(edition, year, given | {slot: Answer(text)})
        previous = Answers(edition, year - 1, {slot: Answer(before)}) if before else None
        found = run_checks(answers, previous, sentences).findings
        return [finding for finding in found if finding.key[0] == "T" and slot in finding.key]

    return run


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def arithmetic(findings: list[Finding], code: str) -> list[str]:
    return [finding.arithmetic for finding in findings if finding.code == code]


DIFFERENT = cases("own_text_different")


@pytest.mark.parametrize(("text", "cell", "shown"), DIFFERENT)
def test_a_number_that_names_an_indicator_and_differs_is_found(
    judge: Judge, text: str, cell: str, shown: str
) -> None:
    found = [finding for finding in judge(text) if finding.code == "T01"]
    assert (cell, shown) in [(finding.cells[1], finding.arithmetic) for finding in found]
    assert all(finding.level == "confirm" for finding in found)
    assert found[0].excerpt == found[0].values["own_2"], "the sentence is quoted"


@pytest.mark.parametrize(
    "text",
    cases("own_text_other_numbers"),
)
def test_a_number_that_states_no_indicator_of_the_year_is_left_alone(
    judge: Judge, text: str
) -> None:
    assert not {"T01", "T04"} & set(codes(judge(text)))


def test_money_told_in_yuan_is_compared_in_the_unit_of_the_cell(
    edition: Edition, sentences: Sentences
) -> None:
    from decimal import Decimal

    def found(text: str, collected: str) -> list[str]:
        given = {"fees_collected": Answer(Decimal(collected)), "own_5": Answer(text)}
        outcomes = run_checks(Answers(edition, 2016, given), None, sentences)
        return arithmetic(list(outcomes.findings), "T01")

    assert found("收取费用350元。", "0.035") == []
    assert found("收取费用350元。", "350") == ["350元≠350万元"]
    assert found("收取费用0.35万元。", "0.035") == ["0.35万元≠0.035万元"]


def test_every_text_of_the_body_is_read_list_rows_included(
    edition: Edition, sentences: Sentences
) -> None:
    given = {
        "received_total": Answer(3),
        "systems_revised": Answer(({"title": "收到申请4件。"},)),
        "other_matters": Answer("收到申请5件。"),
        "contact_address": Answer("收到申请6件。"),
    }
    found = run_checks(Answers(edition, 2017, given), None, sentences).findings
    assert [finding.key for finding in found if finding.code == "T01"] == [
        "T01.systems_revised.received_total",
        "T01.other_matters.received_total",
    ]


FAULTY_LISTS = cases("own_text_faulty_lists")


@pytest.mark.parametrize(("text", "shown"), FAULTY_LISTS)
def test_a_list_that_does_not_add_up_is_found_with_its_arithmetic(
    judge: Judge, text: str, shown: str
) -> None:
    assert arithmetic(judge(text), "T02") == [shown]


@pytest.mark.parametrize(
    "text",
    cases("own_text_lists"),
)
def test_a_list_that_adds_up_or_does_not_claim_to_is_left_alone(judge: Judge, text: str) -> None:
    assert "T02" not in codes(judge(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("走访群众530人次，其中老年人528人次，占99.61%。", "528÷530=99.62%≠99.61%"),
        ("530件来信中，528件当场答复，占99.61%。", "528÷530=99.62%≠99.61%"),
        ("来信805件，其中公开258件，占33.9%。", "258÷805=32.0%≠33.9%"),
        ("来信8件，其中网络1件，占12%。", "1÷8=13%≠12%"),
        ("来信８件，其中网络１件，占比１２％。", "1÷8=13%≠12%"),
        ("来信8件，比上年增加4件，其中网络1件，占全部来信的25%。", "1÷8=13%≠25%"),
        ("2016年走访160人次，2017年走访200人次，增长20%。", "（200-160）÷160=25%≠20%"),
        ("2016年走访200人次，2017年走访150人次，同比下降2.5%。", "（200-150）÷200=25.0%≠2.5%"),
    ],
)
def test_a_share_no_total_of_the_sentence_yields_is_found(
    judge: Judge, text: str, shown: str
) -> None:
    assert arithmetic(judge(text), "T03") == [shown]


@pytest.mark.parametrize(
    "text",
    cases("own_text_shares"),
)
def test_a_share_is_rounded_half_up_and_only_exact_claims_are_judged(
    judge: Judge, text: str
) -> None:
    assert "T03" not in codes(judge(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("截至2016年底，公开栏共有5处。", "2016年≠2017年"),
        ("截止2016年12月31日，收到来信5件，比上年增加1件。", "2016年≠2017年"),
        ("2016年，我镇更换了公开栏。", "2016年≠2017年"),
        ("2016年度，走访群众300人次。", "2016年≠2017年"),
        ("我镇2016年走访群众300人次。", "2016年≠2017年"),
        ("在2016年1月1日到12月31日期间，走访群众300人次。", "2016年≠2017年"),
        ("2018年，共走访群众300人次。", "2018年≠2017年"),
    ],
)
def test_a_text_that_tells_of_another_year_is_found(judge: Judge, text: str, shown: str) -> None:
    assert arithmetic(judge(text), "T03") == [shown]


@pytest.mark.parametrize(
    "text",
    cases("own_text_years"),
)
def test_a_year_with_its_own_reason_is_left_alone(judge: Judge, text: str) -> None:
    assert "T03" not in codes(judge(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("主动公开政府信息140余条。", "140余条≠145条"),
        ("主动公开政府信息约145条。", "145条≠145条"),
        ("主动公开政府信息145条左右。", "145条≠145条"),
        ("主动公开政府信息近150条。", "150条≠145条"),
        ("主动公开政府信息145多条。", "145多条≠145条"),
        ("接受培训超过90人次。", "90人次≠100人次"),
    ],
)
def test_a_vague_number_beside_an_exact_cell_is_found_and_is_no_contradiction(
    judge: Judge, text: str, shown: str
) -> None:
    found = judge(text)
    assert codes(found) == ["T04"]
    assert found[0].arithmetic == shown


@pytest.mark.parametrize("text", ["张贴公告140余份。", "去年主动公开政府信息140余条。"])
def test_a_vague_number_of_something_else_is_left_alone(judge: Judge, text: str) -> None:
    assert "T04" not in codes(judge(text))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("按照国办公开办函〔2021〕30号的格式编制。", True),
        ("按照国办公开办函[2019]60号的格式编制。", True),
        ("按照国办公开办函（2019）60号的格式编制。", True),
        ("依据国务院令第711号公布的条例。", True),
        ("根据《中华人民共和国政府信息公开条例》第五十条编制。", True),
        ("根据《条例》第四十九条编制。", True),
        ("按照国办发〔2014〕32号的要求报送。", False),
        ("根据《中华人民共和国政府信息公开条例》第三十二条编制。", False),
    ],
)
def test_laws_and_formats_of_other_years_are_found(judge: Judge, text: str, is_found: bool) -> None:
    assert ("T05" in codes(judge(text))) == is_found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("主动公开主动公开政府部门预算。", "主动公开主动公开"),
        ("按时更换公开栏，，方便群众。", "，，"),
        ("更换公开栏。。", "。。"),
        ("更换公开栏,,方便群众。", ",,"),
        ("群众的的意见及时回复。", "的的"),
        ("更换了了公开栏。", "了了"),
        ("各村便民服务点张贴办事指南各村便民服务点张贴办事指南。", "便民服务点"),
    ],
)
def test_doubled_words_and_marks_are_found(judge: Judge, text: str, words: str) -> None:
    found = [each for each in judge(text) if each.code != "T09"]
    assert codes(found) == ["T06"]
    assert words in found[0].sentence


@pytest.mark.parametrize(
    "text",
    [
        "为了了解群众需求，走访300人次。",
        "除了了解政策，还现场答疑。",
        "有目的的公开，目的的实现靠落实。",
        "的的确确方便了群众。",
        "方便群众……群众满意。",
        "一项一项核对，逐村逐户走访。",
        "研究研究再答复，认认真真办理。",
    ],
)
def test_words_that_double_by_right_are_left_alone(judge: Judge, text: str) -> None:
    assert "T06" not in codes(judge(text))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("更换了公开栏,新增查询点。", "栏,"),
        ("开展培训(两次)。", "训("),
        ("更换了公开栏.", "栏."),
        ("更换了公开栏", ""),
        ("更换了公开栏，", ""),
    ],
)
def test_marks_of_another_script_and_missing_ends_are_told(
    judge: Judge, text: str, mark: str
) -> None:
    found = [each for each in judge(text) if each.code == "T09"]
    assert {each.level for each in found} == {"notice"}
    assert mark in found[0].sentence
    assert ("半角" in found[0].sentence) == bool(mark)


@pytest.mark.parametrize(
    "text",
    [
        "占99.6%，比上年增加0.5个百分点。",
        "网址是http://www.example.cn/a。",
        "设“公开角。”",
        "办结（3日内）。",
    ],
)
def test_marks_that_stand_right_are_left_alone(judge: Judge, text: str) -> None:
    assert "T09" not in codes(judge(text))


@pytest.mark.parametrize("slot", ["own_1", "own_4", "own_6", "other_matters"])
def test_any_own_text_satisfies_the_wish_for_one(
    edition: Edition, sentences: Sentences, slot: str
) -> None:
    empty = run_checks(Answers(edition, 2017), None, sentences)
    told = run_checks(Answers(edition, 2017, {slot: Answer("公开栏更换。")}), None, sentences)
    (finding,) = [finding for finding in empty.findings if finding.code == "T07"]
    assert finding.level == "notice"
    assert told.by_check["T07"] == "passed"


def test_text_equal_to_last_years_is_found_in_its_slot(judge: Judge) -> None:
    found = judge("公开栏更换。", before="公开栏更换。", slot="own_4")
    assert [(finding.key, finding.level) for finding in found] == [("T08.own_4", "confirm")]
    assert judge("公开栏更换。", before="公开栏更换了。", slot="own_4") == []


def test_each_faulty_sentence_can_be_given_a_reason_of_its_own(
    judge: Judge, read_text_of: Callable, sentences: Sentences
) -> None:
    text = "公开栏的的更换。来信5件，其中甲2件、乙2件。来电9次，其中甲4次、乙4次。"
    keys = [finding.key for finding in judge(text)]
    assert len(set(keys)) == len(keys) == 5
    reasons = "".join(
        f'  {finding.key}: {{reason: 原文如此, values: {{own_2: "{finding.values["own_2"]}"}}}}\n'
        for finding in judge(text)
    )
    file = f'format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n  own_2: "{text}"\n'
    answers = read_text_of(file + "acknowledged:\n" + reasons).answers
    found = run_checks(answers, None, sentences).findings
    assert [finding.reason for finding in found if finding.key in keys] == ["原文如此"] * 5


def test_a_reason_for_a_sentence_is_void_when_the_sentence_or_the_cell_changes(
    read_text_of: Callable, sentences: Sentences
) -> None:
    def finding(sentence: str, received: int) -> Finding:
        answers = read_text_of(
            "format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n"
            f"  received_total: {received}\n  own_3: {sentence}\nacknowledged:\n"
            "  T01.own_3.received_total:\n    reason: 含上年结转\n"
            '    values: {own_3: 收到申请5件。, received_total: "3"}\n'
        ).answers
        found = run_checks(answers, None, sentences).findings
        return next(each for each in found if each.code == "T01")

    assert finding("收到申请5件。", 3).reason == "含上年结转"
    assert finding("收到申请6件。", 3).expired_reason == "含上年结转"
    assert finding("收到申请5件。", 4).expired_reason == "含上年结转"
