"""The bundle for offices without a network, as far as it can be shown without fetching anything."""

import os
import re
import subprocess

import pytest

from tests.bundle import LINUX, PLATFORMS, WINDOWS, needed, pins
from tests.conftest import ROOT


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_library_of_the_program_is_pinned_by_its_hashes(platform):
    lines = list(pins(needed(platform)))
    assert len(lines) == len(needed(platform))
    assert all(re.fullmatch(r"\S+==\S+( --hash=sha256:[0-9a-f]{64})+", line) for line in lines)
    names = {line.partition("==")[0] for line in lines}
    assert {"lxml", "pydantic-core", "pdfplumber", "textual", "textual-serve", "aiohttp"} <= names
    assert not {"pytest", "mypy", "hatchling"} & names


@pytest.mark.parametrize("script", [WINDOWS, LINUX])
def test_the_scripts_ask_no_network_and_name_no_address(script):
    assert "--no-index" in script
    assert "--require-hashes" in script
    assert "://" not in script


def test_the_script_for_a_double_click_is_text_of_a_chinese_console():
    WINDOWS.encode("gbk")
    jumps = set(re.findall(r"goto (\w+)", WINDOWS))
    assert jumps == set(re.findall(r"^:(\w+)", WINDOWS, re.M))
    assert WINDOWS.count("pause") == 3


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
def test_the_script_for_linux_is_one():
    assert subprocess.run(["sh", "-n"], input=LINUX.encode(), cwd=ROOT).returncode == 0
