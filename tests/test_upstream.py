"""From the public sets to our tables. Every upstream file here is made up, in the format of the set it stands for."""

import csv
import functools
import hashlib
import http.server
import json
import socket
import sys
import threading

import pandas as pd
import pytest
from typer.testing import CliRunner

from scorer import datasets
from scorer.cli import verbs_app
from scorer.upstream import manifest
from scorer.upstream.build import build
from scorer.upstream.formats import CONVERTERS
from scorer.upstream.manifest import COLUMNS, Upstream

EMPTY = dict.fromkeys(COLUMNS, "")


def row(**said):
    return Upstream(**(EMPTY | {"licence_stated": "ours"} | said))


def run(*arguments):
    return CliRunner().invoke(verbs_app, ["data", *map(str, arguments)])


def put(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


ARTICLE = {
    "title": "Harbour bridge to close",
    "content": "The bridge , old , will close .",
    "content_original": "The bridge, old, will close.\n\nBuses will run.",
    "source_url": "www.lowtide-gazette.com",
    "bias_text": "center",
    "ID": "aa1",
}
STORY = {"url": "https://www.lowtide-gazette.com/health/1", "title": "Tea and sleep", "text": "Tea may help.\n\nIt may not."}
PTC_TEXT = "A title\n\nThey are wicked wreckers — all.\n"
START = PTC_TEXT.index("wicked")

# By converter: its parts as (part, path), the files, what the rows must say.
SETS = {
    "domain_ratings": (
        {"ratings": "r.csv"},
        {"r.csv": "domain,pc1\nlowtide-gazette.com,0.75\n"},
        [{"domain": "lowtide-gazette.com", "pc1": 0.75}],
    ),
    "allsides": (
        {"articles": "jsons/", "ratings": "r.csv"},
        {"jsons/aa1.json": json.dumps(ARTICLE), "r.csv": "domain,pc1\nlowtide-gazette.com,0.75\n"},
        [
            {
                "id": "allsides-aa1",
                "collection": "allsides",
                "domain": "lowtide-gazette.com",
                "title": "Harbour bridge to close",
                "text": "The bridge, old, will close.\n\nBuses will run.",
                "label": "center",
                "pc1": 0.75,
            }
        ],
    ),
    "babe": (
        {"sentences": "sg2.csv"},
        {
            "sg2.csv": "text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words\n"
            '"A ""grand"" plan; it flopped.";http://x.example/1;Reuters;parks;;Biased;Entirely factual;[\'flopped\']\n'
            "It\u2028snowed.;http://x.example/3;Reuters;parks;;Non-biased;Entirely factual;[]\n"
            "It rained.;http://x.example/2;Reuters;parks;;No agreement;Entirely factual;[]\n"
        },
        [
            {"text": 'A "grand" plan; it flopped.', "outlet": "Reuters", "label_bias": "Biased", "biased_words": "['flopped']"},
            {"text": "It\u2028snowed.", "label_bias": "Non-biased"},
        ],
    ),
    "fakenewsnet": (
        {"articles": "set/politifact/real", "ratings": "r.csv"},
        {
            "set/politifact/real/p1/news content.json": json.dumps(
                {"url": "https://www.lowtide-gazette.com/a", "title": "Pier shut", "text": "It is old."}
            ),
            "set/politifact/real/p2/news content.json": "{}",
            "r.csv": "domain,pc1\nlowtide-gazette.com,0.75\n",
        },
        [
            {
                "id": "politifact-p1",
                "collection": "politifact",
                "domain": "lowtide-gazette.com",
                "label": "politifact/real",
                "pc1": 0.75,
            }
        ],
    ),
    "fncorpus": (
        {"articles": "s.csv", "ratings": "r.csv"},
        {
            "s.csv": "id,domain,type,title,content\n1,lowtide-gazette.com,rumor,Pier shut,It is old.\n",
            "r.csv": "domain,pc1\nlowtide-gazette.com,0.75\n",
        },
        [{"collection": "fncorpus", "domain": "lowtide-gazette.com", "label": "rumor", "text": "It is old.", "pc1": 0.75}],
    ),
    "article_comparisons": (
        {"pages": "pages.csv"},
        {"pages.csv": 'id,publisher,scrape_time,text\n7,lowtide-gazette.com,2018-07-15T07:54:28,"Shut ### Old, and shut."\n'},
        [{"id": "7", "publisher": "lowtide-gazette.com", "text": "Shut ### Old, and shut."}],
    ),
    "ptc": (
        {"articles": "texts/", "labels": "labels/"},
        {
            "texts/article7.txt": PTC_TEXT,
            "texts/article8.txt": "Never labelled\n",
            "labels/article7.task2-TC.labels": f"7\tLoaded_Language\t{START}\t{START + 15}\n",
        },
        [{"id": "7", "text": PTC_TEXT, "spans": [[START, START + 15, "Loaded_Language"]]}],
    ),
    "webis_clickbait": (
        {"instances": "instances.jsonl", "truth": "truth.jsonl"},
        {
            "instances.jsonl": lines({"id": "1", "postText": ["You will", "gasp"]}, {"id": "2", "postText": [""]}),
            "truth.jsonl": lines(
                {"id": "1", "truthMean": 0.8, "truthJudgments": [1.0, 0.6], "truthClass": "clickbait"},
                {"id": "2", "truthMean": 0.0, "truthJudgments": [0.0], "truthClass": "no-clickbait"},
            ),
        },
        [{"id": "1", "text": "You will gasp", "strength": 0.8, "clickbait": True}],
    ),
    "clickbait_posts": (
        {"posts": "train.json"},
        {"train.json": json.dumps([{"text_id": 12, "post_text": "Rates rise", "truth_mean": 0.2, "click_bait": 0}])},
        [{"id": "12", "text": "Rates rise", "strength": 0.2, "clickbait": False}],
    ),
    "hyperpartisan": (
        {"articles": "articles.xml", "truth": "truth.xml"},
        {
            "articles.xml": '<?xml version="1.0" encoding="UTF-8"?><articles>\n<article id="01" title="Fish &amp; tax">'
            'An advert <p>The <a href="http://x.example/fish">fish</a> tax — again.</p> more <p>It rose.</p>'
            "<p>It rose.</p></article></articles>",
            "truth.xml": '<articles><article id="01" hyperpartisan="true" url="https://www.lowtide-gazette.com/a"/></articles>',
        },
        [
            {
                "id": "01",
                "domain": "lowtide-gazette.com",
                "title": "Fish & tax",
                "text": "The fish tax — again.\n\nIt rose.",
                "links": ["http://x.example/fish"],
                "hyperpartisan": True,
            }
        ],
    ),
    "fakehealth": (
        {"stories": "HealthStory/", "reviews": "reviews.json"},
        {
            "HealthStory/s_1.json": json.dumps(STORY),
            "reviews.json": json.dumps(
                [
                    {"news_id": "s_1", "rating": 3, "criteria": [{"answer": "Satisfactory"}, {"answer": "Not Satisfactory"}]},
                    {"news_id": "s_never_retrieved", "rating": 1, "criteria": []},
                ]
            ),
        },
        [{"id": "s_1", "domain": "lowtide-gazette.com", "title": "Tea and sleep", "rating": 3, "criteria_met": 1}],
    ),
    "fakehealth_ratings": (
        {"stories": "HealthStory/", "ratings": "task2.csv"},
        {
            "HealthStory/s_1.json": json.dumps(STORY),
            "task2.csv": "news_id,news_title,review_title,rating,num_satisfactory\ns_1,Tea and sleep,On tea,4,7\n",
        },
        [{"id": "s_1", "text": "Tea may help.\n\nIt may not.", "rating": 4, "criteria_met": 7}],
    ),
    "wikiweasel": (
        {"sentences": "wiki.xml"},
        {
            "wiki.xml": '<Annotation><DocumentSet><Document><DocumentPart><sentence certainty="uncertain" id="1">'
            '<ccue>Some say</ccue> it is old.</sentence><sentence certainty="certain" id="2">It is red.</sentence>'
            "</DocumentPart></Document></DocumentSet></Annotation>"
        },
        [{"text": "Some say it is old.", "hedged": 1}, {"text": "It is red.", "hedged": 0}],
    ),
}


def rows_of(converter, table):
    return [
        row(table=table, repository="o/n", commit="abcdef1", path=path, converter=converter, part=part)
        for part, path in SETS[converter][0].items()
    ]


@pytest.fixture
def built(tmp_path):
    """Build one set from its made-up files, some of them replaced."""

    def one(converter, replaced=(), table=None):
        put(tmp_path / "in" / "o" / "n", SETS[converter][1] | dict(replaced))
        table = table or ("domain_ratings" if converter == "domain_ratings" else "made")
        (outcome,) = build(rows_of(converter, table), tmp_path / "in", tmp_path / "out")
        return outcome, tmp_path / "out", table

    return one


def test_every_converter_has_a_made_up_set():
    assert set(SETS) == set(CONVERTERS)


@pytest.mark.parametrize("converter", SETS)
def test_a_set_becomes_a_table(built, converter):
    outcome, folder, table = built(converter)
    assert not outcome.failed, outcome.line
    frame = pd.read_csv(folder / "domain_ratings.csv") if converter == "domain_ratings" else datasets.load(folder, table)
    records, expected = frame.to_dict("records"), SETS[converter][2]
    assert f"{len(expected)} rows by {converter}" in outcome.line
    assert [{name: record[name] for name in want} for record, want in zip(records, expected, strict=True)] == expected
    assert not list(folder.glob("*.part"))


def test_a_span_marks_its_words(built):
    _, folder, table = built("ptc")
    (record,) = datasets.load(folder, table).to_dict("records")
    assert [record["text"][a:b] for a, b, _ in record["spans"]] == ["wicked wreckers"]


def test_the_same_files_give_the_same_bytes(built):
    _, folder, table = built("wikiweasel")
    first = (folder / f"{table}.jsonl.gz").read_bytes()
    built("wikiweasel")
    assert (folder / f"{table}.jsonl.gz").read_bytes() == first


BAD = [
    ("domain_ratings", "r.csv", "domain,score\nx.com,1\n", "r.csv:1: no column pc1"),
    ("domain_ratings", "r.csv", "domain,pc1\nx.com,7\n", "r.csv:2: 'pc1' is no number from 0 to 1"),
    ("domain_ratings", "r.csv", "domain,pc1\nx.com\n", "r.csv:2: too few cells"),
    ("domain_ratings", "r.csv", "domain,pc1\n", "no rows"),
    ("allsides", "jsons/aa1.json", "[" * 100_000, "aa1.json:1: not JSON"),
    ("allsides", "jsons/aa1.json", "[]", "aa1.json: not a record"),
    ("allsides", "jsons/aa1.json", '{"title": 3}', "aa1.json: no text 'source_url'"),
    ("babe", "sg2.csv", SETS["babe"][1]["sg2.csv"].replace("No agreement", "Maybe"), "sg2.csv:4: label_bias 'Maybe'"),
    ("babe", "sg2.csv", b"\xff\xfe", "sg2.csv: byte 0: not UTF-8"),
    ("ptc", "labels/article7.task2-TC.labels", "7 Doubt 1 2\n", "labels:1: not id, technique, start, end"),
    ("ptc", "labels/article7.task2-TC.labels", "7\tDoubt\t3\t900\n", "labels:1: 3-900 is no span of article 7"),
    ("ptc", "labels/article9.task2-TC.labels", "", "no article9.txt"),
    ("webis_clickbait", "instances.jsonl", lines({"id": "9", "postText": ["Oh"]}), "instances.jsonl:1: id 9 is not in truth"),
    ("webis_clickbait", "truth.jsonl", "{}", "truth.jsonl:1: no text 'id'"),
    ("webis_clickbait", "truth.jsonl", "\n{", "truth.jsonl:2: not JSON"),
    ("webis_clickbait", "truth.jsonl", "version https://git-lfs\noid sha256:0\n", "truth.jsonl: a pointer of Git LFS"),
    ("clickbait_posts", "train.json", "{}", "train.json: not an array"),
    (
        "clickbait_posts",
        "train.json",
        '[{"text_id": 1, "post_text": "x", "truth_mean": null}]',
        "record 0: 'truth_mean' is no number",
    ),
    ("hyperpartisan", "articles.xml", "<articles><article>", "articles.xml:1: not XML"),
    ("hyperpartisan", "articles.xml", '<articles>\n<article id="02"/></articles>', "articles.xml:2: article 02 is not in"),
    ("hyperpartisan", "truth.xml", '<articles><article id="01"/></articles>', "truth.xml:1: hyperpartisan is None"),
    (
        "fakehealth",
        "reviews.json",
        '[{"news_id": "s_1", "rating": 9, "criteria": []}]',
        "record 0: 'rating' is no number from 0 to 5",
    ),
    ("fakehealth_ratings", "HealthStory/s_1.json", '{"url": "x"}', "s_1.json: no text 'text'"),
    ("wikiweasel", "wiki.xml", '<a>\n<sentence certainty="perhaps">x</sentence></a>', "wiki.xml:2: certainty is 'perhaps'"),
]


@pytest.mark.parametrize(("converter", "name", "content", "said"), BAD, ids=range(len(BAD)))
def test_a_bad_file_is_one_line_and_leaves_the_table_as_it_was(built, converter, name, content, said):
    _, folder, _ = built(converter)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    outcome, _, _ = built(converter, {name: content})
    assert outcome.failed
    assert said in outcome.line
    assert "\n" not in outcome.line
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_entity_of_a_file_is_read_from_the_disk(built, tmp_path):
    (tmp_path / "secret").write_text("hidden")
    document = (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]><a><sentence certainty="certain">x &e;</sentence></a>'
    )
    outcome, folder, table = built("wikiweasel", {"wiki.xml": document})
    if not outcome.failed:
        assert "hidden" not in str(datasets.load(folder, table).text.tolist())


