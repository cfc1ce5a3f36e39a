"""Numbers, lists, shares, years and words of a body's own text."""

from collections.abc import Callable

import pytest

from assistant.answers import Answer, Answers
from assistant.checks.runner import run_checks
from assistant.form.model import Edition
from assistant.messages import Sentences
from assistant.messages.findings import Finding

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


DIFFERENT = [
    ("当面申请3件，均已当场说明。", "received_in_person", "3件≠0件"),
    ("收到申请3件，都是当面申请。", "received_in_person", "3件≠0件"),
    ("全年收到申请3件，均为网络申请。", "received_online", "3件≠2件"),
    ("3件都是当面申请。", "received_in_person", "3件≠0件"),
    ("共收到3件当面申请。", "received_in_person", "3件≠0件"),
    ("收到申请3件，都是当面申请的有3件；当面申请3件。", "received_in_person", "3件≠0件"),
    ("财务公开11条。", "key_finance", "11条≠10条"),
    ("收到2件政府信息公开申请。", "received_total", "2件≠3件"),
    ("本年度共受理政府信息公开申请２件。", "received_total", "2件≠3件"),
    ("我镇全年共收到申请两件。", "received_total", "两件≠3件"),
    ("2017年收到申请5件,均已答复。", "received_total", "5件≠3件"),
    ("截至2017年12月31日，累计收到申请5件。", "received_total", "5件≠3件"),
    ("上年收到申请1件，今年收到申请5件。", "received_total", "5件≠3件"),
    ("主动公开政府信息1,450条。", "active_total", "1,450条≠145条"),
    ("主动公开政府信息的总数为154条，比上年增加9条。", "active_total", "154条≠145条"),
    ("主动公开154条政府信息。", "active_total", "154条≠145条"),
    ("收到申请3件，其中网络1件、信函1件。", "received_online", "1件≠2件"),
    ("按时办结3件。", "completed_on_time", "3件≠2件"),
    ("举办5次培训班，接受培训100人次。", "trainings_held", "5次≠4次"),
    ("召开政府信息公开工作会议或专题会议三次。", "meetings_held", "三次≠2次"),
    ("设置2个查阅点。", "reading_points", "2个≠1个"),
    ("通过网络提出1件、通过信函提出1件。", "received_online", "1件≠2件"),
    ("其中三公经费11条。", "key_finance", "11条≠10条"),
    ("发布政策解读稿件16篇。", "interpretation_articles", "16篇≠18篇"),
    ("行政复议1件。", "review_total", "1件≠0件"),
    ("全年培训120人次。", "trainees", "120人次≠100人次"),
    ("本镇参训120人次。", "trainees", "120人次≠100人次"),
    ("举办培训班4次，培训120人次。", "trainees", "120人次≠100人次"),
    ("培训12次。", "trainings_held", "12次≠4次"),
]


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
    [
        # equal to the table
        "举办各类培训班4次。",
        "全年举办4次培训班，接受培训100人次。",
        "培训4次，培训100人次。",
        "当面申请0件。",
        "收到申请3件，其中网络申请2件、信函申请1件。",
        # names no indicator
        "张贴公告20份，走访群众300人次。",
        "更换公开栏3个，印制折页5000份。",
        # changes, not levels
        "收到申请3件，比上年增加5件。",
        "收到申请比上年增加5件，主动公开政府信息较上年减少12条。",
        "网络申请同比增长3件。",
        # another unit
        "网络申请涉及2人，政务微信关注人数达4000人。",
        "收到申请3条。",
        # a part, another body, another channel
        "其中办公室主动公开信息30条。",
        "各村主动公开政府信息60条。",
        "通过政务微信主动公开政府信息39条。",
        "通过政务微信，主动公开政府信息39条。",
        "政府网站、政务微信公开政府信息150条。",
        "政府网站和政务微信公开政府信息150条。",
        "5件网络申请涉及征地补偿。",
        "其中1件网络申请由法律顾问审核。",
        "为村干部举办培训班1次。",
        # another time, or not yet
        "上年收到申请5件。",
        "2016年收到申请5件，2015年收到申请6件。",
        "上半年收到申请1件。",
        "六月举办培训班1次。",
        "第一季度主动公开政府信息30条。",
        "自条例施行以来累计主动公开政府信息2000条。",
        "近三年收到申请9件。",
        "截至2016年末，累计主动公开政府信息500条。",
        "计划举办培训班6次。",
        "明年将召开会议5次。",
        "每年举办培训班不少于1次。",
        # another thing counted
        "受理热线投诉举报320件，办结率100%。",
        "党务公开信息58条，村务公开信息230条。",
        "主动公开类信息145条，不予公开类信息5条。",
        "在12个村设置查阅点12个。",
        "受理群众诉求20件，办结20件。",
        "办理人大代表建议5件，答复5件。",
        "意见箱收到7件群众来信。",
        "共收到5件建议。",
        "在第3次培训班上讲解条例。",
        "举办培训班3至5次。",
        "开展消防培训120人次。",
        "受理热线320件，培训120人次。",
    ],
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


