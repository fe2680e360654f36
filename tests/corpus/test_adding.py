"""A document of one's own: what is said of it stands in its words; it appears whole or not at all."""

import hashlib
import multiprocessing
import time
from dataclasses import replace
from datetime import date

import pytest

from corpus.added import added_folders, load_added, with_added
from corpus.adding import receive, remove_document, save_document
from corpus.errors import AddingError, UnreadableError
from corpus.model.document import DocumentStatus, SourceNature
from corpus.reading.statements import Stated, propose
from corpus.store import load_corpus
from corpus.unfinished import clear_unfinished, unfinished

TEXT = """北湖区支持软件产业发展若干措施
北湖府规〔2026〕8号
北湖区人民政府
2026年2月10日
第一条 支持首版次软件。对首版次软件产品给予最高80万元奖励。
第二条 支持开源。对开源社区运营给予支持。
第三条 本措施自2026年3月1日起施行，有效期至2028年12月31日。
"""


@pytest.fixture(scope="module")
def package():
    return load_corpus()


@pytest.fixture
def received():
    return receive("北湖.txt", TEXT.encode())


@pytest.fixture
def stated(received):
    return propose(received.reading.text)


def save(received, stated, home, slug="beihu-software", taken=()):
    return save_document(received, stated, slug, home, taken)


def test_what_the_text_says_of_itself_is_proposed(stated):
    assert stated == Stated(
        title="北湖区支持软件产业发展若干措施",
        nature=SourceNature.POLICY,
        nature_words="北湖区支持软件产业发展若干措施",
        document_number="北湖府规〔2026〕8号",
        issuing_bodies=("北湖区人民政府",),
        signed_on="2026年2月10日",
        effective_on="自2026年3月1日起施行",
        expires_on="有效期至2028年12月31日",
        region="北湖区",
    )


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        ("关于印发《甲市办法》的通知", "title", "甲市办法"),
        ("至2027年12月31日施行", "effective_on", ""),
        ("本办法自2026年3月1日起生效。", "effective_on", "自2026年3月1日起生效"),
        ("根据甲府发〔2016〕49号文件精神，制定本办法。", "document_number", ""),
        ("文号：甲府发〔2016〕49号", "document_number", "甲府发〔2016〕49号"),
        ("自2026年13月1日起施行", "effective_on", ""),
        ("甲市5月22日电 记者获悉", "nature", SourceNature.REPORT),
        ("甲市办法（征求意见稿）", "nature", SourceNature.DRAFT),
    ],
)
def test_a_proposal_is_words_of_the_text_or_nothing(line, field, words):
    assert getattr(propose(line), field) == words


def test_a_saved_document_is_read_back_with_its_dates_and_clauses(received, stated, tmp_path):
    save(received, stated, tmp_path)
    found = load_added(tmp_path / "beihu-software")
    assert found.title == "北湖区支持软件产业发展若干措施"
    assert found.status_on(date(2028, 12, 31)) is DocumentStatus.IN_FORCE
    assert found.status_on(date(2029, 1, 1)) is DocumentStatus.EXPIRED
    assert found.clauses[1].text == "第一条 支持首版次软件。对首版次软件产品给予最高80万元奖励。"
    assert (tmp_path / "beihu-software" / "source.txt").read_bytes() == TEXT.encode()


def test_it_stands_beside_the_package_and_changes_the_digest(received, stated, tmp_path, package):
    assert with_added(package, tmp_path / "none") is package
    save(received, stated, tmp_path)
    corpus = with_added(package, tmp_path)
    assert [document.slug for document in corpus.documents[-2:]] == [
        package.documents[-1].slug,
        "beihu-software",
    ]
    assert corpus.added == ("beihu-software",)
    assert corpus.clause("beihu-software/2").text.startswith("第二条")
    assert corpus.digest != package.digest
    assert [one for one in corpus.measures if one.document != "beihu-software"] == list(package.measures)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": "别的名称"}, "名称：原文的任何一条里都没有“别的名称”"),
        ({"title": ""}, "名称：请填写原文里的字句"),
        ({"expires_on": "有效期至2029年12月31日"}, "截止日期：原文的任何一条里都没有"),
        ({"effective_on": "第一条"}, "施行日期：“第一条”里没有完整的年月日"),
        ({"expires_on": "2026年2月10日"}, "截止日期（2026-02-10）早于施行日期（2026-03-01）"),
        ({"issuing_bodies": ("北湖区人民政府", "南湖区人民政府")}, "发文机关：原文的任何一条里都没有“南湖"),
        ({"region": "南湖区"}, "地区：原文的任何一条里都没有"),
    ],
)
def test_what_the_text_does_not_say_is_refused(received, stated, tmp_path, change, told):
    with pytest.raises(AddingError, match="(?s)" + told.replace("（", "[（]").replace("）", "[）]")):
        save(received, replace(stated, **change), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "slug", ["", "../x", "A", "a/b", "甲", "a--b", "x" * 61, ".hidden", "sh-online-economy"]
)
def test_a_slug_that_is_none_or_taken_is_refused(received, stated, tmp_path, package, slug):
    with pytest.raises(AddingError, match="编号"):
        save(received, stated, tmp_path, slug, [document.slug for document in package.documents])
    assert list(tmp_path.iterdir()) == []


def test_the_same_slug_twice_is_refused_and_the_first_stays(received, stated, tmp_path):
    save(received, stated, tmp_path)
    with pytest.raises(AddingError):
        save(receive("b.txt", ("乙市办法\n" + TEXT).encode()), stated, tmp_path)
    assert load_added(tmp_path / "beihu-software").text.startswith("北湖区")
    assert [path.name for path in tmp_path.iterdir()] == ["beihu-software"]


