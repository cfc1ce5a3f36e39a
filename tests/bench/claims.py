"""Own text read against the figures: claims.py ANSWERS.

Prints what 1,000 characters take in seconds, in a text of so many and in the longest that there
may be, beside a walk that matches each of them, as JSON: {"floor": 0.0001, "1,000": 0.005}. Some
sentences tell figures of the form in force, right or wrong, others what only the body knows; there
is a number every 25 characters.
"""

import json
import re
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from assistant.answers import Answers, load
from assistant.claims.accounts import accounts_of
from assistant.form.loader import open_library
from assistant.values import TEXT_LIMIT
from tests.bench.measuring import medians

UNIT = 1_000
SIZES = (UNIT, TEXT_LIMIT)
ROUNDS = 15
PROSE = (
    "本市各级行政机关坚持以公开为常态、不公开为例外，把政府信息公开贯穿行政权力运行的全过程。"
    "全市各级行政机关共收到政府信息公开申请3112件，比上年增加204件，其中自然人申请2664件，占新收总数的85.60%，商业企业申请278件。"
    "对内容不清楚的申请，承办单位先与申请人电话沟通，弄清需要的是哪一份文件，再书面告知补正的内容和期限。"
    "上年结转申请118件，本年度办结3090件，结转下年度继续办理140件。在办结的申请中，予以公开1210件，部分公开249件，"
    "两项合计1459件，占办结总数的47.2%；因属于国家秘密不予公开12件。涉及多个部门的，由最先收到的单位牵头会商，统一答复口径，避免各说各话。"
    "全年召开疑难申请会商会26次，邀请法律顾问参加19次，出具书面意见31份，对答复文书的格式、依据和救济途径逐项把关。"
    "发生行政复议87件，其中结果维持61件、结果纠正9件、尚未审结17件。对被纠正的案件逐件分析原因，属于程序疏漏的当月整改到位。"
    "主动公开政府信息86422条，其中通过政府网站发布64310条，政务新媒体发布18250条。发布以前由起草单位提出公开属性，"
    "办公室审核，保密机构复核，三道手续齐备才能上网；涉及个人隐私的，隐去姓名和住址以后公开。"
    "召开新闻发布会52场，主要负责同志出席11场，回应群众关切的热点问题208个。制作政策解读材料197篇，图文解读占三成，累计播放120余万次。"
    "重大政策与解读材料同步起草、同步审批、同步发布，解读稿件说清为什么出台、谁能享受、怎样办理、找谁咨询。"
    "制发行政规范性文件36件，废止行政规范性文件8件，现行有效的行政规范性文件412件，集中公布在门户网站的文件库里，可以按主题和年份检索下载。"
    "市政务服务中心设立政务公开专区17处，配备查询设备42台，接待群众查阅6530人次，提供复印服务2871份，老年人可以请工作人员代为检索。"
    "各区县对照目录逐项自查，发现栏目更新不及时、链接失效、内容重复等问题73个，已经整改70个，其余列入下一步的工作安排。"
    "全年举办政府信息公开培训15次，参训人员1240人次，赴基层指导38次，抽查单位64家，通报15家，没有单位被责任追究。"
    "社会评议委托第三方机构进行，评议的办法和结果在政府网站公布，群众提出的意见交有关单位逐条答复，办理情况向提出人反馈。"
)


def read_next(answers: Answers, texts: Iterator[dict[str, str]]) -> None:
    accounts_of(answers, next(texts))


def main(path: Path) -> None:
    answers = load(path, open_library()).answers
    taken = medians({"floor": lambda: sum(1 for _ in re.finditer("[^甲]|乙", "x" * UNIT))}, 99)
    for size in SIZES:
        text = PROSE * (size // len(PROSE) + 2)
        fresh = ({"own_requests": text[at : at + size]} for at in count())  # never read before
        seconds = medians({"": partial(read_next, answers, fresh)}, ROUNDS)[""]
        taken[f"{size:,}"] = seconds * UNIT / size
    print(json.dumps(taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
