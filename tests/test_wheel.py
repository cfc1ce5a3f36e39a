"""The built wheel, installed in an environment of its own, used from another folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.release import install

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "township-2017-corrected" / "answers.yaml"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_domain_data_lies_inside_the_package(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "assistant/prompts_templates/wording.yaml" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"assistant", "nianbao"}


def test_the_installed_command_works_from_any_folder(wheel, tmp_path):
    command = install(wheel, tmp_path / "environment")
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [command, "replay", SAMPLE, "-o", "输出", "--final"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    written = (elsewhere / "输出" / "answers.txt").read_text(encoding="utf-8")
    assert written == (SAMPLE.parent / "report.txt").read_text(encoding="utf-8")