def broken(folder, how):
    if how == "digit":
        file = folder / "text.md"
        file.write_text(file.read_text("utf-8").replace("2028年", "2038年"), "utf-8")
    elif how == "source":
        (folder / "source.txt").write_text("改过", "utf-8")
    elif how == "yaml":
        (folder / "policy.yaml").write_text("slug: [", "utf-8")
    elif how == "binary":
        (folder / "text.md").write_bytes(b"\xff\xfe\x00")
    else:
        (folder / how).unlink()


@pytest.mark.parametrize("how", ["digit", "source", "yaml", "binary", "text.md", "policy.yaml", "source.txt"])
def test_a_broken_one_is_left_out_and_named_and_the_rest_stands(received, stated, tmp_path, package, how):
    save(received, stated, tmp_path, "sound")
    save(received, stated, tmp_path, "broken")
    broken(tmp_path / "broken", how)
    corpus = with_added(package, tmp_path)
    assert corpus.added == ("sound",)
    assert len(corpus.left_out) == 1
    assert "broken" in corpus.left_out[0]


def test_one_of_the_package_cannot_be_replaced(received, stated, tmp_path, package):
    save(received, stated, tmp_path, "sh-online-economy")
    corpus = with_added(package, tmp_path)
    assert corpus.document("sh-online-economy") is package.document("sh-online-economy")
    assert "同名" in corpus.left_out[0]


def test_a_removed_document_is_gone_and_no_other_can_be_removed(received, stated, tmp_path, package):
    save(received, stated, tmp_path)
    remove_document("beihu-software", tmp_path)
    assert with_added(package, tmp_path) is package
    for slug in ("beihu-software", "..", "sh-online-economy"):
        with pytest.raises(AddingError, match="没有添加过"):
            remove_document(slug, tmp_path)


def test_a_doubt_of_cleaning_is_written_down_with_the_document(tmp_path):
    noisy = TEXT.replace("80万元奖励。", "80万元奖励引擎。").replace("支持开源。", "支持開源。")
    received = receive("n.txt", noisy.encode())
    document = save(received, propose(received.reading.text), tmp_path)
    written = (tmp_path / document.slug / "policy.yaml").read_text("utf-8")
    assert written.count("逐处看过") == len(received.reading.doubtful)
    assert hashlib.sha256(noisy.encode()).hexdigest() in written


def test_what_is_no_document_is_told(tmp_path):
    for name, data in (("a.exe", b"MZ"), ("a.txt", b"\0\1"), ("a.docx", b"PK"), ("a.pdf", b"%PDF-1.4")):
        with pytest.raises(UnreadableError, match=name):
            receive(name, data)


def test_what_a_killed_adding_left_hidden_is_cleared_and_nothing_else(received, stated, tmp_path):
    left = tmp_path / f".{'a' * 32}"
    (left / "beihu-software").mkdir(parents=True)
    (left / "beihu-software" / "text.md").write_text("半份")
    (tmp_path / f".{'b' * 32}.lock").touch()
    (tmp_path / ".git").mkdir()
    with unfinished(tmp_path) as in_use:
        (in_use / "half").write_text("还在写")
        save(received, stated, tmp_path)
        assert (in_use / "half").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "beihu-software"]


def test_adding_that_is_killed_at_any_moment_leaves_all_or_nothing_and_the_next_start_clears(tmp_path):
    for after_ms in (0, 3, 10, 30, 100):
        home = tmp_path / str(after_ms) / "documents"
        ready, told = multiprocessing.Pipe(duplex=False)
        killed = multiprocessing.get_context("fork").Process(target=keep_adding, args=(home, told))
        killed.start()
        assert ready.poll(60)
        time.sleep(after_ms / 1000)
        killed.kill()
        killed.join()
        whole = {path.name: load_added(path).title for path in added_folders(home)}
        assert set(whole.values()) <= {"北湖区支持软件产业发展若干措施"}
        clear_unfinished(home)
        assert {path.name for path in home.iterdir()} == set(whole)


def keep_adding(home, told):
    received = receive("北湖.txt", TEXT.encode())
    stated = propose(received.reading.text)
    home.mkdir(parents=True)
    told.send(True)
    for number in range(1000):
        save_document(received, stated, f"beihu-{number}", home, ())


def test_a_text_changed_by_one_byte_is_left_out_and_named_without_its_place(
    received, stated, package, tmp_path
):
    save(received, stated, tmp_path)
    text = tmp_path / "beihu-software" / "text.md"
    text.write_bytes(text.read_bytes().replace("80万元".encode(), "90万元".encode()))
    corpus = with_added(package, tmp_path)
    assert corpus.broken == ("beihu-software",)
    (told,) = corpus.left_out
    assert told.startswith("beihu-software：")
    assert str(tmp_path) not in told


def test_a_disk_that_refuses_is_told_without_its_place(received, stated, tmp_path, caplog):
    (tmp_path / "documents").write_text("no folder")
    with pytest.raises(AddingError) as caught:
        save(received, stated, tmp_path / "documents")
    assert "没能存入数据目录" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert str(tmp_path) in caplog.text


def test_words_are_found_where_they_stand_though_the_text_was_split_otherwise_before(
    received, stated, tmp_path
):
    save(received, stated, tmp_path)
    policy = tmp_path / "beihu-software" / "policy.yaml"
    policy.write_text(policy.read_text("utf-8").replace("clause: '3'", "clause: p1"), "utf-8")
    assert "clause: p1" in policy.read_text("utf-8")
    spans = dict(load_added(tmp_path / "beihu-software").evidence)
    assert spans["effective_on"].clause_id == "beihu-software/3"
