"""The index on disk: kept, brought up to date, mended, shared."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.embeddings import HashedEmbedder
from assistant.adapters.entries import CorpusSource
from assistant.adapters.index import IndexUnavailableError, open_index
from assistant.adapters.index_store import IndexStore
from assistant.adapters.lexical_index import LexicalIndex
from tests.texts import TEXTS, changed, corpus_of

SHIPS, GREENHOUSE = "管理船舶的企业奖励", "新建温室补贴"
BUILDER = """
import sys
from pathlib import Path
from assistant.adapters.embeddings import HashedEmbedder
from assistant.adapters.index import open_index
from tests.texts import corpus_of
index = open_index(corpus_of(), Path(sys.argv[1]), HashedEmbedder(64), rebuild=len(sys.argv) > 2)
print(index.search("新建温室补贴")[0].clause_id)
"""


class CountingEmbedder(HashedEmbedder):
    """The built-in embedding, remembering which passages it was given; `fails_at` breaks it midway."""

    def __init__(self, dimensions=64, fails_at=None):
        super().__init__(dimensions)
        self.passages = []
        self.fails_at = fails_at

    def embed(self, texts, is_query=False):
        if not is_query:
            if self.fails_at is not None and len(self.passages) + len(texts) > self.fails_at:
                raise KeyboardInterrupt
            self.passages.extend(texts)
        return super().embed(texts, is_query)


def best(index, question):
    return index.search(question)[0].clause_id


def names(hits):
    return [hit.clause_id for hit in hits]


def held(store):
    """Return every clause a store finds by the clauses' own words."""
    return {
        hit.clause_id for clause in corpus_of().clauses for hit in store.search(clause.text, len(TEXTS) * 50)
    }


def files(folder):
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.name != "lock"
    )


def test_it_is_built_on_first_use_and_kept(tmp_path):
    first, second = CountingEmbedder(), CountingEmbedder()
    assert best(open_index(corpus_of(), tmp_path, first), GREENHOUSE) == "garden/2.1"
    assert len(first.passages) == len(corpus_of().clauses)
    assert best(open_index(corpus_of(), tmp_path, second), GREENHOUSE) == "garden/2.1"
    assert second.passages == []


def test_a_kept_index_is_opened_without_writing(tmp_path):
    open_index(corpus_of(), tmp_path, CountingEmbedder())
    before = {path: path.read_bytes() for path in files(tmp_path)}
    open_index(corpus_of(), tmp_path, CountingEmbedder()).search(SHIPS)
    assert {path: path.read_bytes() for path in files(tmp_path)} == before


def test_only_the_clause_that_changed_is_embedded_again(tmp_path):
    open_index(corpus_of(), tmp_path, CountingEmbedder())
    embedder = CountingEmbedder()
    index = open_index(changed("garden", "种苗", "花苗"), tmp_path, embedder)
    assert [text for text in embedder.passages if "花苗引进" not in text] == []
    assert len(embedder.passages) == 1
    assert best(index, "引进花苗奖励") == "garden/2.2"


def test_a_document_that_is_gone_is_found_no_more(tmp_path):
    open_index(corpus_of(), tmp_path, CountingEmbedder())
    embedder = CountingEmbedder()
    index = open_index(corpus_of({"garden": TEXTS["garden"]}), tmp_path, embedder)
    assert embedder.passages == []
    assert all(hit.clause_id.startswith("garden/") for hit in index.search(SHIPS, 50))


def test_a_document_that_is_added_is_found(tmp_path):
    open_index(corpus_of({"garden": TEXTS["garden"]}), tmp_path, CountingEmbedder())
    embedder = CountingEmbedder()
    assert best(open_index(corpus_of(), tmp_path, embedder), SHIPS) == "harbour/1"
    assert len(embedder.passages) == len(corpus_of().document("harbour").clauses)


