"""Web pages: what their source promises, what edited copies say, and a real browser."""

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from assistant.answers import Answer
from assistant.export.formats import FORMATS
from assistant.export.verify import compare
from assistant.report import make_report
from assistant.storage.errors import FileError
from tests import browser, tables
from tests.drafts import OFFICE, drafted

WEB = FORMATS["html"]
HOSTILE = '</script><script>alert("1")</script><img src=x onerror=alert(1)>&amp;'


class Page:
    """A written page and what it was written from."""

    def __init__(self, report, folder, now=None):
        self.report = report
        self.draft = drafted(report, now)
        self.text = WEB.write(self.draft, OFFICE).decode()
        self.lines = WEB.lines(self.draft, OFFICE)
        self.path = folder / "报告.html"
        self.path.write_text(self.text, "utf-8")

    def read(self, data):
        other = self.path.with_name("改.html")
        other.write_bytes(data if isinstance(data, bytes) else data.encode())
        return WEB.read(other)

    def compare(self, data):
        return compare(self.lines, self.read(data).lines)


@pytest.fixture
def page(sample, sentences, tmp_path):
    def make(*, is_draft=False, wide=False, **values):
        now = sample("township-2017-as-published")
        given = {name: Answer(value) for name, value in values.items()}
        now = type(now)(now.edition, now.year, {**now.given, **given})
        report = make_report(now, None, sentences, is_draft=is_draft)
        if wide:
            report = tables.in_the_midst(report, ["12"] * 60)
        return Page(report, tmp_path, now)

    return make


def test_a_cell_of_a_section_is_told_by_its_section(sample, sentences, tmp_path):
    now = sample("bureau-2025-typical")
    text = Page(make_report(now, None, sentences, is_draft=False), tmp_path, now).text
    assert "三、收到和处理政府信息公开申请情况　三、（一）" in text
    assert "统计表" not in text, "the form has none"


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of all but scripts and styles."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def test_every_figure_is_a_data_element_with_an_id_of_its_own(page):
    made = page(wide=True)
    elements = Elements(made.text).found
    told = [each for tag, each in elements if tag == "data"]
    assert [each["data-of"] for each in told] == [span.id for span in made.report.figures()]
    values = {each["data-of"]: each["value"] for each in told}
    assert values["received_total"] == "3"
    assert values["problems.number"] == "2"  # printed 两
    ids = Counter(each["id"] for _, each in elements if "id" in each)
    assert set(ids.values()) == {1}


def test_a_page_loads_nothing_and_allows_nothing_else(page):
    text = page(own_1=HOSTILE).text
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.startswith("default-src &#x27;none&#x27;;")
    assert "unsafe" not in policy
    elements = Elements(text).found
    assert not [each for each in elements if {"src", "href", "action", "style"} & each[1].keys()]
    assert not [each for each in elements if any(name.startswith("on") for name in each[1])]
    assert [tag for tag, _ in elements].count("script") == 2


def test_text_of_the_body_is_text(page):
    made = page(own_1=HOSTILE, body_name="<b>甲</b>镇", contact_office="</title><i>")
    assert {"b", "i", "img"}.isdisjoint(tag for tag, _ in Elements(made.text).found)
    assert any(HOSTILE in line for line in made.read(made.text).lines)


def test_tables_are_plain(page):
    elements = Elements(page(wide=True).text).found
    heads = [each for tag, each in elements if tag == "th"]
    assert {each.get("scope") for each in heads} == {"row", "col"}
    assert all(each.get("border") == "1" for tag, each in elements if tag == "table")


def test_a_draft_and_its_gaps_are_marked(page):
    text = page(is_draft=True, received_total=None).text
    assert "<title>【草稿】" in text
    assert '<p class="draft">【草稿】' in text
    assert 'data-of="received_total">待补充</mark>' in text


def test_an_altered_number_is_found_wherever_its_element_stands(page):
    made = page()
    places = list(re.finditer(r'data-of="([^"]+)">([0-9]+)</data>', made.text))
    assert len(places) > 90
    for place in places:
        start, end = place.span(2)
        found = made.compare(f"{made.text[:start]}9{place[2]}{made.text[end:]}").differences
        assert {each.cell for each in found} == {place[1]}


