"""Outlets from their articles: which outlet a link or folder names, how its articles are pooled, what is printed."""

import csv
import io
import json
import random
import time
import tracemalloc
from math import exp, log

import pytest
from typer.testing import CliRunner

from scorer.cli import ALL_SCORED, SOME_FAILED, USAGE, score_app, verbs_app
from scorer.hosts import NoSource, source_of
from scorer.report import csv as article_csv
from scorer.report import sources as report
from scorer.sources import MARGIN, BadRow, NoTableError, Row, by_source, join, pool, ranked, read_ratings, read_scores

HEADING = "id,path,url,headline,sensationalism,reliability,clickbait_strength,abstained\n"


def of(host, *reliability, sensationalism=0.5, abstained=False):
    return [
        Row(
            f"https://{host}/a", "", {"reliability": one, "sensationalism": sensationalism, "clickbait_strength": None}, abstained
        )
        for one in reliability
    ]


def scores_of(*rows):
    return {score.source or score.no_source: score for score in pool(by_source([row for some in rows for row in some]))}


# ---- which outlet


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.com"),
        ("https://www.bbc.com/news/1", "bbc.com"),
        ("HTTP://NEWS.BBC.CO.UK:80/x", "bbc.com"),
        ("//m.bbc.com/x", "bbc.com"),
        ("bbc.co.uk/news", "bbc.com"),
        ("https://user:pass@bbc.com./x", "bbc.com"),
        ("https://edition.cnn.com/x", "cnn.com"),
        ("https://www.huffingtonpost.com/x", "huffpost.com"),
        ("https://abcnews.go.com/x", "abcnews.com"),
        ("https://nyti.ms/3abc", "nytimes.com"),
        ("https://www.example.co.uk/x", "example.co.uk"),
        ("https://news.example.newtoplevel/x", "example.newtoplevel"),
        ("https://one.blogspot.com/x", "one.blogspot.com"),
        ("https://www.one.substack.com/p/x", "one.substack.com"),
        ("https://substack.com/x", "substack.com"),
        ("https://www.gov.uk/x", "gov.uk"),
        ("https://bücher.de/x", "xn--bcher-kva.de"),
        ("https://notbbc.co.uk/x", "notbbc.co.uk"),
        ("https://bbc.co.uk.example.com/x", "example.com"),
        ("https://www.google.com/foo/bar.html", "google.com"),
        # archives and caches
        ("https://web.archive.org/web/20200102030405/http://www.example.com/x", "example.com"),
        ("https://web.archive.org/web/20200102030405if_/https:/www.example.com/x", "example.com"),
        ("http://web.archive.org/web/2020*/www.example.com/x", "example.com"),
        ("https://web.archive.org/web/2020/https%3A%2F%2Fwww.example.com%2Fx", "example.com"),
        ("https://archive.is/20200102/https://www.example.com/x", "example.com"),
        ("https://archive.ph/newest/https://www.example.com/x", "example.com"),
        ("https://archive.ph/o/aBcDe/https://www.example.com/x", "example.com"),
        ("https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjk:https://www.example.com/x+words", "example.com"),
        ("https://webcache.googleusercontent.com/search?q=cache:www.example.com/x", "example.com"),
        ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/x", "example.com"),
        ("https://www-my--example-co-uk.cdn.ampproject.org/", "my-example.co.uk"),
        ("https://cdn.ampproject.org/v/s/www.example.com/x?amp_js_v=1", "example.com"),
        ("https://www.google.com/amp/s/www.example.com/x/amp", "example.com"),
        ("https://www.google.co.uk/amp/www.example.com/x", "example.com"),
        ("https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.example.com%2Fx&usg=1", "example.com"),
        ("https://www-example-com.translate.goog/x?_x_tr_sl=en", "example.com"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2Fx&h=1", "example.com"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.com%2F&data=1", "example.com"),
        ("https://archive.ph/2020/https://web.archive.org/web/2019/http://www.bbc.co.uk/x", "bbc.com"),
        ("https://archive.org/details/x", "archive.org"),
    ],
)
def test_source_of_a_url(url, source):
    assert source_of(url, "crawl/page.html") == source


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://t.co/abc", "t.co"),
        ("http://www.bit.ly/abc", "bit.ly"),
        ("https://web.archive.org/web/2020/https://t.co/abc", "t.co"),
        ("https://news.google.com/rss/articles/CBMi", "news.google.com"),
        ("https://archive.is/aBcDe", "archive.is"),
        ("https://perma.cc/ABCD-1234", "perma.cc"),
        ("https://abc123.cdn.ampproject.org/x", "ampproject.org"),
        ("https://web.archive.org/web/1/" * 20 + "https://example.com", "wrappers"),
    ],
)
def test_what_only_a_service_could_resolve_has_no_source_and_says_why(url, named):
    source = source_of(url, "example.com/page.html")
    assert isinstance(source, NoSource) and named in source.reason


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("crawl/daily_mail/1.html", "daily_mail"),
        ("crawl/www.bbc.co.uk/news/world/1.html", "bbc.com"),
        ("C:\\pages\\Echo\\1.html", "Echo"),
        ("./v1.2/1.txt", "v1.2"),
        ("in/pages.zip!echo/1.html", "echo"),
        ("in/pages.zip!1.html", "pages.zip"),
        ("a\udcff/1.html", "a\udcff"),
        ("=cmd/1.html", "=cmd"),
    ],
)
@pytest.mark.parametrize(
    "url", ["", "file:///home/x.html", "http://[::1", "http://127.0.0.1:8000/x", "localhost", "about:blank", "x" * 99999]
)
def test_without_a_host_it_is_the_folder(url, path, source):
    assert source_of(url, path) == source