def write_manifest(path, rows):
    manifest.write(rows, path)
    return path


def test_the_second_way_is_taken_where_the_first_is_not_there(tmp_path):
    rows = rows_of("clickbait_posts", "clickbait") + rows_of("webis_clickbait", "clickbait")
    put(tmp_path / "in/o/n", SETS["webis_clickbait"][1])
    (outcome,) = build(rows, tmp_path / "in", tmp_path / "out")
    assert "by webis_clickbait" in outcome.line


def test_articles_are_put_together_from_all_collections_that_are_there(tmp_path):
    rows = [row for name in ("fakenewsnet", "allsides", "fncorpus") for row in rows_of(name, "articles")]
    for name in ("fakenewsnet", "fncorpus"):
        put(tmp_path / "in/o/n", SETS[name][1])
    (outcome,) = build(rows, tmp_path / "in", tmp_path / "out")
    assert not outcome.failed
    assert "2 rows by fakenewsnet, fncorpus; without" in outcome.line
    assert "jsons and what goes with it: not there" in outcome.line
    table = datasets.load(tmp_path / "out", "articles")
    assert list(table.collection) == ["politifact", "fncorpus"]


def test_build_says_what_is_left_out_and_builds_the_rest(tmp_path):
    rows = [
        *rows_of("hyperpartisan", "hyperpartisan"),
        row(table="attributions", repository="o/odd"),
        row(table="wrong", repository="o/n", path="r.csv", converter="telepathy"),
        *rows_of("domain_ratings", "domain_ratings"),
        row(table="domain_ratings", repository="o/more"),
    ]
    put(tmp_path / "in/o/n", SETS["domain_ratings"][1])
    path = write_manifest(tmp_path / "m.csv", rows)
    done = run("build", tmp_path / "out", "--from", tmp_path / "in", "--manifest", path)
    assert done.exit_code == 1
    assert "attributions: left out: no converter" in done.stdout
    assert "hyperpartisan: left out:" in done.stderr
    assert "articles.xml: not there" in done.stderr
    assert "no converter 'telepathy'" in done.stderr
    assert "1 rows by domain_ratings; without o/more: format not seen" in done.stdout
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["domain_ratings.csv"]
    assert (
        run("build", tmp_path / "out", "--from", tmp_path / "in", "--manifest", path, "--table", "domain_ratings").exit_code == 0
    )
    assert run("build", tmp_path / "out", "--from", tmp_path / "in", "--manifest", path, "--table", "attributions").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"), [(("--table", "nonesuch"), "no such table; there are"), (("--from", "nowhere"), "no such folder")]
)
def test_build_used_wrongly_is_one_line(tmp_path, arguments, said):
    done = run("build", tmp_path, "--from", tmp_path, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_shipped_manifest_names_converters_and_parts_that_are():
    rows = manifest.read()
    named = {}
    for one in rows:
        if one.converter:
            assert one.path, one
            named.setdefault((one.table, one.converter), set()).add(one.part)
    assert {converter for _, converter in named} == set(CONVERTERS)
    for (_, converter), parts in named.items():
        assert parts == set(CONVERTERS[converter].parts)


def test_data_prints_one_line_a_row_and_what_is_unknown():
    done = run()
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == len(manifest.read())
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("attributions"))
    assert "networkdynamics/PolNeAR" in line
    assert "unknown: no commit, no path, no size, no sha256, format not seen" in line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"table,path\na,b\n", ":1: no column repository"),
        (",".join(COLUMNS) + "\na,b\n", ":2: not 12 cells"),
        (",".join(COLUMNS) + "\na,o/n,,../../etc/x" + "," * 8 + "\n", ":2: path '../../etc/x' is none"),
        (",".join(COLUMNS) + "\na,o/n,,x/../../../y" + "," * 8 + "\n", ":2: path"),
        (",".join(COLUMNS) + "\na,../n,,x" + "," * 8 + "\n", ":2: repository '../n' is none"),
        (",".join(COLUMNS) + "\na,o/n,,x,,abc" + "," * 6 + "\n", ":2: sha256 'abc' is none"),
        (b"\xff\xff", "cannot be read as CSV"),
    ],
)
def test_a_bad_manifest_is_one_line(tmp_path, content, said):
    put(tmp_path, {"m.csv": content})
    done = run("--manifest", tmp_path / "m.csv")
    assert done.exit_code == 2
    assert f"m.csv{said}" in done.stderr or said in done.stderr
    assert done.stderr.count("\n") == 1


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Nothing; what was asked for is kept."""

    def do_GET(self):
        self.server.asked.append(self.path)
        super().do_GET()


@pytest.fixture
def host(tmp_path):
    """A host on this machine that gives what lies in tmp_path/host."""
    (tmp_path / "host").mkdir()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path / "host")) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def base(server):
    return f"http://127.0.0.1:{server.server_port}/{{repository}}/{{commit}}/{{path}}"


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def fetched(tmp_path, rows, template, *more):
    path = write_manifest(tmp_path / "m.csv", rows) if rows else tmp_path / "m.csv"
    return run("fetch", tmp_path / "got", "--base", template, "--manifest", path, *more)


def known(path, content, **said):
    return row(table="t", repository="o/n", commit="abcdef1", path=path, sha256=sha(content), size=str(len(content)), **said)


def test_fetch_goes_on_after_failures_and_keeps_only_what_is_right(tmp_path, host):
    put(
        tmp_path / "host/o/n/abcdef1",
        {"a b.csv": "right", "bad.csv": "other", "lfs": "version https://git-lfs\n", "last": "last"},
    )
    rows = [
        known("a b.csv", "right"),
        known("bad.csv", "right"),
        known("gone.csv", "right"),
        row(table="t", repository="o/n", commit="abcdef1", path="lfs"),
        row(table="t", repository="o/n", commit="abcdef1", path="folder/"),
        row(table="t", path="byhand.xml"),
        row(table="t", repository="o/vague", commit="abcdef1"),
        known("last", "last"),
    ]
    done = fetched(tmp_path, rows, base(host))
    assert done.exit_code == 1
    assert "a b.csv: fetched, checksum right" in done.stdout
    assert "last: fetched, checksum right" in done.stdout
    assert "o/n/folder: a folder: check out commit abcdef1 at" in done.stdout
    assert "t/byhand.xml: no repository known; to be put by hand at" in done.stdout
    assert "o/vague: no path known; not fetched" in done.stdout
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["o/n/bad.csv", "o/n/gone.csv", "o/n/lfs"]
    for said in ("checksum mismatch", "HTTP 404", "pointer of Git LFS"):
        assert said in done.stderr
    assert sorted(path.name for path in (tmp_path / "got").rglob("*") if path.is_file()) == ["a b.csv", "last"]


def test_fetch_resumes_and_asks_only_for_what_is_not_there_and_right(tmp_path, host):
    put(tmp_path / "host/o/n/abcdef1", {"a": "aaa", "b": "bbb"})
    put(tmp_path / "got/o/n", {"a": "aaa", "b": "damaged"})
    rows = [known("a", "aaa"), known("b", "bbb")]
    done = fetched(tmp_path, rows, base(host))
    assert done.exit_code == 0, done.stderr
    assert host.asked == ["/o/n/abcdef1/b"]
    assert (tmp_path / "got/o/n/b").read_text() == "bbb"
    assert fetched(tmp_path, rows, base(host)).exit_code == 0
    assert len(host.asked) == 1


def test_a_refused_connection_is_one_line_a_file(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        template = f"http://127.0.0.1:{free.getsockname()[1]}/{{path}}"
        done = fetched(tmp_path, [known("a", "a"), known("b", "b")], template)
    assert done.exit_code == 1
    assert done.stderr.count("no connection; see whether the host of --base answers") == done.stderr.count("\n") == 2


def test_pin_writes_what_the_manifest_did_not_know_and_nothing_else(tmp_path, host):
    put(tmp_path / "host/o/n/abcdef1", {"a": "aaa", "b": "bbb", "c": "ccc"})
    rows = [
        known("a", "aaa"),
        row(table="t", repository="o/n", commit="abcdef1", path="b", how="with, a comma"),
        known("c", "ddd"),
    ]
    assert fetched(tmp_path, rows, base(host)).exit_code == 1
    assert manifest.read(tmp_path / "m.csv") == rows, "not without --pin"
    done = fetched(tmp_path, None, base(host), "--pin")
    assert done.exit_code == 1
    assert "1 rows pinned" in done.stdout
    pinned = manifest.read(tmp_path / "m.csv")
    assert [pinned[0], pinned[2]] == [rows[0], rows[2]]
    assert (pinned[1].sha256, pinned[1].size, pinned[1].how) == (sha("bbb"), "3", "with, a comma")
    (tmp_path / "got/o/n/b").write_text("changed")
    put(tmp_path / "host/o/n/abcdef1", {"b": "changed"})
    assert "b: http" in fetched(tmp_path, None, base(host)).stderr, "once pinned, held to"


@pytest.mark.parametrize(
    "template",
    ["http://host/fixed", "ftp://host/{path}", "{path}", "http://host/{path}/{branch}", "http://host/{path", "http://h/{path.x}"],
)
def test_a_base_that_gives_no_file_is_usage(tmp_path, template):
    done = fetched(tmp_path, [known("a", "a")], template)
    assert done.exit_code == 2
    assert "http://host/{repository}/{commit}/{path}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_pooch_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    done = fetched(tmp_path, [known("a", "a")], "http://host/{path}")
    assert done.exit_code == 2
    assert "scorer[data]" in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_fetch_writes_build_reads(tmp_path, host):
    put(tmp_path / "host/o/n/abcdef1", SETS["domain_ratings"][1])
    path = write_manifest(tmp_path / "m.csv", rows_of("domain_ratings", "domain_ratings"))
    assert fetched(tmp_path, None, base(host), "--pin").exit_code == 0
    done = run("build", tmp_path / "out", "--from", tmp_path / "got", "--manifest", path)
    assert done.exit_code == 0, done.stderr
    with (tmp_path / "out/domain_ratings.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [{"domain": "lowtide-gazette.com", "pc1": "0.75"}]
