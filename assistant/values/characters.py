"""Characters: Chinese ones, those that no terminal prints as they are, marks of sentences."""

import re
import unicodedata
from collections.abc import Iterator

UNREADABLE = "\ufffd"
"""Stands for what is no text, or must not be shown; no line with it is taken."""
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories: controls, directions, private characters, surrogates, odd line breaks."""
_UNASSIGNED = "Cn"
"""Category that holds the code points which are no character and never will be, among others."""
_HALF_WIDTH = re.compile(
    r"[\u4e00-\u9fff》」”][,;:?!()]|[,;:?!()][\u4e00-\u9fff《「“]|[\u4e00-\u9fff》」”]\.(?![0-9A-Za-z])"
)
_ENDS = "。！？…"
_PAUSES = "，,、；;."
_OPENING = "：:"
"""What more is to come behind."""
_CLOSES = "”’』」）)》】"

_CLAUSE_MARKS = "，、：。；！？\n"
"""Between the clauses of a text."""

_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿"
    "⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿肉艹艹"
    "艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
"""Radicals that fonts of PDF files name for the character that looks the same, by Unicode's list
of equivalent ideographs (EquivalentUnifiedIdeograph.txt); those of rare ones are left out."""
_KANGXI = re.compile("[\u2f00-\u2fd5]")


def fold_radicals(text: str) -> str:
    """A text whose radicals are the characters that they look like: `⻔⼾` is 门户."""
    if text.isascii():
        return text
    folded = text.translate(_RADICALS)
    return _KANGXI.sub(lambda match: unicodedata.normalize("NFKC", match[0]), folded)


def is_wide(character: str) -> bool:
    """Whether a character is as wide as a Chinese one, marks included."""
    return unicodedata.east_asian_width(character) in "WFA"


def is_chinese(character: str) -> bool:
    """Whether a character is one of the usual Chinese ones."""
    return "\u4e00" <= character <= "\u9fff"


def is_unseen(character: str) -> bool:
    """Whether a character is one that a reader would not see, or none at all."""
    category = unicodedata.category(character)
    if category != _UNASSIGNED:
        return category in _UNSEEN
    number = ord(character)
    return number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF


def shortened(text: str, limit: int = 200) -> str:
    """A text as a message repeats it: the end of a longer one is left out."""
    return text if len(text) <= limit else f"{text[:limit]}…"


def first_line(text: str, limit: int = 60) -> str:
    """What is said back of what was typed, be it of several lines or endless."""
    first, *others = text.strip().split("\n")
    return f"{first[:limit]}……" if others or len(first) > limit else first


def clipped(text: str, limit: int) -> str:
    """A text as a message repeats it: a longer one ends behind a clause, where one is near."""
    if len(text) <= limit:
        return text
    begun = text[:limit]
    end = max(map(begun.rfind, _CLAUSE_MARKS)) + 1
    return f"{begun[: end if end > limit // 2 else limit]}…"


def escaped(json: str) -> str:
    """JSON text whose unseen characters are written as JSON escapes them: the value is the same."""
    unseen = [each for each in set(json) if each != "\n" and is_unseen(each)]
    return json.translate({ord(each): _escape(each) for each in unseen})


def _escape(character: str) -> str:
    """As JSON writes a character: one code of UTF-16, or two."""
    pair = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pair[at]:02x}{pair[at + 1]:02x}" for at in range(0, len(pair), 2))


def visible(text: str) -> str:
    """Replace what a terminal would obey or hide: controls, directions, private characters."""
    return "".join(
        character if character == "\n" or not is_unseen(character) else UNREADABLE
        for character in text.replace("\t", " ")
    )


def half_width_marks(text: str) -> Iterator[str]:
    """Each half-width mark beside Chinese characters, with the one it stands beside: `训,`."""
    yield from (match[0] for match in _HALF_WIDTH.finditer(text))


def has_end(text: str) -> bool:
    """Whether the last sentence of a text has its full stop, perhaps within quotation marks."""
    return text.rstrip().rstrip(_CLOSES)[-1:] in _ENDS or text.rstrip()[-1:] in _ENDS


def with_end(text: str) -> str:
    """The text with a full stop behind its last sentence, where it ends in a word or a pause."""
    is_open = has_end(text) or text.rstrip()[-1:] in _OPENING
    return text if is_open else text.rstrip().rstrip(_PAUSES) + "。"


def last_clause(text: str) -> str:
    """What a text has behind its last mark: `收到申请3件，接待来访` -> `接待来访`."""
    return text[max(map(text.rfind, _CLAUSE_MARKS)) + 1 :]


def first_clause(text: str) -> str:
    """What a text has before its first mark; all of it when there is none."""
    ends = [at for at in map(text.find, _CLAUSE_MARKS) if at >= 0]
    return text[: min(ends, default=len(text))]


def shared_start(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)
