"""The HTML report: what is in the file, before any browser opens it. tests/browser opens it."""

import base64
import json
import re
import shutil
import subprocess
import zlib
from decimal import Decimal

import pytest
from hostile import HOSTILE
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from scorer.cli import score_app
from scorer.model import DEFAULT, load
from scorer.pipeline import score_page
from scorer.report import html, terminal, wording
from scorer.report.annotated import STEPS, legend, source, steps, view
from scorer.signals import SIGNALS
from scorer.types import TARGETS, Page

BLOCK = re.compile(r'<script type="text/plain" id="([\w-]+)">(.*?)</script>', re.DOTALL)


def markup(report):
    """A report without its packed blocks."""
    return re.sub(BLOCK.pattern + "\n", "", report, flags=re.DOTALL)


def scored(text, **more):
    return score_page(Page(**{"id": "page", "content": text, **more}), load(DEFAULT))


def unpacked(report):
    """The blocks of a report, as its script unpacks them."""
    back = str.maketrans("/.", "<&")
    return {name: json.loads(zlib.decompress(base64.b85decode(packed.translate(back)))) for name, packed in BLOCK.findall(report)}


def utf16(text, start, end):
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def spans(numbers):
    at, found = 0, []
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        found.append((at + start, at + start + length))
        at += start + length
    return found


@pytest.fixture(scope="module")
def samples_scored(samples):
    return [scored(path.read_text(encoding="utf-8"), id=str(path), path=str(path)) for path in sorted(samples.glob("s*.txt"))]


def test_a_report_holds_every_article_whole(samples_scored):
    blocks = unpacked("".join(html.report(samples_scored, [("broken.bin", "binary data")])))
    index = blocks["index"]
    assert index["failures"] == [["broken.bin", "binary data"]]
    assert index["rows"][0] == [one.path for one in samples_scored]
    texts = [text for name in sorted(blocks) if name.startswith("chunk") for text in blocks[name]["text"]]
    assert texts == [one.article.text for one in samples_scored]


def test_chunks_begin_where_the_index_says(samples_scored, monkeypatch):
    monkeypatch.setattr(html, "_CHUNK", 5000)
    blocks = unpacked("".join(html.report(samples_scored)))
    starts = blocks["index"]["starts"]
    assert len(starts) > 2
    for number, start in enumerate(starts):
        assert blocks[f"chunk-{number}"]["path"][0] == samples_scored[start].path


def test_an_empty_report_opens():
    blocks = unpacked("".join(html.report([])))
    assert blocks["index"]["rows"] == [[], [], [], [], []]


def test_evidence_and_contributions_are_those_of_the_score(samples_scored):
    names = [one["name"] for one in legend()["signals"]]
    for score in samples_scored:
        drawn = view(score)
        moved = [drawn["moved"][i : i + len(TARGETS)] for i in range(0, len(drawn["moved"]), len(TARGETS))]
        for number, added, places in zip(drawn["signals"], moved, drawn["places"], strict=True):
            measurement = score.measurements[names[number]]
            assert [utf16(drawn["text"], *span) for span in spans(places)] == [
                score.article.text[span.start : span.end] for span in sorted(measurement.evidence)
            ]
            for target, shown in zip(TARGETS, added, strict=True):
                assert shown / STEPS == pytest.approx(score.contributions[target].get(names[number], 0), abs=1.6 / STEPS)


@given(st.one_of(st.floats(-9, 9), st.integers(-9000, 9000).map(lambda n: n / STEPS), st.integers(-72, 72).map(lambda n: n / 8)))
@example(0.12496)
@example(-0.12496)
@example(0.285)
@example(0.0048)
@example(0.005)
def test_the_two_digits_a_page_shows_are_those_of_the_terminal(added):
    assert abs(steps(added) / STEPS - added) <= 1.6 / STEPS
    assert steps(added) % 10 != 5
    shown = (Decimal(steps(added)) / STEPS).quantize(Decimal("0.01"))
    assert shown == Decimal(f"{added:.2f}")


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.sampled_from("abc .\n“”!😀𝔸é\u202e\ud800"), max_size=80))
def test_any_text_keeps_its_places(noise):
    """Beyond the 16-bit characters a browser counts two; half characters are no UTF-8. Neither may shift evidence."""
    score = scored(f"😀 Shocking {noise} fury\n\nThe furious 𝔸 crowd {noise} were terrified, insiders say. " * 2)
    drawn = view(score)
    names = [one["name"] for one in legend()["signals"]]
    text = drawn["text"]
    text.encode()
    for number, places in zip(drawn["signals"], drawn["places"], strict=True):
        expected = [score.article.text[s.start : s.end] for s in sorted(score.measurements[names[number]].evidence)]
        assert [utf16(text, *span) for span in spans(places)] == [one.replace("\ud800", "\ufffd") for one in expected]