@pytest.mark.parametrize("path", ["", "page.html", "-", "/page.html", "C:\\x.html"])
def test_neither_url_nor_folder(path):
    assert isinstance(source_of("", path), NoSource)


def test_the_suffix_list_is_read_without_a_network(monkeypatch):
    import socket

    from scorer import hosts

    def refuse(*_arguments, **_named):
        raise AssertionError("it asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    hosts._suffixes.cache_clear()
    hosts._registered.cache_clear()
    assert source_of("https://a.b.example.co.uk", "") == "example.co.uk"


# ---- pooling


def test_one_article_says_little_and_many_say_what_they_say():
    few = [of(f"mid{number}.com", *[0.45, 0.5, 0.55] * 5) for number in range(8)]
    many = scores_of(*few, of("one.com", 0.95), of("ten.com", *[0.95, 0.94, 0.96, 0.95, 0.95] * 6))
    one, ten = (many[name].estimates["reliability"] for name in ("one.com", "ten.com"))
    assert (one.n_articles, ten.n_articles) == (1, 30)
    assert one.raw_mean == pytest.approx(0.95) and ten.raw_mean == pytest.approx(0.95)
    assert 0.5 < one.value < ten.value < 0.951
    assert ten.value > 0.9
    assert one.high - one.low > 2 * (ten.high - ten.low)


def test_the_formula_by_hand():
    """Three outlets in log-odds: (1, 2, 3), (-1, 1), (0): computed here from the definitions, step by step."""
    data = {"a.com": [1, 2, 3], "b.com": [-1, 1], "c.com": [0]}
    found = scores_of(*(of(host, *(1 / (1 + exp(-y)) for y in ys)) for host, ys in data.items()))
    s2 = (2 * 1.0 + (1 + 0 + 1) + (1 + 1)) / (2 + 2 + 1)
    assert s2 == pytest.approx(1.2)
    v = {"a.com": s2 / 3, "b.com": s2 / 2, "c.com": s2}
    means = {"a.com": 2.0, "b.com": 0.0, "c.com": 0.0}
    w = {host: 1 / one for host, one in v.items()}
    total = sum(w.values())
    middle = sum(w[host] * means[host] for host in w) / total
    q = sum(w[host] * (means[host] - middle) ** 2 for host in w)
    t2 = (q - 2) / (total - sum(one**2 for one in w.values()) / total)
    assert t2 > 0
    w = {host: 1 / (one + t2) for host, one in v.items()}
    mu = sum(w[host] * means[host] for host in w) / sum(w.values())
    for host, score in found.items():
        b = v[host] / (v[host] + t2)
        theta = b * mu + (1 - b) * means[host]
        variance = (1 - b) * v[host] + b**2 / sum(w.values()) + 2 * b**2 * (means[host] - mu) ** 2
        estimate = score.estimates["reliability"]
        odds = [log(one / (1 - one)) for one in estimate[:3]]
        assert odds == pytest.approx([theta, theta - 1.6449 * variance**0.5, theta + 1.6449 * variance**0.5])


@pytest.mark.parametrize(("k", "between"), [(5, 0.0), (12, 0.5), (12, 1.0)])
def test_the_interval_holds_the_outlet_nine_times_of_ten(k, between):
    chance = random.Random(1)
    held = total = 0
    for _ in range(60):
        truth = {f"s{number}.com": chance.gauss(0.3, between) for number in range(k)}
        rows = [
            of(host, *(1 / (1 + exp(-chance.gauss(mean, 0.8))) for _ in range(chance.choice([1, 1, 2, 3, 20]))))
            for host, mean in truth.items()
        ]
        for host, score in scores_of(*rows).items():
            estimate = score.estimates["reliability"]
            held += estimate.low <= 1 / (1 + exp(-truth[host])) <= estimate.high
            total += 1
    assert held / total > 0.85
    if between:
        assert held / total < 0.95


def test_outlets_that_do_not_differ_are_all_the_mean():
    found = scores_of(*(of(f"s{number}.com", 0.3, 0.7) for number in range(6)))
    assert {round(score.estimates["reliability"].value, 9) for score in found.values()} == {0.5}


def test_extreme_and_equal_scores_stay_finite():
    found = scores_of(of("a.com", 0.0, 0.0), of("b.com", 1.0, 1.0), of("c.com", 1.0))
    for score in found.values():
        estimate = score.estimates["reliability"]
        assert 0 <= estimate.low < estimate.value < estimate.high <= 1
    (alone,) = scores_of(of("a.com", 0.8)).values()
    assert alone.estimates["reliability"].value == pytest.approx(0.8)
    assert alone.estimates["reliability"].high - alone.estimates["reliability"].low > 0.3


def test_withheld_and_abstained_are_counted_and_not_pooled():
    found = scores_of(of("a.com", 0.2, None, abstained=False), of("b.com", None, abstained=True, sensationalism=None))
    assert (found["a.com"].n_articles, found["a.com"].estimates["reliability"].n_articles) == (2, 1)
    assert (found["b.com"].n_articles, found["b.com"].n_abstained) == (1, 1)
    assert found["b.com"].estimates == dict.fromkeys(("sensationalism", "reliability", "clickbait_strength"))


def test_articles_without_a_source_move_no_outlet():
    rows = [of("a.com", 0.2, 0.3), of("b.com", 0.7, 0.8)]
    alone = scores_of(*rows)
    beside = scores_of(*rows, of("t.co", *[0.99] * 50))
    assert beside["a.com"] == alone["a.com"]
    assert beside["a shortened link (t.co)"].n_articles == 50


def test_order():
    rows = [*of("low.com", 0.1, 0.1, sensationalism=0.2), *of("high.com", 0.9, 0.9, sensationalism=0.9)]
    rows += [*of("a-none.com", None, sensationalism=None), *of("t.co", 0.5)]
    found = pool(by_source(rows))
    assert [score.source for score in ranked(found, "reliability")] == ["low.com", "high.com", "a-none.com", ""]
    assert [score.source for score in ranked(found, "sensationalism")] == ["high.com", "low.com", "a-none.com", ""]


# ---- ratings


def test_ratings_are_joined_by_outlet_and_both_sides_are_shown():
    ratings, bad = read_ratings(["Domain,pc1\n", "www.bbc.co.uk,0.9\n", "b.com,0.05\n", "c.com,0.5\n"])
    assert (ratings, bad) == ({"bbc.com": 0.9, "b.com": 0.05, "c.com": 0.5}, [])
    rows = [*of("bbc.com", *[0.3] * 30), *of("b.com", *[0.6] * 30), *of("c.com", *[0.5] * 30), *of("d.com", 0.5)]
    found = {score.source: score for score in join(pool(by_source(rows)), ratings)}
    assert found["bbc.com"].disagreement == "reads lower than rated"
    assert found["b.com"].disagreement == "reads higher than rated"
    assert found["c.com"].disagreement is None and found["d.com"].rating is None
    printed = "".join(report.table(ranked(found.values(), "reliability"), "reliability"))
    assert "bbc.com: rated 0.90; 30 articles of it read as 0.3" in printed
    assert max(map(len, printed.splitlines())) <= 80


def test_a_rating_within_the_margin_is_no_disagreement():
    rows = of("a.com", *[0.5] * 30)
    (score,) = pool(by_source(rows))
    high = score.estimates["reliability"].high
    for beyond, said in ((MARGIN - 0.01, None), (MARGIN + 0.01, "reads lower than rated")):
        (joined,) = join([score], {"a.com": high + beyond})
        assert joined.disagreement == said


def test_ratings_on_another_scale_and_with_other_columns():
    assert read_ratings(["source;rating;note\n", "b.com;87,5;x\n", "echo;50;x\n"], 100)[0] == {"echo": 0.5}
    assert read_ratings(["\ufeffHost\tScore\n", "b.com\t87.5\n"], 100) == ({"b.com": 0.875}, [])


def test_a_rating_under_the_own_name_goes_before_others():
    lines = ["domain,score\n", "news.a.com,0.1\n", "www.a.com,0.9\n", "blog.a.com,0.2\n", "bbc.co.uk,0.6\n", "m.bbc.com,0.7\n"]
    assert read_ratings(lines) == ({"a.com": 0.9, "bbc.com": 0.6}, [])


def test_bad_ratings_are_named_by_line():
    text = "domain,score\na.com,high\nb.com,2\nc.com\n,0.5\nbbc.com,0.5\nbbc.com,0.6\nbbc.com,0.5\nd.com,nan\nt.co,0.1\n"
    ratings, bad = read_ratings(io.StringIO(text))
    assert ratings == {"bbc.com": 0.5}
    assert [row.line for row in bad] == [2, 3, 4, 5, 7, 9]
    with pytest.raises(NoTableError, match="domain"):
        read_ratings(["a,b\n", "1,2\n"])
    with pytest.raises(NoTableError, match="domain"):
        read_ratings([])


# ---- tables of scores


def test_csv_and_jsonl_say_the_same():
    texts = ["i", "=a/1.html", "", "-", "0.25", "0.5", "", ""]
    table = HEADING + ",".join(map(article_csv.inert, texts)) + "\n"
    record = {
        "path": "=a/1.html",
        "url": "",
        "sensationalism": 0.25,
        "reliability": 0.5,
        "clickbait_strength": None,
        "abstained": None,
    }
    assert list(read_scores(io.StringIO(table))) == list(read_scores([json.dumps(record) + "\n"]))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_the_report_made_inert_is_read_as_it_was(start):
    row = article_csv.row([*map(article_csv.inert, ["i", f"{start}a/1.html", ""]), "", "0.5", "0.5", "", ""])
    (read,) = read_scores(io.StringIO(HEADING + row, newline=""))
    assert read.path == f"{start}a/1.html"


def test_bad_rows_are_named_by_line_and_the_rest_go_on():
    good = json.dumps({"path": "a/1", "sensationalism": 0.5, "reliability": 0.5})
    lines = [good, "{", "[1]", "", '{"reliability": 0.5}', good.replace("0.5", "1.5"), good.replace("0.5", "NaN"), "[" * 200_000]
    lines += [good.replace("0.5", "true"), good.replace('"a/1"', "3"), good]
    rows = list(read_scores(line + "\n" for line in lines))
    assert [row.line for row in rows if isinstance(row, BadRow)] == [2, 3, 5, 6, 7, 8, 9, 10]
    assert sum(isinstance(row, Row) for row in rows) == 2
    table = HEADING + 'i,a/1,,h,0.5,0.5,,\ni,a/1,,h,low,0.5,,\ni,a/1\n"two\nlines",a/1,,h,0.5,0.5,0.5,\ni,a/1,,h,0.5,nan,,\n'
    rows = list(read_scores(io.StringIO(table, newline="")))
    assert [row.line if isinstance(row, BadRow) else "good" for row in rows] == ["good", 3, 4, "good", 7]


@pytest.mark.parametrize(
    ("first", "said"),
    [("[\n", "jsonl"), ("PAR1\x15\x00", "binary"), ("\x1f\udc8b", "binary"), ("a,b\n", "no column"), ("", "no column")],
)
def test_what_is_no_table_of_scores(first, said):
    with pytest.raises(NoTableError, match=said):
        list(read_scores([first]))


def test_memory_is_flat_in_articles():
    def lines(n):
        yield HEADING
        for number in range(n):
            yield f"{number},x,https://www.s{number % 50}.com/{number},h,0.{number % 90 + 10},0.{number % 80 + 10},0.5,\n"

    def peak(n):
        tracemalloc.start()
        found = pool(by_source(read_scores(lines(n))))
        assert sum(score.n_articles for score in found) == n
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(100)  # the suffix list
    assert peak(10_000) < 1_000_000  # one that keeps its rows takes five times as much


@pytest.mark.slow
def test_a_hundred_thousand_rows_take_seconds():
    def rows(n):
        for number in range(n):
            yield f"{number},x,https://www.s{number % 5_000}.com/{number},h,0.4,0.{number % 80 + 10},0.5,\n"

    begun = time.process_time()
    found = pool(by_source(read_scores([HEADING, *rows(100_000)])))
    assert len(found) == 5_000
    assert time.process_time() - begun < 20


# ---- what is printed


def test_output_is_inert_and_survives_names_that_are_not_utf8():
    rows = [
        Row("", f"{name}/1.html", {"reliability": 0.5, "sensationalism": 0.5}, abstained=False)
        for name in ("=cmd()", "a\udcff", "b\x1b[31m")
    ]
    found = ranked(pool(by_source(rows)), "reliability")
    text = "".join(report.csv(found))
    text.encode("utf-8")
    names = [row["source"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert names == ["'=cmd()", "a\ufffd", "b\ufffd[31m"]
    printed = "".join(report.table(found, "reliability"))
    printed.encode("utf-8")
    assert "\x1b" not in printed and "\\udcff" in printed
    assert [json.loads(line)["source"] for line in report.jsonl(found)] == [score.source for score in found]
    assert json.loads("".join(report.json_array(found))) == [json.loads(line) for line in report.jsonl(found)]
    assert json.loads("".join(report.json_array([]))) == []


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("sort", ["reliability", "sensationalism", "clickbait_strength"])
def test_the_table_fits(width, sort):
    rows = [
        *of("a-very-long-name-of-an-outlet-that-goes-on-and-on-for-ever.example.co.uk", 0.3),
        *of("b.com", *[0.6] * 1234),
        *of("t.co", 0.4),
    ]
    found = ranked(join(pool(by_source(rows)), {"b.com": 0.1}), sort)
    printed = "".join(report.table(found, sort, width=width, ascii_only=True))
    assert max(map(len, printed.splitlines())) <= width
    assert printed.isascii()
    for said in ("1234", "b.com", "t.co", "reliability", "rated"):
        assert said in printed
    for verdict in ("untrustworthy", "false", "fake", "unreliable"):
        assert verdict not in printed.lower()


def run(*arguments, stdin=None):
    return CliRunner().invoke(verbs_app, ["sources", *map(str, arguments)], input=stdin)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "scores.csv"
    lines = [f"{n},x,https://{'www.bbc.co.uk' if n % 2 else 'b.com'}/{n},h,0.4,0.{3 + n % 2 * 4},0.5,\n" for n in range(12)]
    path.write_text(HEADING + "".join(lines), encoding="utf-8")
    return path


def test_the_command(table, tmp_path):
    done = run(table)
    assert done.exit_code == ALL_SCORED and done.stderr == ""
    assert done.stdout.index("b.com") < done.stdout.index("bbc.com")
    assert "2 sources, 12 articles" in done.stdout
    records = [json.loads(line) for line in run(table, "--format", "jsonl").stdout.splitlines()]
    assert [(one["source"], one["n_articles"]) for one in records] == [("b.com", 6), ("bbc.com", 6)]
    assert run("-", "--format", "jsonl", stdin=table.read_text()).stdout == run(table, "--format", "jsonl").stdout
    out = tmp_path / "out.csv"
    assert run(table, "--format", "csv", "--output", out).stdout == ""
    assert [row["source"] for row in csv.DictReader(io.StringIO(out.read_text()))] == ["b.com", "bbc.com"]
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("domain,score\nbbc.co.uk,5\n")
    done = run(table, "--ratings", ratings, "--ratings-scale", 100)
    assert done.exit_code == ALL_SCORED and "bbc.com: rated 0.05; 6 articles of it read as 0." in " ".join(done.stdout.split())


def test_what_goes_wrong_is_one_line_each(table, tmp_path):
    with table.open("ab") as file:
        file.write(b"1,\xff/1,,h,0.5,low,,\n")
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("domain,score\nbbc.com,x\n")
    done = run(table, "--ratings", ratings)
    assert done.exit_code == SOME_FAILED and "bbc.com" in done.stdout
    said = done.stderr.splitlines()
    assert len(said) == 2 and f"{table}:14: reliability is not a number" in said[0] and f"{ratings}:2:" in said[1]
    for path, content, reason in [
        ("none.csv", None, "No such file"),
        ("a.csv", "a,b\n", "no column"),
        ("e.csv", HEADING, "no scores"),
    ]:
        if content is not None:
            (tmp_path / path).write_text(content)
        done = run(tmp_path / path)
        assert done.exit_code == USAGE and done.stdout == "", path
        assert done.stderr.count("\n") == 1 and reason in done.stderr and path in done.stderr
    table.write_text(HEADING + "1\n" * 250)
    assert len(run(table).stderr.splitlines()) == 102


def test_by_source_scores_and_ranks_in_one_go(samples, small_model, tmp_path):
    for folder, page in (("echo", "s1_tabloid_pool_gas.txt"), ("www.bbc.co.uk", "s4_agency_pool_gas.txt")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / page).write_bytes((samples / page).read_bytes())
    options = ("--model", str(small_model))
    done = CliRunner().invoke(score_app, [str(tmp_path), "--by", "source", *options])
    assert done.exit_code == ALL_SCORED
    assert done.stdout.index("echo") < done.stdout.index("bbc.com")
    scores = tmp_path / "scores.jsonl"
    for output_format in ("jsonl", "csv"):
        CliRunner().invoke(score_app, [str(tmp_path), "--format", output_format, "--output", str(scores), *options])
        assert run(scores, "--sort", "sensationalism").stdout == done.stdout
        scores.unlink()
