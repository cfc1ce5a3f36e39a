"""`nianbao serve`: a real server and a real browser; who has no secret learns nothing."""

import base64
import json
import os
import signal
import sys
import time
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pyte
import pytest

from assistant.answers import load
from tests import browser
from tests.conftest import SAMPLES
from tests.emulator import Screen
from tests.screen import BEGUN
from tests.serving import Served
from tests.waiting import until

needs_browser = pytest.mark.skipif(not browser.CHROMIUM, reason="needs Chromium")
NAME = "示例镇人民政府-2017"
READY = (SAMPLES / "township-2017-corrected" / "answers.yaml").read_bytes()


def is_alive(number):
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


class Window(browser.Browser):
    """A browser on a served address, with what stands on the terminal in it.

    Attributes:
        asked: Every address that it asked for.
        faults: What went wrong in its scripts, and what its policy forbade.
    """

    def __init__(self, folder: Path, address: str) -> None:
        folder.mkdir()
        super().__init__(folder)
        self.downloads = folder / "downloads"
        where = str(self.downloads)
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=where)
        self.asked: set[str] = set()
        self.faults: list[str] = []
        self._forget()
        self.open(address)

    def _forget(self) -> None:
        self._screen = Screen(150, 50)
        self._stream = pyte.ByteStream(self._screen)

    def again(self) -> None:
        """Load the page anew."""
        self.rows()
        self._forget()
        self.reload()

    def rows(self) -> str:
        """What stands on the terminal now."""
        self.hear()
        for event in self.events:
            what = event["params"]
            match event["method"]:
                case "Network.webSocketFrameReceived" if what["response"]["opcode"] == 2:
                    self._stream.feed(base64.b64decode(what["response"]["payloadData"]))
                case "Network.requestWillBeSent":
                    self.asked.add(what["request"]["url"])
                case "Network.webSocketCreated":
                    self.asked.add(what["url"])
                case "Runtime.exceptionThrown":
                    self.faults.append(json.dumps(what))
                case "Log.entryAdded" if what["entry"]["level"] == "error":
                    self.faults.append(what["entry"]["text"])
        self.events.clear()
        return "\n".join(self._screen.rows())

    def waits_for(self, text: str) -> None:
        until(lambda: text in self.rows())

    def say(self, line: str, answer: str) -> None:
        self.insert(line)
        self.press("Enter")
        self.waits_for(answer)

    def begin(self) -> None:
        """Answer what is asked first."""
        self.waits_for("哪个年度")
        for line, answer in zip(BEGUN, ("表", "全称", NAME), strict=True):
            self.say(line, answer)

    def paste(self, text: str) -> None:
        """What the browser does at Ctrl+V."""
        self.ask(
            "(() => { const data = new DataTransfer();"
            f" data.setData('text/plain', {json.dumps(text)});"
            " document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
            " {clipboardData: data, bubbles: true, cancelable: true})); })()"
        )


@pytest.fixture
def stack():
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def served(tmp_path, stack):
    made = Served(tmp_path / "office")
    stack.callback(made.close)
    return made


@pytest.fixture
def window(tmp_path, stack, served):
    def opened(name="one", address=served.address):
        made = Window(tmp_path / name, address)
        stack.callback(made.close)
        return made

    return opened


# Who has no secret


def test_an_address_without_its_secret_is_not_found_and_says_nothing(served):
    status, page = served.ask()
    assert (status, "年报助手" in page) == (200, True)
    nothing = (404, "404: Not Found")
    secret = served.address.rsplit("/", 2)[1]
    other = "".join(reversed(secret))
    for path in ("", "/", f"/{other}/", f"/{secret[:-1]}/", "/ws", "/download/1", "/static/",
                 f"/{other}/ws", f"/{other}/download/1", f"/{other}/static/js/textual.js",
                 f"/{secret}/../", f"/{secret}/download/1", "/favicon.ico"):  # fmt: skip
        assert served.ask(path, served.origin) == nothing, path


