"""The report as a person uses it."""

import random
from dataclasses import replace

import pytest
from hostile import HOSTILE

from scorer.model import DEFAULT, load
from scorer.pipeline import score_page
from scorer.report import html
from scorer.report.annotated import STEPS, steps
from scorer.sources import Row, by_source, pool
from scorer.types import Page

MARKS = "return [...document.querySelectorAll('mark')].map((mark) => mark.textContent).join('|')"
FOCUSED = "return document.activeElement.textContent"


def test_one_article_opens_by_itself_and_keeps_its_words(browser, report_of_one, samples):
    browser.open(report_of_one)
    text = (samples / "s1_tabloid_pool_gas.txt").read_text(encoding="utf-8")
    shown = browser.js(
        "return [...document.querySelectorAll('.page-text :is(h2, p):not(.zone-label)')].map((one) => one.textContent)"
    )
    assert [line.strip() for line in shown] == [line.strip() for line in text.split("\n") if line.strip()]
    assert browser.texts(".card h3") == ["Sensationalism", "Reliability", "Clickbait strength"]
    assert "bombshell" in browser.js(MARKS)
    assert browser.all(".zone-link_block")
    assert "Death cloud" in browser.driver.title
    assert browser.complaints() == []


def test_marks_cover_exactly_the_evidence(browser, report_of_one):
    """Every character of every piece of evidence is marked with it, and no other: overlaps, too."""
    browser.open(report_of_one)
    assert browser.js("""
        const pieces = [[0, 6, "a"], [2, 4, "b"], [4, 6, "c"], [6, 9, "d"], [6, 9, "e"], [3, 12, "f"], [5, 5, "empty"]];
        const cut = segments(14, pieces.map(([start, end, name]) => ({start, end, name})));
        const over = (at) => pieces.filter(([a, b]) => a <= at && at < b).map((piece) => piece[2]).sort().join("");
        const covered = [...Array(14).keys()].map(over);
        const found = cut.flatMap(([a, b, open]) => Array(b - a).fill(open.map((p) => p.name).sort().join("")));
        const whole = cut.every(([a, b], i) => a < b && (!i || cut[i - 1][1] === a));
        return whole && JSON.stringify(covered) === JSON.stringify(found);
    """)
    wrong = browser.js("""
        return [...document.querySelectorAll('mark')].filter((mark) => !mark.evidence.every((one) =>
            document.querySelector('.page-text').source.slice(one.start, one.end).includes(mark.textContent)))
            .map((mark) => mark.textContent)""")
    assert wrong == []


def test_pointing_at_a_mark_says_why(browser, report_of_one):
    browser.open(report_of_one)
    mark = next(one for one in browser.all("mark") if one.text == "bombshell")
    browser.point_at(mark)
    browser.wait("return !document.querySelector('.why').hidden")
    assert "gossip page" in browser.one(".why").text
    assert "raises sensationalism" in browser.one(".why").text
    browser.press("\ue00c")  # Escape: reaches the page only through the focused element
    mark.click()
    browser.press("\ue00c")
    assert browser.js("return document.querySelector('.why').hidden")


def test_keyboard_alone_reads_every_mark(browser, report_of_one):
    from selenium.webdriver.common.keys import Keys

    browser.open(report_of_one)
    for _ in range(30):
        browser.press(Keys.TAB)
        if browser.js("return document.activeElement.matches('mark')"):
            break
    first = browser.js(FOCUSED)
    assert not browser.js("return document.querySelector('.why').hidden")
    assert browser.js("return document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent")
    browser.press(Keys.ARROW_RIGHT)
    assert browser.js("return document.activeElement.matches('mark')")
    browser.press(Keys.ARROW_LEFT)
    assert browser.js(FOCUSED) == first
    browser.press(Keys.END)
    assert browser.js(FOCUSED) != first
    browser.press(Keys.ESCAPE)
    assert browser.js("return document.querySelector('.why').hidden")


