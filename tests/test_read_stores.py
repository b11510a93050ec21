"""Files by their addresses, as those of an object store: Arrow's file systems know `file://`, too."""

import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scorer.read import Unreadable, find_inputs, read, read_stream
from scorer.read.stores import AddressError, find_stored, is_address, read_stored


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "a+b %41 #c"
    for name in (
        "b.txt",
        "a/z.txt",
        "a.txt",
        "page.html",
        "page_files/frame.html",
        ".hidden",
        ".git/a.txt",
        "_SUCCESS",
        "c/d/e.jsonl",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text('{"text": "Plan"}\n')
    (made / "story.php@id=3").write_text("<!doctype html><p>Plan</p>")
    (made / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    (made / "packed.txt.gz").write_bytes(gzip.compress(b"Plan"))
    pq.write_table(pa.table({"text": ["Plan", "Plan"]}), made / "rows.parquet")
    (made / "broken.parquet").write_bytes(b"PAR1 and no more")
    return made


def pages(results):
    return [(one.path, one.reason) if isinstance(one, Unreadable) else (one.id, one.content, one.media) for one in results]


def test_they_are_found_and_read_as_those_of_a_folder(folder):
    address = f"file://{folder}"
    found = list(find_stored(address))
    assert [one.removeprefix("file://") for one, _, _ in found] == [one.path for one in find_inputs([folder])]
    assert {(size, named) for one, size, named in found if one.endswith("a.txt")} == {(17, False)}
    stored = [one for path, _, named in found for one in read_stored(path, {}, named=named)]
    expected = [(f"file://{name}", *rest) for name, *rest in pages(read([folder]))]
    assert pages(stored) == expected
    assert len(expected) == 10 and f"{address}/rows.parquet#2" in {name for name, *_ in expected}


def test_one_file_is_named_and_read_whatever_it_is_called(folder):
    ((path, size, named),) = find_stored(f"file://{folder}/picture.jpg")
    assert named and size == (folder / "picture.jpg").stat().st_size
    assert [one.path for one in read_stored(path, {}, named=named)] == [path]


def test_what_cannot_be_read_is_a_line(folder):
    address = f"file://{folder}/nowhere.txt"
    (problem,) = read_stored(address, {}, named=True)
    assert problem.path == address and problem.reason.startswith("cannot be read") and "\n" not in problem.reason


@pytest.mark.parametrize("address", ["s4://bucket/crawl", "file:///nowhere/at/all", "s3://"])
def test_an_address_that_leads_nowhere(address):
    with pytest.raises(AddressError) as raised:
        list(find_stored(address))
    assert str(raised.value).startswith(address[:4]) and "\n" not in str(raised.value)


def test_what_is_an_address():
    assert all(map(is_address, ("s3a://bucket/a", "hdfs:///a", "hdfs://host:9000", "file:///a", "abfss://a@b.example/c")))
    assert not any(map(is_address, ("a", "/a/b", "C:\\a", "C:/a", "a://b/c".upper(), "-", "file:/a")))


def test_an_open_file_is_read_forwards(folder):
    with (folder / "rows.parquet").open("rb") as file:
        assert [page.id for page in read_stream(file, "x.parquet")] == ["x.parquet#1", "x.parquet#2"]
    with (folder / "picture.jpg").open("rb") as file:
        assert not list(read_stream(file, "picture.jpg", named=False))