def test_a_new_title_counts_as_a_change(tmp_path):
    open_index(corpus_of(), tmp_path, CountingEmbedder())
    title, text = TEXTS["garden"]
    index = open_index(corpus_of({**TEXTS, "garden": (f"盆景{title}", text)}), tmp_path, CountingEmbedder())
    assert best(index, "盆景").startswith("garden/")


def test_another_embedder_means_other_vectors(tmp_path):
    open_index(corpus_of(), tmp_path, CountingEmbedder(64))
    other = CountingEmbedder(32)
    assert best(open_index(corpus_of(), tmp_path, other), GREENHOUSE) == "garden/2.1"
    assert len(other.passages) == len(corpus_of().clauses)


def test_changing_back_to_an_embedder_costs_nothing(tmp_path):
    for dimensions in (64, 32):
        open_index(corpus_of(), tmp_path, CountingEmbedder(dimensions))
    again = CountingEmbedder(64)
    open_index(corpus_of(), tmp_path, again)
    assert again.passages == []


def test_rebuilding_embeds_everything_again_and_leaves_nothing_behind(tmp_path):
    open_index(corpus_of(), tmp_path, CountingEmbedder())
    again = CountingEmbedder()
    assert best(open_index(corpus_of(), tmp_path, again, rebuild=True), GREENHOUSE) == "garden/2.1"
    assert len(again.passages) == len(corpus_of().clauses)
    for manifest in tmp_path.rglob("manifest.json"):
        assert len([path for path in manifest.parent.iterdir() if path.is_dir()]) == 1


def vector_store(folder, embedder):
    return IndexStore(folder, "vectors", lambda home: ChromaIndex(home, embedder), batch=3)


def test_a_crash_midway_loses_only_what_was_not_safe(tmp_path):
    total = len(corpus_of().clauses)
    source, rest = CorpusSource(corpus_of()), CountingEmbedder()
    with pytest.raises(KeyboardInterrupt):
        vector_store(tmp_path, CountingEmbedder(fails_at=7)).open(source, lambda done, total: None)
    store = vector_store(tmp_path, rest).open(source, lambda done, total: None)
    assert store.count() == total
    assert len(rest.passages) == total - 6


@pytest.mark.parametrize("step", [1, 2, 4])
@pytest.mark.parametrize("side", ["words", "vectors"])
def test_a_crash_after_any_step_is_mended_by_the_next_to_open(tmp_path, side, step):
    def make(home):
        return LexicalIndex(home) if side == "words" else ChromaIndex(home, HashedEmbedder(64))

    def stop(done, total):
        if done >= step * 3:
            raise KeyboardInterrupt

    index_store = IndexStore(tmp_path, side, make, batch=3)
    with pytest.raises(KeyboardInterrupt):
        index_store.open(CorpusSource(corpus_of()), stop)
    store = index_store.open(CorpusSource(corpus_of()), lambda done, total: None)
    assert store.count() == len(corpus_of().clauses)
    assert held(store) == {clause.id for clause in corpus_of().clauses}


@pytest.mark.parametrize("side", ["words", "vectors"])
def test_a_crash_while_updating_leaves_no_old_words(tmp_path, side):
    def make(home):
        return LexicalIndex(home) if side == "words" else ChromaIndex(home, HashedEmbedder(64))

    def stop(done, total):
        raise KeyboardInterrupt

    index_store, new = (
        IndexStore(tmp_path, side, make, batch=1),
        CorpusSource(changed("garden", "补贴", "资助")),
    )
    index_store.open(CorpusSource(corpus_of()), lambda done, total: None)
    with pytest.raises(KeyboardInterrupt):
        index_store.open(new, stop)
    told = []
    mended = index_store.open(new, lambda done, total: told.append(total))
    fresh = IndexStore(tmp_path / "fresh", side, make).open(new, lambda done, total: None)
    assert mended.count() == fresh.count()
    for question in ("补贴", "资助", "温室建设费用的资助"):
        assert names(mended.search(question, 3)) == names(fresh.search(question, 3))
    assert 0 < told[0] < len(new.corpus.clauses)


