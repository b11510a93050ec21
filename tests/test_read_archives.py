"""Web archives, compressed files and archives: their pages one by one, and what a damaged one costs."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
import zlib

import pytest

from scorer.read import Unreadable, read, read_bytes
from scorer.read import source as bounds
from scorer.types import Page

HTML = b"<!doctype html><html><body><p>Caf\xe9 closed</p></body></html>"
HEADER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"


def record(number, body=HTML, http=HEADER, kind="response", digest=None, length=None, version="WARC/1.0"):
    block = http + body
    if digest is None:
        digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
    lines = [
        version,
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: https://a.example/{number}",
        f"WARC-Record-ID: <urn:uuid:{number}>",
        *([f"WARC-Payload-Digest: {digest}"] if digest else []),
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http(*fields, status="200 OK", kind="text/html"):
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields]).encode() + b"\r\n\r\n"


def found(data, name="", **columns):
    results = list(read_bytes(data, name, columns))
    return [r for r in results if isinstance(r, Page)], [r for r in results if isinstance(r, Unreadable)]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def zstd(data):
    return pytest.importorskip("backports.zstd").compress(data)


# Web archives -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pack",
    [
        lambda records: b"".join(records),
        lambda records: b"".join(map(gzip.compress, records)),
        lambda records: gzip.compress(b"".join(records)),
        lambda records: b"".join(map(zstd, records)),
    ],
    ids=["plain", "gzip, a member a record", "gzip, one member", "zstd"],
)
def test_the_pages_of_a_crawl(pack):
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nsoft\r\n\r\n"
    others = [
        record(2, kind="request", http=b"GET / HTTP/1.1\r\n\r\n", body=b""),
        record(3, http=http(kind="image/png"), body=b"\x89PNG"),
        record(4, http=http(status="404 Not Found")),
        record(5, kind="revisit", body=b""),
    ]
    pages, problems = found(pack([info, *others, record(6), record(7, http=http(kind="application/xhtml+xml; charset=cp1252"))]))
    assert not problems
    assert [(page.id, page.url) for page in pages] == [("-#6", "https://a.example/6"), ("-#7", "https://a.example/7")]
    assert all(page.media == "html" and "Café closed" in page.content for page in pages)


@pytest.mark.parametrize("name", ["sha1", "sha256", "md5"])
def test_payload_digests_are_checked(name):
    digest = hashlib.new(name, HTML)
    right = [f"{name}:{digest.hexdigest()}", f"{name.upper()}:{base64.b32encode(digest.digest()).decode()}", "", "crc32:00"]
    pages, problems = found(b"".join(record(i, digest=said) for i, said in enumerate(right)))
    assert (len(pages), problems) == (4, [])
    pages, (problem,) = found(record(1, digest=f"{name}:{'A' * 32}") + record(2))
    assert [page.id for page in pages] == ["-#2"]
    assert problem.path == "-#1"
    assert "digest" in problem.reason


def brotli(data):
    return pytest.importorskip("brotli").compress(data)


CHUNKED = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (HTML[:20], HTML[20:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("Transfer-Encoding: chunked", lambda: CHUNKED),
        ("Transfer-Encoding: chunked", lambda: HTML),
        ("Content-Encoding: gzip", lambda: gzip.compress(HTML)),
        ("Content-Encoding: gzip", lambda: HTML),
        ("Content-Encoding: deflate", lambda: zlib.compress(HTML)),
        ("Content-Encoding: deflate", lambda: zlib.compress(HTML)[2:-4]),
        ("Content-Encoding: br", lambda: brotli(HTML)),
        ("Content-Encoding: zstd", lambda: zstd(HTML)),
        ("Content-Encoding: gzip, br", lambda: brotli(gzip.compress(HTML))),
    ],
)
def test_what_the_server_packed_is_unpacked(field, body):
    (page,), problems = found(record(1, http=http(field), body=body()))
    assert not problems
    assert "Café closed" in page.content


def test_a_digest_over_the_chunks_or_over_what_they_join_to():
    joined = "sha1:" + base64.b32encode(hashlib.sha1(HTML).digest()).decode()
    for digest in (None, joined):
        pages, problems = found(record(1, http=http("Transfer-Encoding: chunked"), body=CHUNKED, digest=digest))
        assert (len(pages), problems) == (1, [])


def test_a_packed_body_that_is_damaged_is_one_record():
    broken = gzip.compress(HTML)[:10] + b"\xff" * 20
    pages, (problem,) = found(record(1, http=http("Content-Encoding: gzip"), body=broken) + record(2))
    assert [page.id for page in pages] == ["-#2"]
    assert "gzip" in problem.reason


@pytest.mark.parametrize("digest", [None, ""], ids=["digest", "no digest"])
@pytest.mark.parametrize("length", [70, 400, 900, 10**6, 10**12, -1, "x", ""])
def test_a_wrong_length_costs_one_record(length, digest):
    pages, problems = found(record(1) + record(2, digest=digest, length=length) + record(3) + record(4))
    assert [page.url[-1] for page in pages] == ["1", "3", "4"]
    assert [problem.path for problem in problems] == ["-#2"]


def test_a_damaged_member_costs_its_record():
    bad = bytearray(gzip.compress(record(2)))
    bad[60:90] = b"\xff" * 30
    pages, (problem,) = found(gzip.compress(record(1)) + bytes(bad) + gzip.compress(record(3)), "a.warc.gz")
    assert [page.url[-1] for page in pages] == ["1", "3"]
    assert "damaged" in problem.reason
    assert problem.path.startswith("a.warc.gz")


def test_an_archive_that_is_cut_short():
    whole = record(1) + record(2)
    for cut in (len(whole) - 40, len(record(1)) + 100, len(record(1)) + 3):
        pages, problems = found(whole[:cut], "a.warc")
        assert [page.url[-1] for page in pages] == ["1"]
        assert len(problems) == 1
    pages, (problem,) = found((gzip.compress(record(1)) + gzip.compress(record(2)))[:-60], "a.warc.gz")
    assert [page.url[-1] for page in pages] == ["1"]
    assert "cut short" in problem.reason


@pytest.mark.parametrize(
    "bad",
    [
        b"WARC/1.0\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: a\r\n" * 200_000 + b"\r\n",
        b"WARC/9.9\r\n\r\n",
        b"WARC/1.0\r\n\r\n",
        record(9, http=b"no header of http"),
        record(9, http=b"HTTP/1.1 200 OK\r\nX: " + b"a" * 500_000 + b"\r\n\r\n"),
    ],
    ids=["long line", "many lines", "version", "empty", "no http", "long http"],
)
def test_a_header_that_is_no_header_costs_its_record(bad):
    pages, problems = found(record(1) + bad + record(2))
    assert [page.url[-1] for page in pages] == ["1", "2"]
    assert [problem.path for problem in problems] == ["-#2"]


def test_an_archive_without_pages_says_so():
    pages, (problem,) = found(record(1, http=http(kind="image/png")), "a.warc")
    assert not pages
    assert "no page" in problem.reason


def test_a_large_archive_is_streamed():
    class Endless(io.RawIOBase):
        n_read = 0

        def readinto(self, buffer):
            n = len(buffer)
            buffer[:] = (one * (n // len(one) + 2))[self.n_read % len(one) :][:n]
            self.n_read += n
            return n

        def readable(self):
            return True

    from scorer.read.kinds import recognise
    from scorer.read.source import Budget, Source, Stream, file_chunks
    from scorer.read.warc import pages

    one = record(1)
    assert recognise(one[:100], "") == "warc"
    file, budget = Endless(), Budget()
    results = pages(Source("a", "a", "a", Stream(file_chunks(file, budget)), budget), "warc")
    for _ in range(1000):
        assert isinstance(next(results), Page)
    assert file.n_read < 1000 * len(one) + 3 * bounds.CHUNK


# Compressed files and archives -----------------------------------------------------------------------------------------


def test_members_of_a_zip_are_read_by_what_they_are():
    members = {
        "a/page.html": b"<p>one</p>",
        "rows.jsonl": b'{"text":"two"}\n',
        "crawl.warc.gz": gzip.compress(record(1)),
        "inner.zip": zipped({"x.txt": "four"}),
        "picture.png": b"x",
        "__MACOSX/._page.html": b"x",
        ".hidden.txt": b"x",
        "notes.txt.zst": zstd(b"five"),
    }
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        pages, problems = found(zipped(members, method), "pages.zip")
        assert not problems
        assert [page.id for page in pages] == [
            "pages.zip!a/page.html",
            "pages.zip!rows.jsonl#1",
            "pages.zip!crawl.warc.gz#1",
            "pages.zip!inner.zip!x.txt",
            "pages.zip!notes.txt.zst",
        ]


def test_mixed_folder(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    files = {
        "a.txt": b"text",
        "b.html.gz": gzip.compress(HTML),
        "c.warc": record(1),
        "d.json": json.dumps([{"text": "x"}]).encode(),
        "e.csv": b"title,text\nA,a\n",
        "f.tsv.zst": zstd(b"title\ttext\nA\ta\n"),
        "h.zip": zipped({"x.md": "# Markdown"}),
        "story.php@id=3": HTML,
        "unknown.suffix": b"plain text of a program",
        "picture.jpg": b"\xff\xd8\xff",
        "saved.htm": HTML,
        "saved_files/frame.html": HTML,
        ".git/x.txt": b"x",
    }
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    parquet.write_table(pa.table({"text": ["x"]}), tmp_path / "g.parquet")
    results = list(read([tmp_path]))
    assert [page.id[len(str(tmp_path)) + 1 :] for page in results if isinstance(page, Page)] == [
        *("a.txt", "b.html.gz", "c.warc#1", "d.json#1", "e.csv#1", "f.tsv.zst#1", "g.parquet#1", "h.zip!x.md"),
        *("saved.htm", "story.php@id=3"),
    ]
    assert len(results) == 10
    assert {page.media for page in results if "htm" in page.id or "php" in page.id} == {"html"}


def test_gzip_with_something_after_it_is_read():
    (page,), problems = found(gzip.compress(b"text") + b"garbage", "a.txt.gz")
    assert (page.content, problems) == ("text", [])
    assert "7 bytes" in page.notes[0]
    (page,), problems = found(gzip.compress(b"te") + gzip.compress(b"xt") + b"\0" * 100_000, "a.txt.gz")
    assert (page.content, page.notes, problems) == ("text", (), [])


def test_a_page_that_is_cut_short_is_no_page():
    for data in (gzip.compress(b"text" * 1000)[:-9], zstd(b"text" * 1000)[:-5]):
        pages, (problem,) = found(data, "a.txt.gz")
        assert not pages
        assert "cut short" in problem.reason


def test_rows_before_the_damage_are_kept():
    rows = b"".join(b'{"text":"row %d"}\n' % i for i in range(5000))
    pages, problems = found(gzip.compress(rows)[:-2000], "a.jsonl.gz")
    assert len(pages) > 1000
    assert any("cut short" in problem.reason for problem in problems)


@pytest.mark.parametrize("name", ["bomb.txt", "bomb.jsonl", "bomb.csv", "bomb.warc"])
@pytest.mark.parametrize("pack", [gzip.compress, zstd, lambda data: zipped({"x.txt": data})], ids=["gzip", "zstd", "zip"])
def test_a_bomb_is_one_line(monkeypatch, name, pack):
    monkeypatch.setattr(bounds, "FREE_OUTPUT", 100_000)
    head = b"WARC/1.0\r\n\r\n" if name.endswith("warc") else b"title,text\n"
    pages, problems = found(pack(head + b"0" * 30_000_000), name + ".gz")
    assert not pages
    assert sum("decompression bomb" in problem.reason for problem in problems) == 1
    assert len(problems) <= 2


def test_a_bomb_in_a_response_is_one_line(monkeypatch):
    monkeypatch.setattr(bounds, "FREE_OUTPUT", 100_000)
    bomb = gzip.compress(b"<html>" + b"0" * 30_000_000)
    _, problems = found(record(1, http=http("Content-Encoding: gzip"), body=bomb) + record(2))
    assert "bomb" in problems[0].reason
    assert problems[0].path == "-#1"


def test_a_bomb_of_parquet_is_one_line(monkeypatch):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    monkeypatch.setattr(bounds, "FREE_OUTPUT", 100_000)
    file = io.BytesIO()
    parquet.write_table(pa.table({"text": pa.array(["x" * 1000] * 100_000).dictionary_encode()}), file)
    pages, (problem,) = found(file.getvalue())
    assert len(pages) < 10_000
    assert "bomb" in problem.reason


def test_archives_in_archives_end():
    data = b"text"
    for layer in range(12):
        data = gzip.compress(data) if layer % 2 else zipped({"x.gz": data})
    pages, (problem,) = found(data)
    assert not pages
    assert "layers" in problem.reason


def test_an_archive_that_holds_itself_ends(monkeypatch):
    # Nobody's quine is needed: sixteen copies of an archive of sixteen copies, as deep as one likes.
    monkeypatch.setattr(bounds, "FREE_OUTPUT", 1_000_000)
    data = zipped({"x.txt": b"0" * 100_000})
    for _ in range(5):
        data = zipped({f"{i}.zip": data for i in range(16)})
    pages, problems = found(data)
    assert len(pages) + len(problems) < 500


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04garbage", b"\x1f\x8b\x08garbage", b"\x28\xb5\x2f\xfdgarbage", b"PAR1garbage", b"PK\x05\x06" + b"\0" * 18],
)
def test_damaged_archives_are_one_line(data):
    pages, (problem,) = found(data)
    assert not pages
    assert "\n" not in problem.reason


def test_a_member_that_is_encrypted_or_packed_in_another_way():
    plain = bytearray(zipped({"a.txt": "one", "b.txt": "two"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        plain[plain.find(signature) + offset] |= 1
    pages, (problem,) = found(bytes(plain))
    assert ([page.content for page in pages], problem.path) == (["two"], "-!a.txt")
    assert "encrypted" in problem.reason
    pages, (problem,) = found(zipped({"a.txt": "one"}, zipfile.ZIP_LZMA))
    assert "unpack" in problem.reason
