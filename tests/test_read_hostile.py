"""Any input at all: never an exception, never more than a multiple of its size in time or memory, always one line."""

import io
import json
import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scorer.read import Unreadable, decode, decode_html, read, read_bytes, read_file
from scorer.read import source as bounds
from scorer.types import Page
from tests.fuzz.targets import SEEDS, TARGETS, check_pages

MILLION = 1_000_000


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_the_seeds_of_the_fuzzer_pass(target):
    for seed in SEEDS.values():
        target(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_has_kept_passes(name):
    for path in sorted((Path(__file__).parent / "fuzz" / "corpus" / name).glob("*")):
        TARGETS[name](path.read_bytes())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [1, 7])
def test_how_the_bytes_arrive_does_not_matter(seed, size):
    from scorer.read import _read_source
    from scorer.read.source import Budget, Source, Stream

    data = SEEDS[seed]
    for name in ("", "a.jsonl", "a.json", "a.csv"):
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        source = Source(name or "-", name, name, Stream(pieces), Budget(n_read=len(data)))
        assert list(_read_source(source)) == list(read_bytes(data, name))


mutations = st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8), st.integers(0, 40)), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.sampled_from(sorted(SEEDS)),
    edits=mutations,
    name=st.sampled_from(["", "a.jsonl", "a.csv", "a.html", "a.warc", "a.zip"]),
)
def test_a_damaged_input_never_raises(seed, edits, name):
    data = SEEDS[seed]
    for place, new, n_removed in edits:
        at = int(place * len(data))
        data = data[:at] + new + data[at + n_removed :]
    check_pages(data, name)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | st.sampled_from(["text", "title", "date", "authors", "url"]), inner, max_size=5)
    ),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(json_values.filter(lambda value: not isinstance(value, list)), max_size=6),
    indent=st.sampled_from([None, 1]),
    lines=st.booleans(),
)
def test_any_json_gives_a_result_for_every_object(rows, indent, lines):
    data = "\n".join(map(json.dumps, rows)) if lines else json.dumps(rows, indent=indent)
    results = check_pages(data.encode(), "a.jsonl" if lines else "a.json")
    assert len(results) == max(1, len(rows))


@pytest.mark.parametrize("depth", [10, 300, 480, 900, 990, 5000, 200_000])
@pytest.mark.parametrize("part", ["text", "author", "other"])
def test_nesting_of_any_depth(part, depth):
    for opening, closing in ((b"[", b"]"), (b'{"name":', b"}")):
        nested = b'{"text":"a","%s":' % part.encode() + opening * depth + b"1" + closing * depth + b"}\n"
        assert len(check_pages(nested + b'{"text":"b"}\n', "a.jsonl")) == 2


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=200), encoding=st.sampled_from(["utf-8", "utf-16", "utf-8-sig", "utf-32"]))
def test_any_text_comes_back(text, encoding):
    assume(encoding != "utf-16" or not text.startswith("\x00"))  # its mark and a NUL are the mark of UTF-32
    got, _ = decode(text.encode(encoding))
    clean = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    assert got is None or got == clean


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=300),
    charset=st.sampled_from(["utf-8", "latin1", "hex", "punycode", "utf-7", "x", "utf-16", "idna", "shift_jis", "undefined"]),
)
def test_any_bytes_of_html_are_decoded(data, charset):
    for content, header in ((data, f"text/html; charset={charset}"), (b"<meta charset=%s>" % charset.encode() + data, "")):
        text, notes = decode_html(content, header)
        assert text is not None or notes
        if text:
            text.encode()


@pytest.mark.parametrize(
    ("data", "header", "text"),
    [
        ("é".encode("latin-1"), "text/html; charset=iso-8859-1", "é"),
        ("<meta charset=iso-8859-1>é".encode("latin-1"), "", "<meta charset=iso-8859-1>é"),
        ("<meta charset=iso-8859-1>é".encode(), "", "<meta charset=iso-8859-1>é"),
        ('<meta http-equiv="content-type" content="text/html; charset=shift_jis">日本'.encode("cp932"), "", None),
        ("<meta charset=latin1>“é”".encode("cp1252"), "", "<meta charset=latin1>“é”"),
        ("\ufeff<meta charset=latin1>é".encode(), "text/html; charset=latin1", "<meta charset=latin1>é"),
        ("<p>é".encode("utf-16"), "text/html; charset=latin1", "<p>é"),
        (b"caf\xe9 au lait", "", "café au lait"),
        ("é".encode("cp1251", "ignore") + "Привет".encode("cp1251"), "text/html; charset=windows-1251", "Привет"),
        ("日本".encode("iso2022_jp"), "text/html; charset=iso-2022-jp", "日本"),
    ],
)
def test_encodings_of_html(data, header, text):
    got, _ = decode_html(data, header)
    assert got == text or (text is None and got.endswith("日本"))


