"""The commands as users run them: exit codes, batches, JSON by its schema, plain Chinese."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
CORRECTED = "samples/township-2017-corrected/answers.yaml"
PUBLISHED = "samples/township-2017-as-published/answers.yaml"


def changed(tmp_path, source=CORRECTED, name="答案.yaml", **changes):
    """A copy of a sample with other values."""
    text = (ROOT / source).read_text(encoding="utf-8")
    for key, value in changes.items():
        text, count = re.subn(rf"^(  {key}:)[^\n#]*", rf"\1 {value} ", text, flags=re.M)
        assert count == 1, key
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_open_confirms_alone_exit_with_4(tmp_path, nianbao):
    path = changed(tmp_path, channel_website=100)
    run = nianbao("replay", path, "-o", tmp_path / "out", "--final")
    assert run.returncode == 4
    assert "100+0+39+0=139<145" in run.stderr
    assert not list((tmp_path / "out").glob("*.txt"))


def test_a_reason_for_the_very_values_lets_the_report_be_final(tmp_path, nianbao):
    path = changed(tmp_path, channel_website=100)
    reason = (
        "acknowledged:\n  L02:\n    reason: 六条为当面宣读，未经渠道\n"
        "    values: {active_total: 145, channel_website: 100, channel_wechat: 39}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + reason, encoding="utf-8")
    assert nianbao("check", path).returncode == 0
    run = nianbao("check", changed(tmp_path, path, name="改.yaml", channel_wechat=38))
    assert run.returncode == 4
    assert "说明已失效" in run.stdout


def test_what_weighs_most_gives_the_exit_code_of_a_batch(tmp_path, nianbao):
    folder = tmp_path / "乡镇"
    folder.mkdir()
    changed(folder, name="甲.yaml")
    changed(folder, name="乙.yaml", channel_website=100)
    assert nianbao("check", folder).returncode == 4
    changed(folder, name="丙.yaml", received_total=4)
    assert nianbao("check", folder).returncode == 3
    text = (folder / "甲.yaml").read_text(encoding="utf-8")
    (folder / "丁.yaml").write_text(text.replace("year: 2017", "year: 2021"), encoding="utf-8")
    run = nianbao("check", folder)
    assert run.returncode == 5
    assert "2014—2018年度" in run.stdout
    (folder / "戊.yaml").write_bytes(b"\x00\x01\x02")
    run = nianbao("check", folder)
    assert run.returncode == 2
    assert "共5个文件" in run.stdout


def test_a_folder_is_written_as_it_lies_by_one_process_and_by_two(tmp_path, nianbao):
    folder = tmp_path / "上报"
    for place in ("东", "西"):
        (folder / place).mkdir(parents=True)
        for number in range(3):
            changed(folder / place, name=f"{number}.yaml", trainees=50 + number)
    outputs = []
    for jobs in (1, 2):
        out = tmp_path / f"输出{jobs}"
        run = nianbao("replay", folder, "-o", out, "--jobs", jobs)
        assert run.returncode == 0, run.stdout + run.stderr
        outputs.append(run.stdout)
        written = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.*[dt]")}
        assert len(written) == 12
        assert "接受培训52人次" in written["西/2.txt"].decode()
    assert outputs[0] == outputs[1]


def test_files_of_one_name_do_not_overwrite_each_other(tmp_path, nianbao):
    one, other = tmp_path / "一", tmp_path / "二"
    one.mkdir()
    other.mkdir()
    paths = [changed(one, trainees=51), changed(other, trainees=52)]
    paths.append(changed(one, name="答案_2.yaml", trainees=53))
    run = nianbao("replay", *paths, "-o", tmp_path / "out")
    assert run.returncode == 0, run.stderr
    assert "51人次" in (tmp_path / "out" / "答案.txt").read_text(encoding="utf-8")
    assert "52人次" in (tmp_path / "out" / "答案_2.txt").read_text(encoding="utf-8")
    assert "53人次" in (tmp_path / "out" / "答案_2_2.txt").read_text(encoding="utf-8")


def test_last_years_folder_goes_by_file_name(tmp_path, nianbao):
    this, before = tmp_path / "2017", tmp_path / "2016"
    this.mkdir()
    before.mkdir()
    changed(this, name="镇.yaml")
    path = changed(before, name="镇.yaml", received_total=13)
    text = path.read_text(encoding="utf-8").replace("year: 2017", "year: 2016")
    path.write_text(text, encoding="utf-8")
    run = nianbao("replay", this, "-o", tmp_path / "out", "--previous", before)
    assert run.returncode == 4  # own text is word for word last year's
    report = (tmp_path / "out" / "镇.txt").read_text(encoding="utf-8")
    assert "收到政府信息公开申请3件，比上年减少10件，下降76.9%。" in report


def test_last_years_file_must_be_of_the_year_before(tmp_path, nianbao):
    path = changed(tmp_path)
    run = nianbao("check", path, "--previous", path)
    assert run.returncode == 2
    assert "应当是2016年度的" in run.stderr


@pytest.mark.parametrize("command", ["check", "replay"])
def test_json_results_keep_their_published_schema(command, tmp_path, nianbao):
    schema = json.loads(nianbao("schema", "--result").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    output = ["-o", tmp_path / "out"] if command == "replay" else []
    run = nianbao(command, "samples", "--json", *output)
    result = json.loads(run.stdout)
    jsonschema.validate(result, schema)
    assert result["command"] == command
    assert result["summary"] == {"total": 14, "good": 11, "open": 3, "failed": 0}
    broken = tmp_path / "broken.yaml"
    broken.write_text("[", encoding="utf-8")
    jsonschema.validate(json.loads(nianbao("check", broken, "--json").stdout), schema)


def test_one_file_and_a_batch_give_the_same_json(nianbao):
    alone = json.loads(nianbao("check", PUBLISHED, "--json").stdout)["files"][0]
    both = json.loads(nianbao("check", PUBLISHED, CORRECTED, "--json").stdout)["files"][0]
    assert alone == both


def test_the_schema_of_answer_files_is_printed(nianbao):
    schema = json.loads(nianbao("schema", "beijing-2014").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "received_total" in schema["properties"]["answers"]["properties"]
    in_force = json.loads(nianbao("schema").stdout)["properties"]
    assert "maximum" not in in_force["year"]
    assert "open.natural" in in_force["answers"]["properties"]
    assert "open.total" not in in_force["answers"]["properties"]


def test_verify_names_the_cell_that_was_altered_by_hand(tmp_path, nianbao):
    nianbao("replay", CORRECTED, "-o", tmp_path)
    path = tmp_path / "answers.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("办结申请3件", "办结申请8件"), encoding="utf-8")
    run = nianbao("verify", path, CORRECTED)
    assert run.returncode == 6
    assert "「申请办结数」应为3件，文稿写的是8件" in run.stdout
    result = json.loads(nianbao("verify", path, CORRECTED, "--json").stdout)
    assert [each["cell"] for each in result["differences"]] == ["completed_total"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("均按时办结", "均延期办结", "「按时办结数」应写“均按时办结”"),
        ("均为当面申请", "均为信函申请", "「当面申请数」应写“均为当面申请”"),
        ("示例镇人民政府", "别的镇人民政府", "「单位全称」应写“示例镇人民政府”"),
        ("2017年，", "2016年，", "「报告年度」应为2017"),
    ],
)
def test_verify_finds_words_that_stand_for_a_figure_or_the_body(old, new, said, tmp_path, nianbao):
    nianbao("replay", CORRECTED, "-o", tmp_path)
    path = tmp_path / "answers.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    run = nianbao("verify", path, CORRECTED)
    assert run.returncode == 6
    assert said in run.stdout


def test_verify_lists_every_reworded_sentence(tmp_path, nianbao):
    nianbao("replay", CORRECTED, "-o", tmp_path)
    path = tmp_path / "answers.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("未收到对政府信息", "没有收到对政府信息"), encoding="utf-8")
    run = nianbao("verify", path, CORRECTED)
    assert run.returncode == 0
    assert "原为：未收到对政府信息公开工作的举报投诉。" in run.stdout
    assert "现为：没有收到对政府信息公开工作的举报投诉。" in run.stdout
    path.write_text(text.replace("未收到对政府信息", "收到对政府信息"), encoding="utf-8")
    run = nianbao("verify", path, CORRECTED)
    assert run.returncode == 6
    assert "【意思改变】原来写“未收到对政府信息公开工作的举报投诉”" in run.stdout


def test_a_file_that_is_no_report_of_these_answers_is_said_so(tmp_path, nianbao):
    path = tmp_path / "别的.txt"
    path.write_text("你好", encoding="utf-8")
    run = nianbao("verify", path, CORRECTED)
    assert run.returncode == 6
    assert "不像是本答案文件的文稿" in run.stdout


def test_what_is_printed_for_a_reason_can_be_pasted(tmp_path, nianbao):
    path = changed(tmp_path, channel_website=100)
    run = nianbao("check", path)
    lines = run.stdout.splitlines()
    start = lines.index("  L02:")
    block = "\n".join(lines[start : start + 6])
    path.write_text(f"{path.read_text(encoding='utf-8')}acknowledged:\n{block}\n", encoding="utf-8")
    assert nianbao("check", path).returncode == 0


def test_a_reason_that_lapsed_says_what_changed(tmp_path, nianbao):
    path = changed(tmp_path, channel_website=100)
    reason = "acknowledged:\n  L02:\n    reason: 漏计\n    values: {active_total: 146}\n"
    path.write_text(path.read_text(encoding="utf-8") + reason, encoding="utf-8")
    run = nianbao("check", path)
    assert "「主动公开政府信息数」由146变为145" in run.stdout.replace(
        "主动公开政府信息数由", "「主动公开政府信息数」由"
    )
    assert "没有写channel_website" in run.stdout


def test_a_signature_before_the_year_has_ended_wants_a_reason(tmp_path, nianbao):
    run = nianbao("check", changed(tmp_path, signature_date="2017年12月1日"))
    assert run.returncode == 4
    assert "M03" in run.stdout


def test_faults_of_last_years_file_are_said(tmp_path, nianbao):
    path = changed(tmp_path)
    before = changed(tmp_path, name="上年.yaml", received_total="约13")
    text = before.read_text(encoding="utf-8").replace("year: 2017", "year: 2016")
    before.write_text(text, encoding="utf-8")
    assert "上年文件有1处" in nianbao("check", path, "--previous", before).stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("received_total: 3", "received_total： 3", "中文冒号"),
        ("received_total: 3", "received_total:3", "少一个空格"),
        ("  received_total: 3", "\treceived_total: 3", "制表符"),
    ],
)
def test_the_usual_slips_of_writing_are_named_with_their_line(old, new, said, tmp_path, nianbao):
    path = changed(tmp_path)
    text = path.read_text(encoding="utf-8")
    line = next(at for at, row in enumerate(text.splitlines(), 1) if "received_total" in row)
    path.write_text(text.replace(old, new), encoding="utf-8")
    run = nianbao("check", path)
    assert run.returncode == 2
    assert said in run.stderr
    assert f"第{line}行" in run.stderr


def test_a_document_changed_by_hand_is_not_overwritten(tmp_path, nianbao):
    nianbao("replay", CORRECTED, "-o", tmp_path)
    path = tmp_path / "answers.txt"
    path.write_text("改过", encoding="utf-8")
    run = nianbao("replay", CORRECTED, "-o", tmp_path)
    assert run.returncode == 0
    assert path.read_text(encoding="utf-8") == "改过"
    assert (tmp_path / "answers-2.txt").exists()
    assert "没有覆盖" in run.stderr


def test_the_report_alone_goes_to_standard_output(nianbao):
    run = nianbao("replay", PUBLISHED)
    assert run.stdout.startswith("【草稿】")
    assert "R01" not in run.stdout
    assert "R01" in run.stderr
    assert "\x1b" not in run.stdout + run.stderr


def test_a_console_without_chinese_does_not_stop_the_work(nianbao, tmp_path):
    environment = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    run = nianbao("replay", CORRECTED, "-o", tmp_path, env=environment)
    assert run.returncode == 0
    result = json.loads(nianbao("check", CORRECTED, "--json", env=environment).stdout)
    assert result["files"][0]["status"] == "final"


def test_a_reader_that_closes_early_gets_no_complaint(nianbao, tmp_path):
    import subprocess
    import sys

    command = f"{sys.executable} -m assistant replay {PUBLISHED} | head -1"
    run = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert "Traceback" not in run.stderr
    assert "BrokenPipe" not in run.stderr


USAGE = [
    (["replay"], "缺少参数"),
    (["nonsense"], "nonsense"),
    (["replay", "a.yaml", "--nonsense"], "不认识的参数"),
    (["replay", "a.yaml", "--jobs", "x"], "应是1到64之间的整数"),
    (["replay", "a.yaml", "--jobs", "0"], "应是1到64之间的整数"),
    (["replay", "a.yaml", "-o"], "后面缺少一个内容"),
    (["replay", "a.yaml", "--json=1"], "后面不能跟"),
    (["replay", "a.yaml", "--format", "doc"], "不支持的格式"),
    (["verify", "a.txt"], "缺少参数"),
    (["verify", "a.doc", "b.yaml"], "类型不支持"),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_misuse_is_told_in_chinese(arguments, said, nianbao):
    run = nianbao(*arguments)
    assert run.returncode == 2
    assert said in run.stderr
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{3,} [A-Za-z]{3,}", run.stderr), run.stderr


@pytest.mark.parametrize("command", ["", "replay", "check", "verify", "lint", "schema"])
def test_the_help_is_chinese_and_stands_in_columns(command, nianbao):
    run = nianbao(*([command] if command else []), "-h")
    assert run.returncode == 0
    assert run.stdout.startswith("用法：")
    assert not re.search(r"\b(usage|options|positional|help message)\b", run.stdout)
    _, _, below = run.stdout.partition("选项：\n")
    heads = re.findall(r"^(  -.*? {2,})\S", below.partition("\n\n")[0], re.M)
    assert len({cell_len(each) for each in heads}) == 1, heads
    assert max(map(cell_len, run.stdout.splitlines())) <= 80


def test_the_help_begins_with_what_a_clerk_types(nianbao):
    said = nianbao("-h").stdout
    assert "nianbao [答案文件或文件夹] [--previous 上年文件] [--plain]" in said
    assert said.count("命令：") == 1


@pytest.mark.parametrize("place", ["没有.yaml", "没有/", "C:\\答案"])
def test_a_file_that_is_missing_is_no_unknown_command(place, nianbao):
    run = nianbao(place)
    assert (run.returncode, "找不到" in run.stderr) == (2, True)
    assert "没有命令“frob”" in nianbao("frob").stderr


# Standard input and output, patterns, folders


def test_answers_come_from_standard_input_and_go_to_standard_output(nianbao, tmp_path):
    text = (ROOT / CORRECTED).read_text(encoding="utf-8")
    run = nianbao("check", "-", input=text)
    assert (run.returncode, run.stdout) == (0, nianbao("check", CORRECTED).stdout)
    run = nianbao("replay", "-", "-o", tmp_path, "--final", input=text)
    assert run.returncode == 0, run.stderr
    report = (tmp_path / "答案.txt").read_text(encoding="utf-8")
    assert report == (ROOT / CORRECTED).with_name("report.txt").read_text(encoding="utf-8")
    read = nianbao("read", tmp_path / "答案.txt", "-o", "-")
    assert read.stdout.startswith("format: 1\n")
    assert nianbao("check", "-", input=read.stdout).returncode in (0, 3, 4)
    moved = nianbao("migrate", "-", "--to", "national-2014", "-o", "-", input=text)
    assert (moved.returncode, moved.stdout[:10]) == (0, "format: 1\n"), moved.stderr
    assert "national-2014" in moved.stdout
    wrong = nianbao("check", "-", input="[")
    assert wrong.returncode == 2
    assert "「标准输入」" in wrong.stderr


def test_patterns_are_expanded_where_the_shell_leaves_them(nianbao, tmp_path):
    for name in ("甲.yaml", "乙.YAML", "丙.yml"):
        changed(tmp_path, name=name)
    run = nianbao("check", tmp_path / "*.y*ml")
    assert ("共2个文件" in run.stdout, run.returncode) == (True, 0)
    missing = nianbao("check", tmp_path / "*.yamll")
    assert missing.returncode == 2
    assert "没有符合" in missing.stderr
    odd = changed(tmp_path, name="[新].yaml")
    assert nianbao("check", odd).returncode == 0


def test_what_is_passed_over_in_a_folder_is_named(nianbao, tmp_path):
    for name in ("甲.yaml", "乙.YAML", "丙.yml"):
        changed(tmp_path, name=name)
    (tmp_path / "镇").mkdir()
    (tmp_path / "镇" / "丁.xlsx").write_bytes(b"")
    (tmp_path / "戊.yaml.bak").write_bytes(b"")
    (tmp_path / ".甲.yaml.lock").write_bytes(b"")
    run = nianbao("check", tmp_path)
    assert "共3个文件" in run.stdout
    assert "文件夹里有2个文件不是答案文件（.yaml、.yml），没有读取：" in run.stderr
    assert "戊.yaml.bak、镇/丁.xlsx。" in run.stderr.replace("\\", "/")


def test_a_mistyped_word_brings_the_nearest(nianbao):
    assert "是不是想写“check”" in nianbao("chek").stderr
    assert "是不是想写“--json”" in nianbao("check", "a.yaml", "--jsn").stderr
    assert "是不是想写“--format”" in nianbao("replay", "a.yaml", "--fromat=txt").stderr
    assert "是不是" not in nianbao("frob").stderr


def test_every_command_has_its_group_and_an_example_that_can_be_typed(nianbao):
    from assistant.cli.commands import COMMANDS
    from assistant.cli.main import read_options

    groups = [each.group for each in COMMANDS.values()]
    assert groups == sorted(groups, key=groups.index)
    help_ = nianbao("-h").stdout
    for name, command in COMMANDS.items():
        assert re.search(rf"^    {name} +\S", help_, re.M), name
        lines = command.examples.splitlines()
        assert all(line in nianbao(name, "-h").stdout for line in lines)
        typed = [line.replace('"', "").split() for line in lines]
        assert {program for program, *_ in typed} == {"nianbao"}
        assert name in {read_options(words).command for _, *words in typed}


def test_a_new_file_is_made_from_a_sample(nianbao, tmp_path):
    listed = nianbao("samples").stdout
    for path in SAMPLES.glob("*/answers.yaml"):
        assert path.parent.name in listed
    run = nianbao("new", "--sample", "county-2025-with-previous", "-o", "县.yaml", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["县-上年.yaml", "县.yaml"]
    check = nianbao("check", "县.yaml", "--previous", "县-上年.yaml", cwd=tmp_path)
    assert check.returncode == 0, check.stdout
    again = nianbao("new", "--sample", "county-2025-with-previous", "-o", "县.yaml", cwd=tmp_path)
    assert (again.returncode, "已经存在" in again.stderr) == (2, True)
    unknown = nianbao("new", "--sample", "county", cwd=tmp_path)
    assert (unknown.returncode, "city-2025-busy" in unknown.stderr) == (2, True)


def test_the_data_of_the_forms_is_copied_and_used(nianbao, tmp_path):
    place = tmp_path / "表式"
    assert nianbao("templates", "-o", place).returncode == 0
    shipped = ROOT / "prompts_templates"
    for path in shipped.rglob("*.*"):
        assert (place / path.relative_to(shipped)).read_bytes() == path.read_bytes()
    assert nianbao("check", CORRECTED, "--templates", place).returncode == 0
    assert nianbao("templates", "-o", place).returncode == 2


def test_the_program_can_be_run_by_its_name():
    import subprocess
    import sys

    command = [sys.executable, "-m", "nianbao", "--version"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT)
    assert re.fullmatch(r"nianbao [\d.]+\n", run.stdout)


# Summaries and progress


def test_a_run_leaves_a_row_for_each_body(nianbao, tmp_path):
    import csv

    import openpyxl

    folder = tmp_path / "各镇"
    folder.mkdir()
    changed(folder, name="甲.yaml")
    changed(folder, name="乙.yaml", received_total=4, trainees="暂缺")
    (folder / "丙.yaml").write_text("[", encoding="utf-8")
    for name in ("汇总.csv", "汇总.xlsx"):
        run = nianbao("check", folder, "--summary", tmp_path / name)
        assert run.returncode == 2
        assert f"汇总表已经写在{tmp_path / name}。" in run.stderr
    with (tmp_path / "汇总.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["状态"] for row in rows] == ["没有处理", "还有未了事项", "可以定稿"]
    assert [row["单位"] for row in rows] == ["", "示例镇人民政府", "示例镇人民政府"]
    assert rows[0]["没有处理的原因"].startswith("「")
    assert [row["收到申请数"] for row in rows] == ["", "4", "3"]
    assert int(rows[1]["必须改正"]) > 0
    assert rows[2]["必须改正"] == rows[2]["缺少"] == "0"
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    heads, *cells = book.active.iter_rows(values_only=True)
    column = heads.index("收到申请数")
    assert [row[column] for row in cells] == [None, 4, 3]
    assert heads == tuple(rows[0])
    wrong = nianbao("check", folder, "--summary", tmp_path / "汇总.txt")
    assert (wrong.returncode, "汇总.txt" in wrong.stderr) == (2, True)


def test_a_summary_of_somebody_else_is_not_written_over(nianbao, tmp_path):
    path = tmp_path / "汇总.csv"
    path.write_text("别人的", encoding="utf-8")
    nianbao("check", CORRECTED, "--summary", path)
    assert path.read_text(encoding="utf-8") == "别人的"
    assert (tmp_path / "汇总-2.csv").exists()
    nianbao("check", CORRECTED, "--summary", path)
    assert len(list(tmp_path.glob("汇总*.csv"))) == 2


def test_how_far_it_is_shows_on_a_terminal_alone(here, monkeypatch, tmp_path):
    import sys

    for name in "甲乙丙丁":
        changed(tmp_path, name=f"{name}.yaml")
    silent = here("check", tmp_path)
    assert "正在处理" not in silent.stderr
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    run = here("check", tmp_path)
    said = re.findall("正在处理第(.)个文件，共4个\r( +)\r", run.stderr)
    assert [number for number, _ in said] == ["1", "2", "3", "4"]
    assert {len(wiped) for _, wiped in said} == {cell_len("正在处理第1个文件，共4个")}
    assert run.stdout == silent.stdout