@pytest.mark.parametrize("seconds", [0.9, 1.2, 1.5, 1.8])
def test_a_killed_process_does_no_harm(tmp_path, seconds):
    killed = subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(tmp_path), "rebuild"], stdout=subprocess.DEVNULL
    )
    try:
        killed.wait(seconds)
    except subprocess.TimeoutExpired:
        killed.kill()
        killed.wait()
    assert best(open_index(corpus_of(), tmp_path, HashedEmbedder(64)), GREENHOUSE) == "garden/2.1"


def test_two_processes_may_build_at_once(tmp_path):
    command = [sys.executable, "-c", BUILDER, str(tmp_path)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for process in running:
        assert (process.communicate(timeout=120), process.returncode) == (("garden/2.1\n", ""), 0)


def test_waiting_for_another_process_ends_with_a_chinese_message(tmp_path):
    from filelock import FileLock

    words = tmp_path / "index" / "words"
    words.mkdir(parents=True)
    with (
        FileLock(str(words / "lock")),
        pytest.raises(IndexUnavailableError, match="另一个进程正在更新检索索引"),
    ):
        open_index(corpus_of(), tmp_path, HashedEmbedder(64), lock_wait_s=0.2)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An index on disk, with the names of its files."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, "-c", BUILDER, str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder


KINDS_OF_FILES = [
    "manifest.json",
    "meta.json",
    "*.term",
    "*.store",
    "*.idx",
    "chroma.sqlite3",
    "data_level0.bin",
    "header.bin",
    "vectors.f32",
    "owners.i32",
    "rows.db",
    "ledger.db",
]
DAMAGES = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "emptied": lambda path: path.write_bytes(b""),
    "gone": lambda path: path.unlink(),
    "garbage": lambda path: path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256 + 1)),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("pattern", KINDS_OF_FILES)
def test_a_damaged_file_is_noticed_and_mended(built, tmp_path, pattern, damage):
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    hurt = sorted(folder.rglob(pattern))
    assert hurt, pattern
    for path in hurt:
        DAMAGES[damage](path)
    index = open_index(corpus_of(), folder, HashedEmbedder(64))
    assert [best(index, SHIPS), best(index, GREENHOUSE)] == ["harbour/1", "garden/2.1"]


@pytest.mark.parametrize(
    "text", ["null", "[]", '{"recipe": 1}', '{"generation": "../../etc", "recipe": "words 1"}', "{"]
)
def test_a_manifest_nobody_wrote_is_not_believed(built, tmp_path, text):
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    for manifest in folder.rglob("manifest.json"):
        manifest.write_text(text, encoding="utf-8")
    assert best(open_index(corpus_of(), folder, HashedEmbedder(64)), SHIPS) == "harbour/1"