LONG_LINES = {
    "text": lambda n: b"word " * (2 * n),
    "html": lambda n: b"<p>" + b"word " * (2 * n),
    "tags": lambda n: b"<p>" * (3 * n),
    "comment": lambda n: b"<!--" + b"-" * (10 * n),
    "comments": lambda n: b"<!--" * (2 * n),
    "json": lambda n: b'{"text":"' + b"word " * (2 * n) + b'"}',
    "json without an end": lambda n: b'{"text":"' + b"word " * (2 * n),
    "json escapes": lambda n: b'[{"text":"' + b'\\"' * (3 * n) + b'"}]',
    "json brackets": lambda n: b"[{" * (2 * n),
    "json commas": lambda n: b'[{"a":[' + b"," * (2 * n),
    "csv": lambda n: b"title,text\nA," + b"word " * (2 * n),
    "csv quotes": lambda n: b"title,text\n" + b'A,"a\n' * n,
    "csv one quote": lambda n: b'title,text\nA,"a\n' + b"b\n" * (2 * n),
    "csv commas": lambda n: b"title,text\n" + b"," * (3 * n),
    "warc": lambda n: b"WARC/1.0\r\n" * n,
    "warc lengths": lambda n: (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 500000\r\n\r\n") * (n // 100),
    "gzip magic": lambda n: b"\x1f\x8b\x08\x00" * (2 * n),
    "zip": lambda n: b"PK\x03\x04" * (2 * n),
    "white space": lambda n: b" \n" * (4 * n),
    "nul": lambda n: b"\x00" * (8 * n),
}
# A second is ordinary here; a quadratic reader would need hours.
_SECONDS = 30
# Bytes of memory for each byte of input. A row is held as bytes, as text and parsed; a text of one accent more takes two
# bytes a character, one emoji more four. The worst are tables of nothing but delimiters: an empty cell is a pointer.
_MULTIPLE = 40


def results_of(name, size):
    data = LONG_LINES[name](size)
    return len(data), read_bytes(data, {"csv": "a.csv", "warc": "a.warc"}.get(name.split()[0], ""))


@pytest.mark.parametrize("name", LONG_LINES)
def test_long_lines_take_linear_time(name):
    _, results = results_of(name, MILLION // 4)
    began = time.process_time()
    assert sum(1 for _ in results) >= 1
    assert time.process_time() - began < _SECONDS


@pytest.mark.parametrize("name", LONG_LINES)
def test_long_lines_take_bounded_memory(name):
    n_bytes, results = results_of(name, MILLION // 40)
    assert peak_of(results) < _MULTIPLE * n_bytes + MILLION


def peak_of(results):
    """Bytes of memory at the most, from before the first result to after the last."""
    tracemalloc.start()
    try:
        assert sum(1 for _ in results) >= 1
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_many_small_rows_take_flat_memory(tmp_path):
    for name, row in {"a.jsonl": b'{"text":"a body"}\n', "a.csv": b"text,title\n" + b"a,b\n"}.items():
        path = tmp_path / name
        path.write_bytes(row * 30_000)
        assert peak_of(read([path])) < 2 * MILLION


def test_links_devices_pipes_and_odd_names(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("text")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "circle.json").symlink_to(tmp_path / "circle.json")
    (tmp_path / "null.csv").symlink_to("/dev/null")
    (tmp_path / "zero.warc").symlink_to("/dev/zero")
    (tmp_path / "folder.zip").mkdir()
    with open(os.fsencode(tmp_path) + b"/\xff\xfe\n.jsonl", "wb") as file:  # noqa: PTH123 - a name that is not UTF-8
        file.write(b'{"text":"x"}\n')
    results = list(read([tmp_path, tmp_path / "good.txt\x00", "/dev/zero", "/dev/null"]))
    pages = [page for page in results if isinstance(page, Page)]
    assert [page.content for page in pages] == ["text", "x"]
    problems = [problem for problem in results if isinstance(problem, Unreadable)]
    assert len(problems) == 7
    assert all(problem.reason and "\n" not in problem.reason for problem in problems)


def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "secret.html"
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    (problem,) = read([path])
    assert "Permission denied" in problem.reason


def test_a_disk_that_fails_in_the_middle():
    class Failing(io.BytesIO):
        def read1(self, size=-1):  # noqa: ARG002
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read1(20)

    from scorer.read import _read_source
    from scorer.read.source import Budget, Source, Stream, file_chunks

    for name in ("a.txt", "a.jsonl", "a.csv", "a.warc", "a.json"):
        budget = Budget()
        stream = Stream(file_chunks(Failing(b'{"text":"x"}\n{"text":"y"}\n'), budget))
        results = list(_read_source(Source(name, name, name, stream, budget)))
        assert any("Input/output error" in result.reason for result in results if isinstance(result, Unreadable))


@pytest.mark.parametrize("name", ["page", "page.jsonl", "page.csv", "page.warc", "page.html", "page.txt.gz"])
def test_standard_input_is_recognised_by_its_content(monkeypatch, name):
    from tests.fuzz.targets import SEEDS

    kind = {"page": "text", "page.txt.gz": "gzip"}.get(name, name.rpartition(".")[2])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SEEDS[kind])))
    results = list(read(["-"]))
    assert results
    assert all(isinstance(page, Page) and page.id.startswith("-") for page in results)


def test_a_file_of_many_pages_is_not_a_page(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text":"x"}\n' * 3)
    assert "more than one page" in read_file(path).reason
    path.write_text('{"text":"x"}\n')
    assert read_file(path).content == "x"


def test_nothing_heavy_is_imported_for_a_page_of_text(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("text")
    code = (
        "import sys; from scorer.read import read; list(read(sys.argv[1:]));"
        "print(*sorted({'pyarrow', 'warcio', 'w3lib', 'backports', 'pandas', 'json', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout.strip() == ""


def test_the_bounds_are_the_documented_ones():
    said = (Path(__file__).parents[1] / "docs" / "inputs.md").read_text()
    for number in (bounds.LARGEST_FILE >> 20, bounds.FREE_OUTPUT >> 20):
        assert f"{number} MiB" in said
    assert f"{bounds.MOST_EXPANSION} times" in said
    assert f"{bounds.MOST_LAYERS} layers" in said
    assert f"{_MULTIPLE} times" in said
