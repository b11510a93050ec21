"""Rows as scrapers write them: which column is the text, what a page is made of, and what one bad row costs."""

import csv
import gzip
import io
import json
from itertools import islice

import pytest

from scorer.parse import parse
from scorer.read import Unreadable, read, read_bytes
from scorer.read import source as bounds
from scorer.types import Page

BODY = "The council voted on Tuesday to close the pool.\n\nIt said the roof was unsafe."
ROW = {"title": "Pool to close", "author": "Jane Doe", "date": "2024-01-02", "url": "https://a.example/1", "text": BODY}
PAGE = f"Pool to close\n\nBy Jane Doe\n2024-01-02\n\n{BODY}"


def jsonl(*rows):
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def as_csv(rows, delimiter=",", encoding="utf-8"):
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def as_parquet(rows, **options):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows), file, **options)
    return file.getvalue()


def found(data, name="", **columns):
    results = list(read_bytes(data, name, columns))
    return [r for r in results if isinstance(r, Page)], [r for r in results if isinstance(r, Unreadable)]


FORMATS = {
    "jsonl": lambda rows: jsonl(*rows),
    "array": lambda rows: json.dumps(rows).encode(),
    "array, a line each": lambda rows: b"[\n" + b",\n".join(json.dumps(row).encode() for row in rows) + b"\n]\n",
    "array, indented": lambda rows: json.dumps(rows, indent=2).encode(),
    "objects, indented": lambda rows: b"\n".join(json.dumps(row, indent=2).encode() for row in rows),
    "array in UTF-16": lambda rows: json.dumps(rows).encode("utf-16"),
    "csv": as_csv,
    "csv with a mark": lambda rows: as_csv(rows, encoding="utf-8-sig"),
    "csv in UTF-16": lambda rows: as_csv(rows, encoding="utf-16"),
    "csv, semicolons": lambda rows: as_csv(rows, delimiter=";"),
    "tsv": lambda rows: as_csv(rows, delimiter="\t"),
    "parquet": as_parquet,
    "jsonl.gz": lambda rows: gzip.compress(jsonl(*rows)),
}


@pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_pages_without_a_name(make):
    pages, problems = found(make([ROW, ROW | {"title": "Two", "url": ""}]))
    assert not problems
    assert [page.id for page in pages] == ["-#1", "-#2"]
    assert pages[0].content == PAGE
    assert pages[0].url == ROW["url"]
    assert {page.media for page in pages} == {"text"}


def test_the_parser_sees_title_author_and_date():
    (page,), _ = found(jsonl(ROW))
    article = parse(page)
    said = {zone.label: article.text[zone.start : zone.end] for zone in article.zones}
    assert (said["headline"], said["byline"], said["dateline"]) == ("Pool to close", "By Jane Doe", "2024-01-02")


SCRAPERS = {
    "trafilatura": (
        {
            "title": "T",
            "author": "Jane Doe; John Roe",
            "hostname": "a.example",
            "date": "2024-01-02",
            "fingerprint": "9",
            "raw_text": None,
            "source": "https://a.example/1",
            "excerpt": "…",
            "text": "Body",
            "comments": "",
        },
        "T\n\nBy Jane Doe, John Roe\n2024-01-02\n\nBody",
        "https://a.example/1",
    ),
    "news-please": (
        {
            "authors": ["Jane Doe", "John Roe"],
            "date_download": "2024-02-02 10:00:00",
            "date_modify": None,
            "date_publish": "2024-01-02 08:00:00",
            "description": "…",
            "filename": "x.json",
            "source_domain": "a.example",
            "maintext": "Body",
            "text": None,
            "title": "T",
            "title_page": None,
            "url": "https://a.example/1",
        },
        "T\n\nBy Jane Doe and John Roe\n2024-01-02 08:00\n\nBody",
        "https://a.example/1",
    ),
    "newspaper4k": (
        {
            "url": "https://a.example/1",
            "read_more_link": "",
            "title": "T",
            "authors": ["Jane Doe"],
            "movies": [],
            "publish_date": "2024-01-02T08:00:00+00:00",
            "summary": "",
            "canonical_link": "",
            "text": "Body",
        },
        "T\n\nBy Jane Doe\n2024-01-02 08:00\n\nBody",
        "https://a.example/1",
    ),
    "Scrapy": ({"link": "https://a.example/1", "Title": "T", "content": "Body", "tags": []}, "T\n\nBody", "https://a.example/1"),
    "Media Cloud": (
        {
            "id": 1,
            "media_name": "A",
            "media_url": "a.example",
            "indexed_date": "2024-02-02",
            "title": "T",
            "publish_date": "2024-01-02",
            "url": "https://a.example/1",
            "language": "en",
            "text": "Body",
        },
        "T\n\n2024-01-02\n\nBody",
        "https://a.example/1",
    ),
    "schema.org": (
        {
            "headline": "T",
            "articleBody": "Body",
            "author": [{"@type": "Person", "name": "Jane Doe"}],
            "datePublished": 1704182400,
        },
        "T\n\nBy Jane Doe\n2024-01-02 08:00\n\nBody",
        "",
    ),
}


