"""Lines that put a question off instead of answering it: 问一下领导; 我再查查; 以后再说."""

import re

_REST = "[^，。；！]{0,8}"
_SOON = r"(?:回头|待会儿?|等一?会儿?|等下|等我|晚点|晚些|稍后|以后|下次|最后|明天|下午|改天)"
_MINE = rf"(?:我们?|让我|容我|先|再|得|要|去|还|需要?|{_SOON})"
_ASKING = "(?:问|查|看|想|找|翻|算|核实|核对|确认|请示|请教|商量|打听|了解)"
_DEFERRALS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_MINE}*{_ASKING}(?:一下|一[问查看想找翻算]|[问查看想找翻算]|下){_REST}",
        rf"{_MINE}+{_ASKING}(?![了过到]){_REST}",
        rf"{_SOON}(?:再[说填写答补看弄]?|来?[说填写答补看弄])?(?:吧|了)?",
        r"(?:先|暂时)(?:不[填写答]|空着|放着|放一放|跳过|留着|略过)(?:吧|了)?",
        r"(?:现在|暂时|目前)?还?(?:没想好|没(?:有)?(?:问|查|拿|等)到|记不[清得]|忘了)" + _REST,
        r"(?:我|这个|这题|现在|暂时|目前|还)*(?:不知道|不清楚|不确定|拿不准|说不准|说不清)(?:呢|吧|怎么填)?",
        r"(?:现在|暂时|目前|还)+没有?(?:数|数据|统计|统计出来|报上来)(?:呢|吧)?",
    )
)
_DIGIT = re.compile("[0-9０-９]")


def defers(text: str) -> bool:
    """Whether a line says that the answer comes later; one with a figure in it does not."""
    said = text.strip().rstrip("。！~～…")
    return not _DIGIT.search(said) and any(each.fullmatch(said) for each in _DEFERRALS)