def test_switching_a_kind_off_takes_its_marks_away(browser, report_of_one):
    browser.open(report_of_one)
    find = "[...document.querySelectorAll('mark')].find((one) => one.textContent === 'bombshell')"
    line = f"return getComputedStyle({find}).textDecorationLine"
    assert browser.js(line) == "underline"
    browser.one("input[id^='kind-body']").click()
    assert browser.js(line) == "none"
    browser.one("input[id^='kind-body']").click()
    assert browser.js(line) == "underline"


def test_a_reason_leads_to_its_words(browser, report_of_one):
    browser.open(report_of_one)
    row = browser.one(".chart > ul > li details:has(.word)")
    row.find_element("css selector", "summary").click()
    word = row.find_element("css selector", ".word")
    said = word.text
    word.click()
    assert browser.js("return document.activeElement.matches('mark')")
    assert browser.js(FOCUSED) in said


def test_contributions_add_up_as_shown(browser, report_of_one):
    browser.open(report_of_one)
    for chart in browser.all(".chart"):
        rows = chart.find_elements("css selector", "li details .number")
        numbers = [float(row.get_attribute("textContent").split(" by ")[1].replace("−", "-")) for row in rows]
        start, total = (
            float(word.rstrip(";,").replace("−", "-"))
            for word in chart.find_element("css selector", ".sum").text.split()
            if word[0] in "+−"
        )
        assert start + sum(numbers) == pytest.approx(total, abs=0.006 * (len(numbers) + 2))


def test_many_sort_filter_open_and_return(browser, report_of_many):
    browser.open(report_of_many)
    assert browser.one("h1").text == "8 articles"
    cells = "return [...document.querySelectorAll('.articles tbody tr td:nth-child(2)')].map((cell) => cell.textContent)"
    known = [float(score) for score in browser.js(cells) if score != "–"]
    assert known == sorted(known, reverse=True)
    reliable = browser.all(".articles thead button")[2]
    reliable.click()
    assert browser.js("return document.querySelectorAll('.articles th')[2].getAttribute('aria-sort')") == "ascending"

    browser.one("input[type=search]").send_keys("lighthouse")
    browser.wait("return document.querySelectorAll('.articles tbody a').length === 1")
    assert browser.one(".shown").text == "1 of 8 articles"
    browser.one(".filters button").click()
    browser.wait("return document.querySelectorAll('.articles tbody a').length === 8")

    browser.one("select option:nth-child(2)").click()
    assert len(browser.all(".articles tbody a")) == 4
    browser.one(".filters button").click()
    low = browser.one(".range input")
    low.clear()
    low.send_keys("0.5\ue004")
    assert 0 < len(browser.all(".articles tbody a")) < 8
    browser.one(".filters button").click()

    link = browser.one(".articles tbody a")
    headline = link.text
    link.click()
    browser.wait("return document.querySelector('.annotated')")
    assert headline[:20] in browser.driver.title
    browser.driver.back()
    browser.wait("return document.querySelector('.overview')")
    assert browser.js(FOCUSED) == headline
    assert browser.complaints() == []


def test_many_lists_sources_and_failures(browser, report_of_many):
    browser.open(report_of_many)
    assert sorted(browser.texts(".sources tbody button")) == ["Harbour Post", "Moor Echo"]
    browser.one(".sources tbody button").click()
    assert len(browser.all(".articles tbody a")) == 4
    assert "picture.txt" in browser.one(".failures").text