def plain_copy(text):
    """What the editor of a site leaves: no elements within text, no attributes, other spaces."""
    body = re.sub(r"</?(?:data|span|mark)\b[^>]*>", "", text.split("<body>")[1])
    body = re.sub(r"<script.*?</script>", "", body, flags=re.S)
    body = re.sub(r"<(\w+)\b[^>]*>", lambda match: f"<{match[1].upper()}>", body)
    return body.replace("</p>", "").replace("</td>", "").replace("</th>", "").replace(" ", "&nbsp;")


@pytest.mark.parametrize(
    "edited",
    [
        plain_copy,
        lambda text: text.replace("utf-8", "gb2312").encode("gb18030"),
        lambda text: text.replace("\n", "\r\n").replace("</td>", "\n  </td>\n"),
        lambda text: text.replace("</p>", "<!-- 9件 --></p>\n\n<p>&nbsp;</p>"),
        lambda text: text.replace('hidden></aside>', '><p>收到申请数9件</p></aside>'),
        lambda text: text.replace("政府信息", "政府\n        信息").replace("</h1>", "</h1><hr>"),
        lambda text: text.replace("<article>", "<div><table><tr><td>").replace("</article>", ""),
    ],
    ids=["site", "gb2312", "crlf", "comments", "saved-open", "wrapped", "layout-table"],
)  # fmt: skip
def test_a_copy_that_says_the_same_agrees(page, edited):
    made = page()
    clean, other = made.compare(made.text), made.compare(edited(made.text))
    assert other.differences == ()
    assert other.agreed == clean.agreed


@pytest.mark.parametrize("style", ["hidden", 'style="display: none"', 'style="visibility:hidden"'])
def test_hidden_text_does_not_count_and_is_said(page, style):
    made = page()
    contents = made.read(made.text.replace("<article>", f"<article><p {style}>另有9件。</p>"))
    assert contents.notices == ("hidden",)
    assert not any("另有9件" in line for line in contents.lines)


def test_marked_deletions_do_not_count_and_are_said(page):
    made = page()
    text = made.text.replace("政府信息公开申请", "政府信息公开<del>申请9件</del><ins>申请</ins>", 1)
    assert made.compare(text).differences == ()
    assert made.read(text).notices == ("revisions",)


@pytest.mark.parametrize("tag", ["div", "table", "span"])
def test_a_page_nested_beyond_all_measure_is_refused_at_once(page, tag):
    with pytest.raises(FileError, match="page_broken"):
        page().read(f"<{tag}>" * 100_000)


ODD = ["<", "<!--" * 50_000, "&" * 100_000, "</p>" * 50_000, "<tr>" * 99_999, "<a b=" * 50_000]


@pytest.mark.parametrize("text", ODD, ids=["one", "comments", "marks", "ends", "rows", "tags"])
def test_odd_pages_are_read_at_once(page, text):
    assert page().read(text + "\n").lines is not None


needs_browser = pytest.mark.skipif(not browser.CHROMIUM, reason="needs Chromium")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    tab = browser.Browser(tmp_path_factory.mktemp("chromium"))
    yield tab
    tab.close()


TOLD = "document.getElementById('legend').innerText"
CHOSEN = "document.querySelector('.chosen')?.id"


def choose(tab, way, selector):
    if way == "keyboard":
        tab.ask(f"document.querySelector({json.dumps(selector)}).focus()")
        tab.press("Enter")
    else:
        {"mouse": tab.click, "touch": tab.tap}[way](selector)


@needs_browser
@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_a_chosen_number_shows_its_cell_its_question_and_its_source(page, chromium, way):
    chromium.open(page().path, width=390 if way == "touch" else 1280)
    choose(chromium, way, "#t-received_total")
    told = chromium.ask(TOLD)
    for words in (
        "收到申请数",
        "统计表三、（一）",
        "本年度一共收到多少件",
        "据表式推断",
        "在表里：",
    ):
        assert words in told
    assert chromium.ask("document.querySelectorAll('.same').length") == 2
    choose(chromium, way, "#t-received_total")
    assert chromium.ask(CHOSEN) == "c-received_total"
    chromium.press("Escape")
    assert chromium.ask("document.getElementById('legend').hidden")
    assert chromium.ask("document.activeElement.id") == "c-received_total"


