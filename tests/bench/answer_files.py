"""Invented answer files: complete, consistent, and different in every number."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

_KEY = [
    "finance", "housing", "food", "environment", "bidding", "work_safety", "land", "pricing",
    "credit", "audit", "public_enterprise", "other",
]  # fmt: skip
_CHANNELS = ["gazette", "website", "weibo", "wechat", "other"]
_REPLIES = [
    "already_public", "agree", "partial", "refuse", "not_this_agency", "not_exist", "amend",
    "other_way",
]  # fmt: skip
_REFUSALS = ["state_secret", "trade_secret", "privacy", "security", "not_gov_info", "other_law"]
_PROBLEMS = [
    ("认识不够到位", "加强学习培训"), ("内容不够全面", "细化公开目录"),
    ("更新不够及时", "规定公开时限"), ("形式不够多样", "丰富公开形式"),
    ("解读不够深入", "解读与文件同步"), ("申请办理不够规范", "规范答复文书"),
]  # fmt: skip
_CATEGORIES = ["机构职能信息", "政策文件信息", "业务动态信息", "财务公开信息", "规划计划信息"]
_SYLLABLES = "东西南北中上下前后新平安和泉河山石林桥塘"


def name(number: int) -> str:
    """File name of one answer file."""
    return f"{number:05}.yaml"


def write(folder: Path, count: int) -> None:
    """Write so many answer files into a new folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        dice = random.Random(number)
        (folder / name(number)).write_text(_answer_file(dice), encoding="utf-8")


def _split(dice: random.Random, total: int, names: Sequence[str], prefix: str) -> dict[str, int]:
    """Share a total out among parts, some of which stay zero."""
    cuts = sorted(dice.randint(0, total) for _ in names[1:])
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]
    return {f"{prefix}_{part}": number for part, number in zip(names, parts, strict=True)}


def _numbers(dice: random.Random) -> dict[str, object]:
    """Every indicator, the sums of the form kept."""
    active, received = dice.randint(200, 90_000), dice.randint(5, 3_000)
    issued, key, reviews = dice.randint(2, 90), dice.randint(20, active), dice.randint(0, 4)
    suits, staff = dice.randint(0, 3), dice.randint(1, 40)
    replies = _split(dice, received, _REPLIES, "reply")
    full_time = dice.randint(1, staff)
    late = dice.randint(0, received // 4)
    press, interviews, trainings = dice.randint(1, 30), dice.randint(1, 30), dice.randint(1, 30)
    return {
        "active_total": active,
        "active_normative_published": dice.randint(1, issued),
        "active_normative_issued": issued,
        "key_total": key,
        **_split(dice, key, _KEY, "key"),
        **{f"channel_{part}": dice.randint(active // 3, active) for part in _CHANNELS},
        "response_hot_topics": dice.randint(0, 50),
        "press_total": press,
        "press_principal": dice.randint(0, press),
        "interview_total": interviews,
        "interview_principal": dice.randint(0, interviews),
        "interpretation_articles": dice.randint(1, 300),
        "respond_weibo_wechat": dice.randint(1, 2_000),
        "respond_other": dice.randint(0, 500),
        "received_total": received,
        **_split(dice, received, ["in_person", "fax", "online", "letter"], "received"),
        "completed_total": received,
        "completed_on_time": received - late,
        "completed_extended": late,
        "replied_total": received,
        **replies,
        **_split(dice, replies["reply_refuse"], _REFUSALS, "refuse"),
        "review_total": reviews,
        **_split(dice, reviews, ["upheld", "corrected", "other"], "review"),
        "litigation_total": suits,
        **_split(dice, suits, ["upheld", "corrected", "other"], "litigation"),
        "complaints_total": dice.randint(0, 9),
        "fees_collected": 0,
        "dedicated_bodies": 1,
        "reading_points": dice.randint(1, 60),
        "staff_total": staff,
        "staff_full_time": full_time,
        "staff_part_time": staff - full_time,
        "funding": f"{dice.randint(1, 999_999) / 10_000:.4f}".rstrip("0").rstrip("."),
        "meetings_held": dice.randint(1, 40),
        "trainings_held": trainings,
        "trainees": dice.randint(trainings, 5_000),
    }


def _own_text(dice: random.Random, numbers: Mapping[str, object]) -> dict[str, str]:
    """The body's own words for some of the six sections, true figures among them."""
    texts = {
        "own_1": "各科室确定一名联络员，每季度汇总一次，由办公室统一审核后公开。",
        "own_2": f"全年主动公开政府信息{numbers['active_total']}条，便民服务类信息放在首页。",
        "own_3": f"全年收到申请{numbers['received_total']}件，均在登记当日转交承办科室。",
        "own_4": "对涉及复议的答复逐件复盘，完善了答复文书的说理。",
        "own_6": f"下一步计划增加培训，本年度已举办培训班{numbers['trainings_held']}次。",
    }
    return {slot: texts[slot] for slot in sorted(dice.sample(sorted(texts), 3))}


def _answer_file(dice: random.Random) -> str:
    year = dice.randint(2014, 2018)
    place = "示例" + "".join(dice.sample(_SYLLABLES, 2))
    numbers = _numbers(dice)
    shares = _split(dice, int(str(numbers["active_total"])), _CATEGORIES, "")
    entries: dict[str, object] = {
        "body_name": f"{place}镇人民政府",
        "body_kind": "镇人民政府",
        "leading_group": "已成立",
        "leading_group_head": "镇长",
        "leading_group_members": "其他班子成员任副组长，机关各科室主要负责人为成员",
        "lead_office": "办公室",
        "staff_arrangements": "[专人维护, 科室联络员]",
        "guide_and_catalogue": dice.choice(["本年度作了更新", "沿用已公布的版本"]),
        "channels_used": "[政府网站, 政务微信, 公开栏]",
        **numbers,
        "categories": "".join(
            f"\n    - {{category: {key[1:]}, count: {count}}}" for key, count in shares.items()
        ),
        "fees_waived": 0,
        "problems": "".join(
            f"\n    - {{problem: {problem}, measure: {measure}}}"
            for problem, measure in dice.sample(_PROBLEMS, 2)
        ),
        **_own_text(dice, numbers),
        "contact_office": "办公室",
        "contact_address": f"北京市示例区{place}镇示例路{dice.randint(1, 99)}号",
        "contact_postcode": '"100000"',
        "contact_phone": f"010-{dice.randint(0, 9_999):08}",
        "signature_date": f"{year + 1}年3月{dice.randint(1, 28)}日",
    }
    lines = "".join(f"  {key}: {value}\n" for key, value in entries.items())
    return f"format: 1\nedition: beijing-2014\nyear: {year}\nanswers:\n{lines}"