def test_sources_are_pooled_as_the_command_pools_them(browser, report_of_many):
    """The script's own pooling against `scorer.sources`, on numbers of unlike sources, one of them without a score."""
    rng = random.Random(5)
    lists = [[rng.betavariate(a, b) for _ in range(n)] for a, b, n in ((1, 1, 1), (8, 2, 40), (2, 5, 7), (1, 9, 2), (3, 3, 12))]
    for some in (lists, lists[1:2], [[0.0, 1.0, 1.0], [0.5]], lists[:2]):
        named = [(f"pages/{n}.example/x.txt", one) for n, scores in enumerate(some) for one in scores]
        rows = [Row("", path, {"reliability": one}, abstained=False) for path, one in named]
        expected = {score.source: score.estimates["reliability"] for score in pool(by_source(rows))}
        browser.open(report_of_many)
        found = browser.js("return pooled([...arguments[0], []])", some)
        assert found.pop() is None
        for n, one in enumerate(found):
            value, low, high, *_ = expected[f"{n}.example"]
            assert (one["value"], one["low"], one["high"]) == pytest.approx((value, low, high), abs=1e-9)
    assert all(" to " in text for text in browser.texts(".sources .estimate small"))


@pytest.mark.parametrize("score", [0.03496, 0.0349, 0.035, 0.045, 0.04499, 0.6499, 0.64999, 0.65, 0.995, 0.9999, 1.0, 0.0])
def test_a_score_is_rounded_once(browser, tmp_path, score):
    """Table and article show what the terminal shows: two digits of the score, not of a score that was rounded before."""
    known = score_page(Page("page", "Hello world\n\nThe council met on Monday, officials said."), load(DEFAULT))
    scores = [replace(known, id=name, sensationalism=score, reliability=score) for name in ("a", "b")]
    (tmp_path / "two.html").write_text("".join(html.report(scores)), encoding="utf-8")
    browser.open((tmp_path / "two.html").as_uri())
    expected = f"{score + 1e-12:.2f}"  # a half is rounded up: the page knows the step of ten thousand a score lies in
    assert set(browser.texts(".articles tbody td:nth-child(2)")) == {expected}
    browser.one(".articles tbody a").click()
    browser.wait("return document.querySelector('.annotated')")
    assert browser.one(".card .value").text.split()[0] == expected


def test_a_contribution_is_rounded_once(browser, report_of_one):
    """What a script makes of the numbers in the page is what the terminal prints."""
    rng = random.Random(7)
    added = [0.12496, -0.12496, 0.285, 0.125, -1.375, 0.0051, 1.005, *(rng.uniform(-4, 4) for _ in range(2000))]
    browser.open(report_of_one)
    shown = browser.js("return arguments[0].map((steps) => signed(steps / arguments[1]))", [steps(one) for one in added], STEPS)
    assert [float(one.replace("−", "-")) for one in shown] == [float(f"{one:.2f}") for one in added]


def test_on_paper_the_table_is_whole(browser, tmp_path):
    """Printed, no row is cut off below a window's edge, and what is left out of a very long table is said."""
    score = score_page(Page("page", "Hello world\n\nThe council met on Monday, officials said."), load(DEFAULT))
    report = html.report(replace(score, id=f"page {n:05}", sensationalism=n / 400) for n in range(400))
    (tmp_path / "many.html").write_text("".join(report), encoding="utf-8")
    browser.open((tmp_path / "many.html").as_uri())
    browser.js(
        "addEventListener('beforeprint', () => { window.printed = document.querySelectorAll('.articles tbody a').length; })"
    )
    browser.driver.execute_cdp_cmd("Page.printToPDF", {})
    assert browser.js("return window.printed") == 300
    assert len(browser.all(".articles tbody a")) < 80
    browser.js("dispatchEvent(new Event('beforeprint'))")
    assert browser.one(".articles").get_attribute("data-left") == "and 100 more, not printed"


def test_keyboard_alone_walks_the_table(browser, report_of_many):
    from selenium.webdriver.common.keys import Keys

    browser.open(report_of_many)
    browser.js("document.querySelector('.articles tbody a').focus()")
    first = browser.js(FOCUSED)
    browser.press(Keys.ARROW_DOWN)
    assert browser.js(FOCUSED) != first
    browser.press(Keys.ARROW_UP)
    assert browser.js(FOCUSED) == first
    browser.press(Keys.ENTER)
    browser.wait("return document.querySelector('.annotated')")
    browser.press(Keys.TAB, Keys.ENTER)
    browser.wait("return document.querySelector('.overview')")
    assert browser.js(FOCUSED) == first