@pytest.mark.parametrize(("row", "content", "url"), SCRAPERS.values(), ids=SCRAPERS)
def test_the_columns_of_each_scraper_are_found(row, content, url):
    (page,), problems = found(jsonl(row))
    assert (page.content, page.url, problems) == (content, url, [])


def test_the_table_of_trafilatura_without_a_header():
    row = [
        "https://a.example/1",
        "null",
        "9f",
        "a.example",
        "T",
        "null",
        "2024-01-02",
        "Body\nof two lines",
        "null",
        "null",
        "null",
    ]
    file = io.StringIO()
    csv.writer(file, delimiter="\t").writerow(row)
    (page,), _ = found(file.getvalue().encode(), "a.csv")
    assert (page.content, page.url) == ("T\n\n2024-01-02\n\nBody\nof two lines", "https://a.example/1")


def test_a_row_of_html_is_a_page_of_html():
    whole = "<!doctype html><html><head><title>T</title></head><body><p>Body</p></body></html>"
    (fragment, page, text), _ = found(
        jsonl({"title": "A & B", "body": "<p>Body</p>", "author": "Jane"}, {"html": whole}, {"text": "a < b and b > c"})
    )
    assert (fragment.media, page.media, text.media) == ("html", "html", "text")
    assert page.content == whole
    assert fragment.content.splitlines()[0] == "<title>A &amp; B</title>"
    assert "<h1>A &amp; B</h1>" in fragment.content


def test_the_first_filled_column_is_taken_and_an_empty_row_stays_a_page():
    (first, second), problems = found(jsonl({"text": None, "content": "Body"}, {"text": "", "content": "null", "title": "T"}))
    assert (first.content, second.content, problems) == ("Body", "T", [])


@pytest.mark.parametrize("text", ["T\n\nBody", " T \r\nBody", "# T\nBody", "\ufeffT\rBody", "T\u200b\nBody", "T"])
def test_a_title_that_is_the_first_line_of_the_text_stands_there_once(text):
    (page,), _ = found(jsonl({"title": "T", "text": text}))
    assert page.content.count("T") == 1


@pytest.mark.parametrize("text", ["T closes on Monday.\nBody", "T Body", "Tea", "t\n\nBody"])
def test_a_title_that_is_no_line_of_its_own_in_the_text_is_kept(text):
    (page,), _ = found(jsonl({"title": "T", "text": text}))
    assert page.content == f"T\n\n{text}"


def test_a_title_that_the_text_repeats_is_not_said_twice():
    (page,), _ = found(jsonl({"title": "T", "text": "T\n\nBody"}))
    assert page.content == "T\n\nBody"


def test_halves_of_surrogate_pairs_are_mended():
    (page,), _ = found(b'{"text": "\\ud83d\\ude00 and \\ud83d alone"}\n')
    assert page.content == "\U0001f600 and \ufffd alone"
    assert page.notes


@pytest.mark.parametrize("make", [FORMATS["jsonl"], FORMATS["csv"], FORMATS["parquet"]], ids=["jsonl", "csv", "parquet"])
def test_a_column_that_is_not_known_is_asked_for_and_can_be_named(make):
    data = make([{"heading_1": "T", "words": "Body"}])
    pages, (problem,) = found(data, "t.csv" if make is as_csv else "")
    assert not pages
    assert "heading_1, words" in problem.reason
    assert "--column text=NAME" in problem.reason
    (page,), problems = found(data, "t.csv" if make is as_csv else "", text="words", title="heading_1")
    assert (page.content, problems) == ("T\n\nBody", [])
    pages, (problem,) = found(data, "t.csv" if make is as_csv else "", text="wrods")
    assert "wrods" in problem.reason
    assert not pages


def test_an_unknown_part_of_a_page_is_refused():
    with pytest.raises(ValueError, match="tekst"):
        list(read([], {"tekst": "body"}))


