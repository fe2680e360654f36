# 两条命令：make serve（打开网页）与 make test（运行全部测试）。首次运行会自动建好环境。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTS ?= tests corpus assistant ui
ARGS ?=

.PHONY: serve test lint check eval eval-fast eval-accept bench bench-retrieval bench-page screenshots load faults mutate calibrate train-characters train-embedding browser clean help

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 20

# The environment, made once and made again when the dependencies change. torch first, by its exact pin:
# left to a range it would bring gigabytes of CUDA.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本；可用 make PYTHON=python3.12 指定。"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet -e '.[test,lint]'
	@touch $(READY)

serve: $(READY) ## 建立索引，打开 http://127.0.0.1:7860
	$(BIN)/policy-assistant serve $(ARGS)

test: $(READY) ## 全部测试
	$(BIN)/python -m pytest -n auto $(TESTS) $(ARGS)

lint: $(READY) ## 格式、类型、谁可以引用谁
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(READY) ## 每个数字都在原文里
	$(BIN)/policy-assistant check

FAST_SUITES := core amounts traps multi-turn refusal
SUITES ?= all

eval: $(READY) ## 全部评测，与基线逐题比较（SUITES="core traps" 只跑几套），并评测检索与拒答阈值
	$(BIN)/policy-assistant eval $(SUITES) --out runs/latest --overwrite --baseline evals/baseline.json
	$(BIN)/python -m evals.retrieval
	$(BIN)/python -m evals.calibration
	$(BIN)/python -m evals.guard

eval-fast: $(READY) ## 快的几套题，与基线逐题比较（一分钟之内）
	$(BIN)/policy-assistant eval $(FAST_SUITES) --out runs/fast --overwrite --baseline evals/baseline.json

eval-accept: $(READY) ## 把最近一次全部评测定为基线
	$(BIN)/python -m evals.accept runs/latest

bench: $(READY) ## 启动、回答与测算的速度
	$(BIN)/python -m pip install --quiet -e ".[bench]"
	$(BIN)/python -m evals.bench
	$(BIN)/python -m evals.bench_answers
	$(BIN)/python -m evals.bench_awards

load: $(READY) ## 300 位用户同时向公众号提问、中途 kill −9、1/2/4 个进程的速度，每条承诺与实测并列（5 分钟以内，只用本机回环）
	$(BIN)/python -m tests.load

faults: $(READY) ## 磁盘满、文件损坏、kill −9、慢客户端等：承诺与实测（约 3 分钟，只用本机回环；磁盘几项需能挂载）
	.ci/postgresql $(BIN)/python -m tests.faults

bench-retrieval: $(READY) ## 检索：质量与同类库并列，速度与裸引擎并列：make bench-retrieval DATA=公开数据目录 [POLICIES=带标注的政策目录] [COUNTS="1000 10000"] [POOL=15000]
	$(BIN)/python -m pip install --quiet -e ".[bench]"
	for what in start synonyms peers engines scale graph; do \
		$(BIN)/python -m evals.bench_retrieval $$what $(if $(DATA),--data $(DATA)) $(if $(POLICIES),--policies $(POLICIES)) \
			$(if $(POOL),--pool $(POOL) --allowed 1500) --counts $(or $(COUNTS),1000 10000 100000) --out $(or $(OUT),build/bench-retrieval) || exit 1; \
	done

bench-page: $(READY) ## 网页打开到能用要多久（需要 chromium）
	$(BIN)/python -m tests.browser.first_view

screenshots: $(READY) ## 重新生成 README 的截图（需要 chromium 与 fonts-noto-cjk）
	$(BIN)/python -m tests.browser.screenshots docs/images

mutate: $(READY) ## 改动数据中的每个数字与限定词、计算器的每个运算，看核对与测试能否发现（约 10 分钟）
	$(BIN)/python -m corpus.proof.mutation
	$(BIN)/python -m pip install --quiet -e ".[mutate]"
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

train-characters: $(READY) ## 重新统计汉字相邻频次：make train-characters DATA="a.jsonl.gz b.jsonl.gz"
	$(BIN)/python -m corpus.reading.train_characters corpus/reading/characters.npz $(DATA)

train-embedding: $(READY) ## 重新训练内置向量模型（约 5 分钟）：make train-embedding DATA=题集文件夹
	$(BIN)/python -m evals.train_embedding $(DATA)
	$(BIN)/python -m evals.retrieval_ranking $(DATA) --write

clean: ## 删除环境与缓存（不动数据目录）
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist *.egg-info