def test_ten_thousand_rows_draw_a_screenful(browser, tmp_path):
    """The table draws what is in sight wherever it is scrolled to, and sorts and filters without a pause."""
    score = score_page(Page("page", "Hello world\n\nThe council met on Monday, officials said."), load(DEFAULT))
    report = html.report(replace(score, id=f"page {n:05}", sensationalism=n / 10_000) for n in range(10_000))
    (tmp_path / "large.html").write_text("".join(report), encoding="utf-8")
    browser.open((tmp_path / "large.html").as_uri())
    assert len(browser.all(".articles tbody tr")) < 80
    browser.js("document.querySelector('.articles').scrollTop = 190000")
    browser.wait("return document.querySelector('.articles').textContent.includes('page 04990')")
    assert len(browser.all(".articles tbody tr")) < 80
    assert (
        browser.js("""const begin = performance.now(); document.querySelector('.articles thead th button').click();
        return performance.now() - begin""")
        < 500
    )
    browser.one("input[type=search]").send_keys("page 0777")
    browser.wait("return document.querySelector('.shown').textContent.startsWith('10 of 10,000')")


def test_a_notebook_frame_draws_the_article(browser, tmp_path):
    score = score_page(Page("page", "Shocking horror\n\nThe furious residents said on Monday they were appalled."), load(DEFAULT))
    ready = "<script>document.documentElement.dataset.ready = 1</script>"
    (tmp_path / "cell.html").write_text(f"<meta charset=utf-8><body>{score._repr_html_()}{ready}", encoding="utf-8")
    browser.open((tmp_path / "cell.html").as_uri())
    browser.driver.switch_to.frame(browser.one("iframe"))
    browser.wait("return document.querySelector('.annotated mark')")
    browser.driver.switch_to.default_content()
    assert browser.complaints() == []


def test_points_open_articles(browser, report_of_many):
    from selenium.webdriver.common.keys import Keys

    browser.open(report_of_many)
    canvas = browser.one("canvas")
    browser.js("arguments[0].focus()", canvas)
    browser.press(Keys.ARROW_RIGHT)
    said = browser.wait("return document.querySelector('.point-label').textContent")
    browser.press(Keys.ENTER)
    browser.wait("return document.querySelector('.annotated')")
    assert browser.driver.title[:20] in said


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_stands_in_the_way(browser, report_of_one, report_of_many, size, dark):
    """axe finds no serious barrier, nothing is wider than the window, in both colour schemes, on desktop and phone."""
    for address in (report_of_one, report_of_many):
        browser.open(address, size, dark=dark)
        assert browser.is_within_width()
        assert browser.barriers() == []


def test_hostile_text_is_text(browser, write_report, tmp_path):
    page = tmp_path / "<img src=x onerror=window.pwned=7>.txt"
    page.write_text(HOSTILE + "Residents said on Tuesday that the council had met. " * 20, encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text(HOSTILE, encoding="utf-8")
    for pages in ([page], [page, other]):
        browser.open(write_report(tmp_path / "report.html", pages))
        if len(pages) == 2:
            browser.one(".articles tbody a").click()
            browser.wait("return document.querySelector('.annotated')")
        assert browser.js("return window.pwned") is None
        assert not browser.all(".annotated img, .annotated svg, .annotated script, .annotated a, .overview img")
        shown = browser.js("return document.querySelector('.page-text').textContent")
        assert "<img src=x onerror" in shown
        assert "⟨U+202E⟩gnikcosh⟨U+202C⟩" in shown
        assert "\u202e" not in browser.js("return document.documentElement.textContent")
        assert "furious" in browser.js(MARKS)
        assert browser.complaints() == []