FAULTY_LISTS = [
    ("张贴公告20份，其中村务8份、财务13份。", "8+13=21≠20"),
    ("共公开信息145条，其中文件22条、动态112条、财务11条、机构10条。", "22+112+11+10=155≠145"),
    ("共公开信息145条。其中，文件22条、动态112条、财务11条、机构10条。", "22+112+11+10=155≠145"),
    ("公开346条，包括通知240条、年报1条、财务36条、动态70条。", "240+1+36+70=347≠346"),
    ("发布各类消息2483条，其中网站319、微信851、微博2348。", "319+851+2348=3518≠2483"),
    ("全年发布消息2873条，其中网站1600条、微信450条、其他453条。", "1600+450+453=2503≠2873"),
    ("回复9件，分别为同意7件、部分同意1件、不同意1件、其他3件。", "7+1+1+3=12≠9"),
    ("回复9件，分别为同意6件，部分同意1件，不同意1件。", "6+1+1=8≠9"),
    ("公开606条，其中：指南51条；目录7条；动态554条。", "51+7+554=612≠606"),
    ("来信5件，比上年增加2件，其中老年人2件、青年人2件。", "2+2=4≠5"),
    ("来信5件,其中老年人2件、青年人2件,均在期限内回复,比上年增加1件。", "2+2=4≠5"),
    ("来信5件，其中老年人2件、青年人2件；来电9次。", "2+2=4≠5"),
    ("来信5件，其中老年人3件、青年人2件；来电9次，其中咨询4次、建议4次。", "4+4=8≠9"),
    ("来信5件，其中2件为咨询、2件为建议。", "2+2=4≠5"),
    ("来信5件，其中老年人2件（40%）、青年人2件（40%）。", "2+2=4≠5"),
    ("张贴公告二十份，其中村务八份、财务十三份。", "8+13=21≠20"),
]


@pytest.mark.parametrize(("text", "shown"), FAULTY_LISTS)
def test_a_list_that_does_not_add_up_is_found_with_its_arithmetic(
    judge: Judge, text: str, shown: str
) -> None:
    assert arithmetic(judge(text), "T02") == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "张贴公告20份，其中村务8份、财务12份。",
        "来信5件。其中，老年人3件、青年人2件。",
        # introduced as open
        "张贴公告20份，其中村务8份、财务2份等。",
        "张贴公告20份，其中主要是村务8份、财务2份。",
        "张贴公告20份，主要包括村务8份、财务2份。",
        # vague on one side
        "张贴公告20余份，其中村务8份、财务13份。",
        "张贴公告276份，其中村务216份、财务50份、报送100余份。",
        # one part says nothing about the rest
        "张贴公告20份，其中村务8份。",
        # nested
        "来信5件，其中网络3件，其中公民2件、企业1件，当面2件。",
        "来信5件，其中网络3件（公民2件、企业1件）、当面2件。",
        "来信5件，其中同意2件，不同意3件，涉及隐私1件、涉及秘密2件。",
        # what follows is no longer the list
        "来信5件，其中当面3件、网络2件，均已回复，比上年增加1件。",
        "来信5件，其中当面3件、网络2件；回复5件。",
        "来信5件，其中当面3件，办结5件，回复5件。",
        "来信5件，其中当面3件、网络2件，平均3个工作日回复。",
        # other units, shares
        "培训100人次，其中讲座2次、座谈3次。",
        "来信5件，其中当面3件，占60%；网络2件，占40%。",
        "走访100户，其中老年人家庭74%、其他15%。",
    ],
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
    ],
)
def test_a_share_no_total_of_the_sentence_yields_is_found(
    judge: Judge, text: str, shown: str
) -> None:
    assert arithmetic(judge(text), "T03") == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "走访群众530人次，其中老年人528人次，占99.62%。",
        "走访群众530人次，其中老年人528人次，占99.6%。",
        "走访群众530人次，其中老年人528人次，占100%。",
        "来信8件，其中网络1件，占12.5%；信函1件，占13%。",
        "来信10件，回复9件，其中当天回复6件，占66.7%。",
        "来信10件，回复9件，其中当天回复6件，占来信的60%。",
        "来信100件，其中甲村74件，占74%、乡15件，占15%、其他12件，占12%。",
        # nothing to recompute with, or not exact
        "老年人占99.61%。",
        "财务10条，审计1条，占公开总数的7.6%。",
        "来信9件，其中网络6件，约占60%。",
        "来信9件，其中网络6件，占60%以上。",
        "来信9件，其中网络6件，占近七成。",
        "来信90余件，其中网络60件，占60%。",
    ],
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
    [
        "截至2017年底，公开栏共有5处。",
        "来信5件，比2016年增加2件。",
        "与2016年相比，来信有所增加。",
        "2016年来信3件，2017年来信5件。",
        "2018年将继续更换公开栏。",
        "2018年，进一步完善公开目录。",
        "到2020年，建成覆盖各村的查阅点。",
        "按照国办发〔2014〕32号文件的要求报送数据。",
        "按照《政府信息公开条例（2008年）》的要求公开。",
        "条例自2008年5月1日起施行。",
        "2008年5月1日起施行的条例。",
        "2015年成立的领导小组继续履职。",
        "2016年以来，公开栏逐步更换。",
        "公开2016年度部门决算和审计结果。",
        "2016年决算已经公开。",
        "群众对2016年的公开栏提出意见。",
        "2016年查找的3个问题未再出现。",
        "自2017年7月1日起，新的公开栏启用。",
    ],
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
    assert len(set(keys)) == len(keys) == 3
    reasons = "".join(
        f'  {finding.key}: {{reason: 原文如此, values: {{own_2: "{finding.values["own_2"]}"}}}}\n'
        for finding in judge(text)
    )
    file = f'format: 1\nedition: beijing-2014\nyear: 2017\nanswers:\n  own_2: "{text}"\n'
    answers = read_text_of(file + "acknowledged:\n" + reasons).answers
    found = run_checks(answers, None, sentences).findings
    assert [finding.reason for finding in found if finding.key in keys] == ["原文如此"] * 3


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
