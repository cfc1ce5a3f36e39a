"""A test that waits for ever is named, says where it waits, and holds up no other."""

import subprocess
import sys

from tests.conftest import ROOT
from tests.waiting import PATIENCE

WAITING = """
import subprocess, sys, time
import pytest
from hypothesis import given, strategies as st

@given(st.booleans())
def test_tried_again(_):
    time.sleep(9_999)

@pytest.fixture
def slow_to_leave():
    yield
    time.sleep(9_999)

def test_of_a_process(slow_to_leave):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE):
        time.sleep(9_999)

def test_beside_them():
    pass
"""


def test_a_test_without_end_is_named_and_the_others_run(tmp_path):
    (tmp_path / "test_waiting.py").write_text(WAITING, encoding="utf-8")
    bounds = ["--timeout=1", "-o", "faulthandler_timeout=0.5"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", ROOT / "pyproject.toml", "-n", "1", *bounds,
         "-p", "no:cacheprovider", f"--rootdir={tmp_path}", tmp_path],
        capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=PATIENCE,
    )  # fmt: skip
    assert "2 failed, 1 passed" in run.stdout, run.stdout + run.stderr
    for name in ("test_tried_again", "test_of_a_process"):
        assert f"crashed while running 'test_waiting.py::{name}'" in run.stdout
        assert f"in {name}" in run.stderr, "the line where it waits"
