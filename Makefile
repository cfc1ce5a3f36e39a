# Everything runs in .venv, made from requirements.lock; a fresh machine needs Python 3.11, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOWNSHIP := samples/township-2017-as-published/answers.yaml

# Every command of the tests is a process of its own; compiled anew each time, it takes half as long again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup chat demo test check format samples pictures architecture looks page soak bench lock release bundle clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

# The township's report as published has a sum that fails, so the command ends with 3; that is the demonstration.
demo: $(READY)
	@$(BIN)/nianbao replay $(TOWNSHIP) -o out; code=$$?; \
	if [ $$code -ne 3 ]; then echo "nianbao replay: exit $$code, expected 3"; exit 1; fi; \
	echo; echo "上面是用一个镇公布的真实数据生成的草稿（单位名称等为虚构），查出了必须改正的错误（退出码3）。"; \
	echo "下一步：复制 samples/township-2017-corrected/answers.yaml，改成贵单位的数据，再运行 $(BIN)/nianbao replay 答案文件 -o out"; \
	echo "改正以后的样子：$(BIN)/nianbao replay samples/township-2017-corrected/answers.yaml -o out/corrected --final"

# The conversation, in the present folder.
chat: $(READY)
	@$(BIN)/nianbao

test: $(READY)
	$(BIN)/python -m pytest -q -n 3 --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nianbao lint
	$(BIN)/python -m pytest -q -n 3 --dist worksteal

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Write the expected files of every sample anew; read the difference before committing it.
samples: $(READY)
	$(BIN)/python -m pytest -q tests/test_samples.py --rewrite-samples

# Take the pictures of the screen anew; look at them before committing.
pictures: $(READY)
	$(BIN)/python -m pytest -q tests/test_chat_pictures.py --rewrite-pictures

# Draw the folders and what they import anew; look at docs/architecture.svg before committing.
architecture: $(READY)
	$(BIN)/python docs/draw.py

# A thousand kills of everything that writes, two hundred rounds of lines typed while the process stands
# still, a million inputs by chance, 150 files played and ten thousand numbers altered in documents of
# every format, as many of own text in documents and in answer files, eleven thousand tables altered and
# read in six manners, and every law of the gate with
# examples by chance; some two hours. Each prints the seed that repeats it.
soak: export PYTEST_TIMEOUT = 0
soak: $(READY)
	NIANBAO_CHANCE=1 $(BIN)/python -m pytest -q -n 2 --dist worksteal
	NIANBAO_KILLS=300 $(BIN)/python -m pytest -q -s tests/test_kill.py -k "survives_any_kill"
	NIANBAO_KILLS=700 $(BIN)/python -m pytest -q -n 2 tests/test_kill_commands.py
	NIANBAO_PULSES=200 NIANBAO_ORDERS=500 $(BIN)/python -m pytest -q -n 2 tests/test_order.py
	NIANBAO_FUZZ=1000000 $(BIN)/python -m pytest -q -n 2 tests/test_fuzz.py
	NIANBAO_PLAYS=100 $(BIN)/python -m pytest -q -n 2 tests/test_playing.py
	NIANBAO_BYTES=1990000 $(BIN)/python -m pytest -q -n 2 tests/test_reading_bad_input.py -k measure
	NIANBAO_MUTANTS=1000 $(BIN)/python -m pytest -q -n 2 tests/test_recognise.py
	NIANBAO_MUTANTS=10000 NIANBAO_EDITS=5000 $(BIN)/python -m pytest -q -s tests/test_proof.py tests/test_own_text_altered.py tests/test_taking_back.py

# Pictures of every page of two samples' documents, in out/looks; look at them.
looks: $(READY)
	$(BIN)/python -m tests.looks

# The picture of a finished page in docs/, drawn with the Fandol fonts of the folder FONTS; look at it.
page: $(READY)
	$(BIN)/python -m tests.looks.page $(FONTS)

bench: $(READY)
	$(BIN)/python -m tests.bench

# Pin every dependency with its hashes, and without the address of any registry.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --output-file requirements.lock

# Build wheel and sdist, try both in empty environments, and say what is left to do; nothing is uploaded.
release: $(READY)
	$(BIN)/python tests/release.py

# A zip for offices without a network: wheels for Windows and Linux, scripts that install them, the
# guide; it is tried here without a network.
bundle: $(READY)
	$(BIN)/python -m tests.bundle

clean:
	rm -rf $(VENV) out dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