def test_an_index_of_older_code_is_built_anew(built, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(built, folder)
    for manifest in folder.rglob("manifest.json"):
        data = json.loads(manifest.read_text(encoding="utf-8"))
        manifest.write_text(json.dumps({**data, "recipe": "older"}), encoding="utf-8")
    embedder = CountingEmbedder(64)
    open_index(corpus_of(), folder, embedder)
    assert len(embedder.passages) == len(corpus_of().clauses)


def test_files_lost_under_a_running_search_are_built_again(tmp_path):
    index = open_index(corpus_of(), tmp_path, HashedEmbedder(64))
    shutil.rmtree(tmp_path / "index")
    assert best(index, GREENHOUSE) == "garden/2.1"
    assert best(open_index(corpus_of(), tmp_path, HashedEmbedder(64)), SHIPS) == "harbour/1"


def test_a_directory_that_cannot_be_written_is_told_in_chinese(tmp_path):
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(IndexUnavailableError, match="无法写入") as told:
        open_index(corpus_of(), file, HashedEmbedder(64))
    assert str(file) in str(told.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_permission_is_told_in_chinese(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(IndexUnavailableError, match="无法写入"):
        open_index(corpus_of(), tmp_path, HashedEmbedder(64))


def test_progress_is_shown_in_chinese_and_only_while_building(tmp_path, capsys):
    open_index(corpus_of(), tmp_path, HashedEmbedder(64), progress=True)
    shown = capsys.readouterr()
    assert "正在建立语义向量索引" in shown.err
    assert shown.out == ""
    open_index(corpus_of(), tmp_path, HashedEmbedder(64), progress=True)
    assert capsys.readouterr().err == ""


def test_opening_imports_neither_torch_nor_a_model_library(built):
    code = (
        BUILDER
        + "assert not {'torch', 'sentence_transformers', 'onnxruntime', 'transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(built)], check=True, stdout=subprocess.DEVNULL)


def test_importing_the_index_imports_no_engine():
    code = (
        "import sys, assistant.adapters.index, assistant.adapters.embeddings;"
        "assert not {'chromadb', 'langchain_chroma', 'langchain_core', 'tantivy', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_index_survives_a_dot_env_of_ours(tmp_path):
    (tmp_path / ".env").write_text("POLICY_PORT=7861\n", encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    subprocess.run(
        [sys.executable, "-c", BUILDER, str(tmp_path / "data")],
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
    )


GROWING = """
import os, sys
from pathlib import Path
from assistant.adapters.chroma_index import ChromaIndex
from assistant.adapters.entries import CorpusSource
from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.adapters.lexical_index import LexicalIndex
from assistant.adapters.index_store import IndexStore
from tests.texts import many

folder, side = Path(sys.argv[1]), sys.argv[2]
make = LexicalIndex if side == "words" else lambda home: ChromaIndex(home, HashedEmbedder(64))
told = []
def tell(done, total):
    print(done, total, flush=True)
store = IndexStore(folder, "growing", make, batch=50).open(CorpusSource(many(3000)), tell)
print("held", store.count(), flush=True)
"""


@pytest.mark.parametrize("side", ["words", "vectors"])
def test_a_build_killed_midway_goes_on_where_it_was(tmp_path, side):
    command = [sys.executable, "-c", GROWING, str(tmp_path), side]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in first.stdout:
        if int(line.split()[0]) >= 500:
            first.kill()
            break
    first.wait()
    rest = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert rest[-1] == "held 3000"
    total = int(rest[0].split()[1])
    assert total <= 2600
    assert len(rest) - 1 <= total / 50 + 1


READER = """
import sys
from pathlib import Path
from assistant.adapters.hashed_embedding import HashedEmbedder
from assistant.adapters.index import open_index
from tests.texts import corpus_of
index = open_index(corpus_of(), Path(sys.argv[1]), HashedEmbedder(64))
print("open", flush=True)
found = set()
for line in sys.stdin:
    found.add(index.search("管理船舶的企业奖励", 1)[0].clause_id)
    print(len(found), flush=True)
print(sorted(found))
"""


def test_several_processes_read_while_one_writes(tmp_path):
    open_index(corpus_of(), tmp_path, HashedEmbedder(64))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    readers = [subprocess.Popen([sys.executable, "-c", READER, str(tmp_path)], **pipes) for _ in range(2)]
    try:
        assert [reader.stdout.readline() for reader in readers] == ["open\n", "open\n"]
        for word in ("花苗", "树苗", "草苗"):
            for reader in readers:
                reader.stdin.write("ask\n")
                reader.stdin.flush()
            index = open_index(changed("garden", "种苗", word), tmp_path, HashedEmbedder(64))
            assert best(index, f"引进{word}奖励") == "garden/2.2"
            assert [reader.stdout.readline() for reader in readers] == ["1\n", "1\n"]
        for reader in readers:
            assert reader.communicate(timeout=60)[0] == "['harbour/1']\n"
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