@needs_browser
def test_a_chosen_cell_shows_where_the_text_says_it(page, chromium):
    chromium.open(page().path)
    chromium.click("#c-received_total")
    assert "在文字里：…本镇收到政府信息公开申请3件" in chromium.ask(TOLD)
    chromium.click("#legend button")
    assert chromium.ask(CHOSEN) == "t-received_total"
    top = chromium.ask("document.querySelector('.chosen').getBoundingClientRect().top")
    assert 0 < top < 900


@needs_browser
def test_a_page_runs_under_its_policy_and_asks_for_nothing(page, chromium):
    made = page(own_1=HOSTILE, is_draft=True)
    chromium.open(made.path)
    chromium.ask("document.fonts.ready")
    asked = [each["params"]["request"]["url"] for each in chromium.events
             if each.get("method") == "Network.requestWillBeSent"]  # fmt: skip
    assert asked == [made.path.as_uri()]
    faults = ("Log.entryAdded", "Runtime.exceptionThrown", "Page.javascriptDialogOpening")
    assert not [each for each in chromium.events if each.get("method") in faults]
    assert chromium.ask("document.querySelectorAll('[data-of][role=button]').length") > 100


@needs_browser
@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_a_page_is_never_wider_than_the_screen(page, chromium, width):
    chromium.open(page(wide=True).path, width=width)
    assert chromium.ask("document.documentElement.scrollWidth") <= width
    assert chromium.ask("document.querySelector('.annex table').offsetWidth") <= width


@needs_browser
def test_without_script_the_page_is_text_and_tables(page, chromium):
    made = page()
    chromium.open(made.path, script=False)
    chromium.call("Emulation.setScriptExecutionDisabled", value=False)
    assert not chromium.ask("document.querySelectorAll('[role=button]').length")
    seen = set(filter(None, map(str.strip, chromium.ask("document.body.innerText").split("\n"))))
    narrative = {block.text.strip() for block in made.report.blocks}
    assert narrative <= seen


@needs_browser
def test_what_a_browser_saves_still_agrees(page, chromium):
    made = page()
    chromium.open(made.path)
    chromium.click("#c-received_total")
    saved = chromium.ask("document.documentElement.outerHTML")
    assert "本年度一共收到多少件" in saved
    assert made.compare(saved) == made.compare(made.text)


@needs_browser
def test_printed_it_is_a4_and_says_all_numbers(page, chromium, tmp_path):
    chromium.open(page().path)
    chromium.click("#t-received_total")
    chromium.paper(tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    sizes = {match[0] for match in re.finditer(rb"/MediaBox \[[^\]]+\]", data)}
    assert sizes
    for size in sizes:
        width, height = map(float, size[:-1].split()[-2:])
        assert abs(width - 595) < 2
        assert abs(height - 842) < 2


def test_a_page_for_a_site_says_the_same_and_nothing_runs(page):
    made = page()
    public = WEB.write(made.draft, OFFICE._replace(is_public=True)).decode()
    for sign in ("<script", "<aside", "<data", 'id="t-', 'data-of="', "script-src"):
        assert sign not in public
    for tag in ("<h1>", "<h2>", "<th scope", 'border="1"'):
        assert tag in public
    assert not made.compare(public).differences


def test_the_command_line_writes_such_a_page(here, tmp_path):
    answers = "samples/township-2017-corrected/answers.yaml"
    ran = here("replay", answers, "--format", "html", "-o", tmp_path, "--public")
    assert ran.returncode == 0
    assert "<script" not in (tmp_path / "answers.html").read_text("utf-8")
    assert here("verify", tmp_path / "answers.html", answers).returncode == 0
    refused = here("replay", answers, "--format", "txt", "-o", tmp_path, "--public")
    assert refused.returncode == 2
    assert "--format html" in refused.stderr
