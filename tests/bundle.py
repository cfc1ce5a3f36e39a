"""Make the bundle for offices without a network, and try it on this system without one.

`make bundle`; wheels for Windows and Linux are fetched by the hashes of requirements.lock.
"""

import argparse
import hashlib
import importlib.metadata
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.release import DIST, ROOT, SAMPLE, run

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = {
    "windows": ("win_amd64",),
    "linux": ("manylinux2014_x86_64", "manylinux_2_27_x86_64", "manylinux_2_28_x86_64"),
}
MARKERS = {
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
}
EXTRAS = ("pdf", "web")
_PIN = re.compile(r"^(\S+)==(\S+?)(?: ; [^\\]*)? *\\\n((?: +--hash=\S+(?: \\)?\n?)+)", re.M)
_HASH = re.compile(r"--hash=\S+")

WINDOWS = r"""@echo off
rem 双击安装，不用网络。装在 %LOCALAPPDATA%\nianbao，不动别的程序。
cd /d "%~dp0"
set "HOME_OF_IT=%LOCALAPPDATA%\nianbao"
set "PY=py -3"
py -3 --version >nul 2>nul || set "PY=python"
%PY% -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul || goto no_python
%PY% -m venv --clear "%HOME_OF_IT%" || goto failed
"%HOME_OF_IT%\Scripts\python.exe" -m pip --isolated install --quiet --no-index --no-deps ^
  -f wheels --require-hashes -r requirements.txt || goto failed
>"年报助手.bat" echo @"%%LOCALAPPDATA%%\nianbao\Scripts\nianbao.exe" %%*
"%HOME_OF_IT%\Scripts\nianbao.exe" --version || goto failed
echo 装好了。双击这个文件夹里的“年报助手.bat”开始填写；也可以把答案文件拖到它上面。
pause
exit /b 0
:no_python
echo 没有找到Python 3.11或更新的版本。请先装上（安装时勾选“Add python.exe to PATH”），再双击一次。
pause
exit /b 1
:failed
echo 没有装成。请把上面的话告诉管理计算机的人。
pause
exit /b 1
"""
LINUX = """#!/bin/sh
# 安装，不用网络：sh install.sh [装到哪个文件夹]，默认 ~/.local/share/nianbao。
set -e
cd "$(dirname "$0")"
place="${1:-$HOME/.local/share/nianbao}"
python="${PYTHON:-python3}"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "需要Python 3.11或更新的版本；装在别处的，请这样运行：PYTHON=它的路径 sh install.sh" >&2
  exit 1
}
"$python" -m venv --clear "$place"
"$place/bin/python" -m pip --isolated install --quiet --no-index --no-deps \\
  -f wheels --require-hashes -r requirements.txt
"$place/bin/nianbao" --version
echo "装好了。运行 $place/bin/nianbao 开始填写。"
"""


def needed(platform: str) -> set[str]:
    """The names of all that the program with its extras needs at run time on a platform."""
    found: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [("nianbao", EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        for text in importlib.metadata.requires(name) or ():
            each = Requirement(text)
            marks = [{**MARKERS[platform], "extra": extra} for extra in (*extras, "")]
            if each.marker is not None and not any(map(each.marker.evaluate, marks)):
                continue
            if (key := canonicalize_name(each.name)) not in found:
                found.add(key)
                waiting.append((each.name, tuple(each.extras)))
    return found


def pins(names: set[str]) -> Iterator[str]:
    """The lines of requirements.lock for some packages, with their hashes and nothing else."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version, hashes in _PIN.findall(lock):
        if canonicalize_name(name) in names:
            yield " ".join([f"{name}=={version}", *_HASH.findall(hashes)])


def fetch(wheels: Path, platform: str, python: str) -> None:
    """Put the wheels for one platform and one Python beside the others."""
    wanted = wheels.parent / f"{platform}.txt"
    wanted.write_text("\n".join(pins(needed(platform))) + "\n", encoding="utf-8")
    where = [word for each in PLATFORMS[platform] for word in ("--platform", each)]
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
    run([*pip, "--python-version", python, *where, "--require-hashes", "-r", wanted, "-d", wheels],
        ROOT)  # fmt: skip
    wanted.unlink()


def fill(folder: Path, wheel: Path, platforms: Sequence[str], pythons: Sequence[str]) -> None:
    """Make the folder that is zipped: wheels, pins, both scripts, the guide in Chinese."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    for platform in platforms:
        for python in pythons:
            fetch(wheels, platform, python)
    shutil.copy(wheel, wheels)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    version = wheel.name.split("-")[1]
    names = set().union(*map(needed, platforms))
    lines = [*pins(names), f"nianbao=={version} --hash=sha256:{digest}"]
    (folder / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "安装.bat").write_bytes(WINDOWS.replace("\n", "\r\n").encode("gbk"))
    (folder / "install.sh").write_text(LINUX, encoding="utf-8")
    shutil.copy(ROOT / "README.zh-CN.md", folder / "说明.md")


def pack(folder: Path, place: Path) -> None:
    """Zip a folder under its own name."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            archive.write(path, path.relative_to(folder.parent))


def try_out(bundle: Path) -> None:
    """Unpack and install it where no network is, and replay a sample; Linux only."""
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(place)
        (folder,) = Path(place).iterdir()
        target = Path(place) / "environment"
        shell = ["unshare", "-rn", "sh"]
        run([*shell, str(folder / "install.sh"), str(target)], Path(place))
        answers = ROOT / SAMPLE / "answers.yaml"
        run([target / "bin" / "nianbao", "replay", answers, "-o", "out", "--format", "txt,docx"],
            Path(place))  # fmt: skip
        written = (Path(place) / "out" / "answers.txt").read_bytes()
        if written != (ROOT / SAMPLE / "report.txt").read_bytes():
            sys.exit(f"{bundle.name} writes another report than {SAMPLE}")
        parts = "import assistant.ui.browser.server, assistant.export.formats.pdf.read_pdf"
        run([target / "bin" / "python", "-c", parts], Path(place))
    print(f"{bundle.name}: installs without a network and replays {SAMPLE.name}")


def main() -> None:
    """Do all of it; the first thing that is wrong ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", nargs="+", default=PYTHONS)
    parser.add_argument("--platform", nargs="+", default=list(PLATFORMS), choices=PLATFORMS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place]
        run([*command, ROOT], ROOT)
        (wheel,) = Path(place).glob("*.whl")
        folder = Path(place) / f"nianbao-{wheel.name.split('-')[1]}-offline"
        fill(folder, wheel, options.platform, options.python)
        DIST.mkdir(exist_ok=True)
        bundle = DIST / f"{folder.name}.zip"
        pack(folder, bundle)
    print(f"{bundle}: {bundle.stat().st_size // 1_000_000} MB")
    if sys.platform == "linux" and "linux" in options.platform and shutil.which("unshare"):
        try_out(bundle)


if __name__ == "__main__":
    os.environ.setdefault("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    main()
