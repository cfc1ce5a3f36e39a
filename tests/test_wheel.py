"""The built wheel, installed in an environment of its own, used from another folder."""

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
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
    assert "assistant/samples/county-2025-with-previous/previous.yaml" in names
    assert not [name for name in names if name.endswith(("report.txt", "findings.txt"))]
    tops = {name.partition("/")[0].partition("-")[0] for name in names}
    assert tops == {"assistant", "nianbao", "nianbao.py"}


def test_the_metadata_publishes_what_users_need_and_no_pins_of_developers(wheel):
    archive = zipfile.ZipFile(wheel)
    metadata = next(name for name in archive.namelist() if name.endswith("/METADATA"))
    said = message_from_bytes(archive.read(metadata))
    assert said.get_all("Provides-Extra") == ["pdf", "web"]
    assert not [each for each in said.get_all("Requires-Dist") if "==" in each.partition(";")[0]]
    assert "Natural Language :: Chinese (Simplified)" in said.get_all("Classifier")
    assert "年报".encode() in archive.read(metadata)


@pytest.mark.skipif(os.name == "nt", reason="bash")
def test_shells_complete_commands_options_and_files_and_a_man_page_is_there(wheel, tmp_path):
    archive = zipfile.ZipFile(wheel)
    shared = {name.rpartition("/")[2]: name for name in archive.namelist() if "/share/" in name}
    assert set(shared) == {"nianbao", "_nianbao", "nianbao.1"}
    script = tmp_path / "nianbao"
    script.write_bytes(archive.read(shared["nianbao"]))
    asked = (
        "source {0}; COMP_WORDS=(nianbao {1}); COMP_CWORD={2}; "
        'COMP_LINE="${{COMP_WORDS[*]}}"; COMP_POINT=${{#COMP_LINE}}; '
        '_shtab_nianbao; echo "${{COMPREPLY[@]}}"'
    )

    def completed(*words):
        line = asked.format(script, " ".join(words), len(words))
        run = subprocess.run(["bash", "-c", line], capture_output=True, encoding="utf-8")
        return run.stdout.split()

    assert completed("ver") == ["verify"]
    assert completed("check", "--summ") == ["--summary"]
    page = archive.read(shared["nianbao.1"]).decode()
    assert page.startswith(".TH NIANBAO 1")
    assert "nianbao verify 文稿.docx 答案.yaml" in page


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout knows what is its own")
def test_the_sdist_holds_all_that_a_checkout_does_so_its_tests_pass(tmp_path):
    command = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path]
    subprocess.run([*command, ROOT], check=True, capture_output=True)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    assert {name for name in listing.stdout.decode().split("\0") if name} <= held


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
    made = subprocess.run(
        [command, "new", "--sample", "town-2025-all-zero", "-o", "新.yaml"],
        cwd=elsewhere,
        env=environment,
    )
    assert (made.returncode, (elsewhere / "新.yaml").exists()) == (0, True)