def test_another_host_that_leads_here_is_not_found(served):
    port = served.origin.rsplit(":", 1)[1]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"localhost:{port}"):
        assert served.ask(Host=host) == (404, "404: Not Found"), host


UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
}


def test_only_its_own_page_may_speak_to_the_conversation(served):
    for origin in ({}, {"Origin": "null"}, {"Origin": "http://evil.example"},
                   {"Origin": served.origin.replace("127.0.0.1", "localhost")}):  # fmt: skip
        assert served.ask("ws", **UPGRADE, **origin) == (403, "403: Forbidden"), origin
    assert served.processes() == []


def test_it_listens_on_the_loopback_address_alone(served):
    port = f"{int(served.origin.rsplit(':', 1)[1]):04X}"
    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    places = [row[1].split(":") for row in rows if row[3] == "0A"]
    assert [host for host, number in places if number == port] == ["0100007F"]


def test_every_answer_forbids_to_be_kept_and_to_be_told_to_others(served):
    with urlopen(served.address) as answer:
        headers = answer.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "aiohttp" not in headers["Server"]


# How it is begun


def test_every_body_of_a_file_has_its_own_address_and_folder(tmp_path, stack):
    names = tmp_path / "单位.txt"
    names.write_bytes("示例镇人民政府\r\n\r\n示例县 财政局\r\n示例镇人民政府\r\n".encode("gb18030"))
    served = Served(tmp_path, "--bodies", names, count=2)
    stack.callback(served.close)
    assert list(served.addresses) == ["示例镇人民政府", "示例县 财政局"]
    assert len({*served.addresses.values()}) == 2
    for title, address in served.addresses.items():
        assert (tmp_path / title).is_dir()
        assert f"<title>{title}</title>" in served.ask(address=address)[1]


@pytest.mark.parametrize("name", ["../别处", "甲/乙", "..", ".甲", "C:甲", "甲\\乙"])
def test_a_line_that_is_no_name_of_a_folder_is_refused(name, nianbao, tmp_path):
    names = tmp_path / "单位.txt"
    names.write_text(f"示例镇\n{name}\n", "utf-8")
    run = nianbao("serve", tmp_path / "各单位", "--bodies", names)
    assert (run.returncode, run.stdout) == (2, "")
    assert f"第2行的“{name}”" in run.stderr
    assert {each.name for each in tmp_path.rglob("*")} <= {"单位.txt", "各单位", "示例镇"}


def test_a_port_that_is_taken_is_said(served, nianbao, tmp_path):
    port = served.origin.rsplit(":", 1)[1]
    run = nianbao("serve", tmp_path, "--port", port)
    assert run.returncode == 2
    assert f"端口{port}用不了" in run.stderr
    assert run.stdout == ""


def test_without_the_parts_it_needs_it_says_how_to_get_them(here, monkeypatch, tmp_path):
    names = [each for each in sys.modules if each.startswith("assistant.ui.browser")]
    for name in names:
        monkeypatch.delitem(sys.modules, name)
    missing = [each for each in sys.modules if each.partition(".")[0] == "textual_serve"]
    for name in ("textual_serve", *missing):  # one imported by itself would still be found
        monkeypatch.setitem(sys.modules, name, None)
    run = here("serve", tmp_path)
    assert run.returncode == 2
    assert 'pip install "nianbao[web]"' in run.stderr


# In a browser


@needs_browser
def test_chinese_is_typed_without_a_click_and_unsent_text_survives_a_reload(
    served, window, tmp_path, shelf
):
    office = tmp_path / "office"
    one = window()
    one.begin()
    one.waits_for("F9完成")
    foot = next(line for line in one.rows().splitlines() if "F9完成" in line)
    assert "^P" in foot and "^T" not in foot, "the browser keeps Ctrl+T"
    answers = load(office / f"{NAME}.yaml", shelf).answers
    assert answers.value("body_name") == "示例镇人民政府"
    one.paste("第一行\n第二行")
    until(lambda: any("第二行" in each.read_text("utf-8") for each in office.glob(".*.unsent")))
    one.again()
    one.waits_for("要做什么")
    one.say("1", "第二行")
    assert "第一行" in one.rows(), "pasted lines are one thing"
    assert one.faults == []
    hosts = {each.split("://")[1].split("/")[0] for each in one.asked}
    assert hosts == {served.origin.split("://")[1]}, "nothing comes from elsewhere"


