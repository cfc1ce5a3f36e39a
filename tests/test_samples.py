"""Every sample, replayed by the real command: text, table and findings as a person reads them."""

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
EXITS = {
    "township-2017-as-published": 3,
    "township-2017-corrected": 0,
    "township-2017-all-zero": 0,
    "township-2017-many-faults": 3,
    "district-2016-with-previous": 0,
    "department-2018-first-year": 0,
    "town-2025-all-zero": 0,
    "bureau-2025-typical": 0,
    "city-2025-busy": 0,
    "county-2025-with-previous": 0,
    "town-2025-many-faults": 3,
}


def folder_of(name):
    return SAMPLES / name


def arguments_of(name):
    previous = folder_of(name) / "previous.yaml"
    return ["--previous", f"samples/{name}/previous.yaml"] if previous.exists() else []


def test_every_sample_is_tested():
    assert {path.parent.name for path in SAMPLES.glob("*/answers.yaml")} == set(EXITS)


@pytest.mark.parametrize("name", EXITS)
def test_replay_writes_the_expected_report(name, nianbao, tmp_path, request):
    run = nianbao("replay", f"samples/{name}/answers.yaml", "-o", tmp_path, *arguments_of(name))
    assert run.returncode == EXITS[name], run.stderr
    for suffix in ("txt", "md"):
        written = (tmp_path / f"answers.{suffix}").read_text(encoding="utf-8")
        compare(folder_of(name) / f"report.{suffix}", written, request)
    assert run.stdout == (folder_of(name) / "report.txt").read_text(encoding="utf-8") + "\n"


@pytest.mark.parametrize("name", EXITS)
def test_check_says_the_expected_findings(name, nianbao, request):
    run = nianbao("check", f"samples/{name}/answers.yaml", *arguments_of(name))
    assert run.returncode == EXITS[name], run.stderr
    compare(folder_of(name) / "findings.txt", run.stdout, request)


@pytest.mark.parametrize("name", EXITS)
def test_the_table_of_each_sample_is_its_answers(name, nianbao, request):
    run = nianbao("check", f"samples/{name}/answers.yaml", "--json", *arguments_of(name))
    result = json.loads(run.stdout)["files"][0]
    assert result["exit"] == run.returncode
    text = (folder_of(name) / "report.md").read_text(encoding="utf-8")
    rows = [line.strip("| \n").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if set(row[0]) - set("-:")]  # not the rule below a header
    table = "".join("\t".join(cell.strip(" ") for cell in row) + "\n" for row in rows[1:])
    compare(folder_of(name) / "table.tsv", table, request)


@pytest.mark.parametrize("name", EXITS)
@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_verify_agrees_with_the_expected_report(name, suffix, nianbao):
    run = nianbao(
        "verify",
        f"samples/{name}/report.{suffix}",
        f"samples/{name}/answers.yaml",
        *arguments_of(name),
    )
    assert run.returncode == 0, run.stdout
    is_open = "T12" in (SAMPLES / name / "findings.txt").read_text("utf-8")
    assert ("没有与表核对" if is_open else "一致") in run.stdout


def compare(path, found, request):
    """Compare with the golden file, or write it when asked to."""
    if request.config.getoption("--rewrite-samples"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_the_township_as_published_has_exactly_its_known_findings(nianbao):
    run = nianbao("check", "samples/township-2017-as-published/answers.yaml", "--json")
    findings = json.loads(run.stdout)["files"][0]["findings"]
    assert {(each["code"], each["level"]) for each in findings} == {
        ("R01", "error"),
        ("L02", "confirm"),
        ("S03", "confirm"),
        ("T02", "confirm"),
        ("S06", "notice"),
        ("S07", "notice"),
        ("S11", "notice"),
        ("S15", "notice"),
        ("S16", "notice"),
    }
    assert len(findings) == 9
    arithmetic = {each["code"]: each["arithmetic"] for each in findings}
    assert arithmetic["R01"] == "0+0+0+0=0≠3"
    assert arithmetic["T02"] == "22+112+11+10=155≠145"


def test_the_corrected_township_can_be_made_final(nianbao, tmp_path):
    run = nianbao(
        "replay", "samples/township-2017-corrected/answers.yaml", "--final", "-o", tmp_path
    )
    assert run.returncode == 0
    text = (tmp_path / "answers.txt").read_text(encoding="utf-8")
    assert "收到政府信息公开申请3件。从申请方式看，均为当面申请。" in text
    assert "草稿" not in text


def test_the_township_as_published_cannot_be_made_final(nianbao, tmp_path):
    run = nianbao(
        "replay", "samples/township-2017-as-published/answers.yaml", "--final", "-o", tmp_path
    )
    assert run.returncode == 3
    assert not list(tmp_path.glob("answers.*"))
    assert "0+0+0+0=0≠3" in run.stderr