@pytest.mark.parametrize(
    ("data", "pages", "problems"),
    [
        (b'{"text":"a"}\n{"text": oops}\n\n{"text":"d"}\n', [1, 4], {2: "line 2"}),
        (b'{"text":"a"}\n{"text":"b\n{"text":"c"}\n', [1, 3], {2: "line 2"}),
        (b'{"text":"a"}\n[1]\n"x"\n{"text":"d"}\n', [1, 4], {2: "an array", 3: "a string"}),
        (b'[\n{"text":"5" tall"},\n{"text":"b"},\n{"text":undefined},\n{"text":"d"}\n]', [2, 4], {1: "line 2", 3: "line 4"}),
        (b'[{"text":"a"},{"text":"b"},{"te', [1, 2], {3: "not JSON"}),
        (b"[" + b"[" * 100_000 + b"]" * 100_000 + b',{"text":"b"}]', [2], {1: "nesting"}),
        (b'[{"text":"a"},{"n":' + b"9" * 10_000 + b',"text":"x"},{"text":"c"}]', [1, 3], {2: "numbers"}),
        (b'title,text\nA,"a\nB,b\nC,"c c"\nD,d\n', [2, 3, 4], {1: "line 2"}),
        (b'title,text\nA,a\nB,b, and more\n"C,c\nD,d\n', [1, 4], {2: "3 fields", 3: "line 4"}),
        (b'title,text\nA,"said ""no"""\nB,"two\nlines, one field"\n\n,\nC,c,,\n', [1, 2, 3], {}),
        (b"title\ttext\rA\ta\rB\tb\r", [1, 2], {}),
        (b"title,text\nA,caf\xe9\nB,caf\xc3\xa9\n", [1, 2], {}),
    ],
)
def test_one_bad_row_is_told_of_and_the_rest_go_on(data, pages, problems):
    good, bad = found(data, "t.csv" if data.startswith(b"title") else "t.json" * data.startswith(b"[["))
    assert [int(page.id.rpartition("#")[2]) for page in good] == pages
    assert {int(p.path.rpartition("#")[2]): True for p in bad} == dict.fromkeys(problems, True)
    for problem in bad:
        assert problems[int(problem.path.rpartition("#")[2])] in problem.reason
        assert "\n" not in problem.reason


def test_the_lines_of_a_broken_table_stay_in_bounds(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_COMPLAINTS", 3)
    good, bad = found(b"{oops\n" * 10 + b'{"text":"a"}\n', "t.jsonl")
    assert len(good) == 1
    assert [problem.path for problem in bad] == ["t.jsonl#1", "t.jsonl#2", "t.jsonl#3", "t.jsonl"]
    assert "7 more" in bad[-1].reason


@pytest.mark.parametrize("name", ["t.jsonl", "t.json", "t.csv"])
def test_a_row_over_the_bound_is_passed_over(monkeypatch, name):
    monkeypatch.setattr(bounds, "LARGEST_FILE", 1000)
    rows = [{"title": "A", "text": "a"}, {"title": "B", "text": "b" * 200_000}, {"title": "C", "text": "c"}]
    data = {"t.jsonl": jsonl(*rows), "t.json": json.dumps(rows).encode(), "t.csv": as_csv(rows)}[name]
    good, bad = found(data, name)
    assert [page.content for page in good] == ["A\n\na", "C\n\nc"]
    assert [problem.path for problem in bad] == [f"{name}#2"]


def test_a_large_array_is_streamed(tmp_path):
    path = tmp_path / "many.json"
    row = json.dumps({"title": "T", "text": 'A "quoted" body. \\ '})
    path.write_text("[" + ",".join([row] * 100_000) + "]")
    pages = read([path])
    assert [page.id for page in islice(pages, 2)] == [f"{path}#1", f"{path}#2"]
    assert sum(1 for _ in pages) == 99_998


def test_parquet_row_groups_types_and_dictionaries():
    from datetime import date

    rows = [{"title": f"T{i}", "text": BODY * 100, "date": date(2024, 1, 2), "authors": ["A", "B"], "n": i} for i in range(500)]
    pages, problems = found(as_parquet(rows, row_group_size=90))
    assert not problems
    assert [page.id for page in pages] == [f"-#{i}" for i in range(1, 501)]
    assert pages[-1].content.startswith("T499\n\nBy A and B\n2024-01-02\n\n")


def test_parquet_that_is_damaged_says_so_in_one_line():
    data = as_parquet([ROW] * 100)
    for broken in (data[: len(data) // 2], b"PAR1" + b"x" * 100, b"PAR1", data[:40] + b"\xff" * 200 + data[240:]):
        good, (problem,) = found(broken, "t.parquet")
        assert not good
        assert "write the file again" in problem.reason
        assert "\n" not in problem.reason


def test_sentences_are_not_taken_for_tables():
    for text in ("Text, title and date are columns.\nMore.", "{curly} start", "[Photo: PA] The council", "1, 2, 3"):
        (page,), _ = found(text.encode())
        assert (page.content, page.media) == (text, "text")