@needs_browser
def test_a_finished_report_is_downloaded_as_it_stands_in_the_folder(window, served, tmp_path):
    office = tmp_path / "office"
    (office / f"{NAME}.yaml").write_bytes(READY)
    one = window()
    one.waits_for("要做什么")
    one.say("1", "已答89题")
    one.press("F9")
    shown = "[...document.querySelectorAll('#files a')].map(each => each.textContent)"
    names = until(lambda: len(one.ask(shown)) == 5 and one.ask(shown))
    assert {Path(name).suffix for name in names} == {".txt", ".md", ".html", ".docx", ".xlsx"}
    link = one.ask("document.querySelector('#files a').href")
    while left := one.ask(shown):
        one.click("#files a")
        until(partial(one.ask, f"!{shown}.includes({json.dumps(left[0])})"))
        until((one.downloads / left[0]).exists)
    for name in names:
        assert (one.downloads / name).read_bytes() == (office / name).read_bytes()
    assert served.ask(address=link)[0] == 404, "an address is good for one download"
    assert one.faults == []


@needs_browser
def test_what_is_copied_is_on_the_clipboard_of_the_browser(window, served, tmp_path):
    (tmp_path / "office" / f"{NAME}.yaml").write_bytes(READY)
    one = window()
    one.waits_for("要做什么")
    one.say("1", "已答89题")
    one.say("/复制 三", "已交给浏览器的剪贴板")
    assert one.faults == []
    one.call("Browser.grantPermissions", permissions=["clipboardReadWrite"])
    one.call("Page.bringToFront")
    read = "navigator.clipboard.readText().then(text => { window.read = text; }); 0"
    one.ask(read)
    text = until(lambda: one.ask("window.read || ''"))
    assert text.startswith("三、依申请公开情况\n2017年，本镇收到政府信息公开申请3件")


@needs_browser
def test_sheets_for_departments_come_as_downloads(window):
    one = window()
    one.begin()
    one.say("/转交", "转交说明可以随表发出")
    shown = "[...document.querySelectorAll('#files a')].map(each => each.textContent)"
    names = until(lambda: one.ask(f"{shown}.includes('转交说明.txt')") and one.ask(shown))
    assert {"法制机构.xlsx", "财务机构.xlsx"} < set(names)
    assert one.faults == []


@needs_browser
def test_a_window_at_rest_is_at_rest(window):
    one = window()
    one.begin()
    one.ask(
        "window.told = 0;"
        "document.querySelector('.xterm-helper-textarea')"
        ".addEventListener('focus', () => { window.told += 1; })"
    )
    one.insert("5")
    time.sleep(1)
    assert one.ask("window.told") == 0


@needs_browser
def test_a_second_browser_is_told_that_the_file_is_open(window, served):
    one = window()
    one.begin()
    two = window("two")
    two.waits_for("要做什么")
    two.say("1", "正被另一个年报助手使用")
    one.open("about:blank")
    until(lambda: len(served.processes()) == 1)  # the first has given the file back
    two.say("1", "单位")


@needs_browser
def test_who_leaves_can_begin_again_and_nothing_outlives_the_server(window, served):
    one = window()
    one.begin()
    one.insert("退出")
    one.press("Enter")
    until(lambda: one.ask("document.body.classList.contains('-closed')"))
    assert "对话已经结束" in one.ask("document.querySelector('#ended').innerText")
    until(lambda: not served.processes())
    one.press("Enter")  # the button has the keys
    until(served.processes)
    one.waits_for("要做什么")
    numbers = served.processes()
    assert len(numbers) == 1
    os.kill(served.process.pid, signal.SIGKILL)
    until(lambda: not any(map(is_alive, numbers)))