def test_hostile_text_enters_the_file_only_packed():
    name = "</script><img src=x onerror=alert(1)>"
    report = "".join(html.report([scored(HOSTILE, id=name, path=name)], [(name, "</script>")]))
    plain = "".join(html.report([]))
    assert markup(report) == markup(plain)
    for _, packed in BLOCK.findall(report):
        assert not set(packed) & set("<&")
    assert len(re.findall("</script", report)) == len(BLOCK.findall(report)) + 1


def test_the_file_needs_nothing_else():
    report = "".join(html.report([]))
    assert "default-src 'none'" in report
    assert "unsafe" not in report
    script = re.search(r"<script>(.*?)</script>", report, re.DOTALL).group(1)
    assert not re.search(r"(src|href)=|@import|url\(|https?://", report.replace(script, ""))
    assert re.findall(r"https?://[^\"]*", script) == ["http://www.w3.org/2000/svg"]
    for sink in (
        "fetch(",
        "XMLHttpRequest",
        "import(",
        "WebSocket",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "</script",
    ):
        assert sink not in script


def test_the_policy_admits_our_own_script_and_style():
    import hashlib

    report = "".join(html.report([]))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', report).group(1)
    for tag in ("script", "style"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", report, re.DOTALL).group(1)
        assert base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode() in policy


def test_a_report_is_the_same_twice(samples_scored):
    assert "".join(html.report(samples_scored)) == "".join(html.report(samples_scored))


@pytest.mark.parametrize(
    ("url", "path", "expected"),
    [
        ("https://www.example.com/a", "x/y.txt", "example.com"),
        ("http://[broken", "x/y.txt", "x"),
        ("", "crawl/Harbour Post/y.txt", "Harbour Post"),
        ("", "crawl\\Post\\y.txt", "Post"),
        ("", "", ""),
    ],
)
def test_source(url, path, expected):
    assert source(scored("Hello world", url=url, path=path)) == expected


def test_every_signal_has_a_kind_and_words():
    assert {signal.group for signal in SIGNALS} <= set(wording.KINDS)
    assert all(one["title"] for one in legend()["signals"])


def test_no_text_of_ours_judges_the_story():
    texts = "".join(html.report([])) + json.dumps(legend()) + "".join(map(str, vars(wording).values()))
    assert not re.search(r"\b(fake|hoax|untrue|debunk\w*|misinformation|disinformation)\b", texts, re.IGNORECASE)


def test_command_line(samples, tmp_path):
    file = tmp_path / "report.html"
    result = CliRunner().invoke(score_app, [str(samples), "--html", str(file)])
    assert result.exit_code == 0
    assert len(unpacked(file.read_text(encoding="utf-8"))["index"]["rows"][0]) >= 8
    result = CliRunner().invoke(score_app, [str(samples), "--html", str(file), "--format", "json"])
    assert result.exit_code == 2


def test_a_notebook_shows_a_frame_that_holds_everything():
    shown = html.notebook(scored(HOSTILE))
    assert shown.count("<iframe") == 1
    assert "window.pwned" not in shown
    assert 'sandbox="allow-scripts"' in shown


@pytest.mark.skipif(not shutil.which("node"), reason="no node: the renderer's cutting is tested in the browser only")
def test_cutting_agrees_with_counting():
    """The pieces cover the text once, each with exactly the ranges over it; 200,000 ranges take less than two seconds."""
    script = (
        html.part("article.js").split("const INLINE_ZONES")[0]
        + """
        let seed = 7; const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
        for (let round = 0; round < 300; round++) {
          const starts = Array.from({length: random(9)}, () => random(30));
          const ranges = starts.map((start) => ({start, end: start + random(12)}));
          const cut = segments(45, ranges);
          const each = cut.flatMap(([a, b, open]) => Array.from({length: b - a}, () => open));
          if (each.length !== 45) throw new Error("not covered once");
          const wrong = (open, at) => ranges.some((one) => (one.start <= at && at < one.end) !== open.includes(one));
          if (each.some(wrong)) throw new Error("wrong");
        }
        const many = Array.from({length: 200000}, (_, i) => ({start: i * 5, end: i * 5 + 7}));
        const pieces = segments(1000010, many);  // in steps for each pair of ranges this would never end
        if (pieces.some(([a, b, open]) => open.length > 2)) throw new Error("too many at once");"""
    )
    subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True, timeout=60)


def test_page_and_terminal_say_the_same(samples):
    text = (samples / "s1_tabloid_pool_gas.txt").read_text(encoding="utf-8")
    said = terminal.report(scored(text))
    assert all(title in said for title in wording.TITLES.values())
    assert wording.plain_words("learned_words") in " ".join(said.split())
    assert wording.NOT_A_VERDICT in " ".join(said.split())
