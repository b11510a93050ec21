"""The page of `scorer serve` as a person uses it."""

import pytest
from hostile import HOSTILE

PLAIN = """Eleven treated after chlorine leak at pool

The pool was closed on Tuesday, the county council said in a statement. Its manager, Ann Poe, said that eleven swimmers
were taken to hospital and that all of them had been sent home by Wednesday. “We have asked for a report on the pump,”
she said. The report is due in March, according to the council.
"""
LOUD = """You won’t BELIEVE what this shocking pool did next!

Horrified parents are furious after a terrifying cloud of poison engulfed the pool in a nightmare that sent shockwaves around.

Insiders say that it is an utter disgrace, and that the bosses never cared about the sobbing children who fled in towels.

The outrage is growing, and furious families demand to know why nobody warned them about the horror that was to come.
"""


def paste(browser, text):
    browser.js("document.getElementById('paste').value = arguments[0]", text)
    browser.one("#score").click()
    browser.wait("return !document.querySelector('#score').disabled && document.querySelector('#shown').children.length")


def test_paste_read_and_take_the_json(browser, served):
    browser.open(served)
    paste(browser, LOUD)
    browser.wait("return document.querySelector('.annotated')")
    assert browser.one("#status").text == "1 page scored"
    assert "furious" in browser.js("return [...document.querySelectorAll('mark')].map((mark) => mark.textContent)")
    link = next(link for link in browser.all(".tools a") if link.text == "JSON")
    assert link.get_attribute("href").startswith("blob:")
    assert link.get_attribute("download") == "pasted 1.json"
    assert browser.complaints() == []


def test_compare_two_side_by_side(browser, served):
    browser.open(served)
    paste(browser, LOUD)
    paste(browser, PLAIN)
    browser.wait("return document.querySelector('.tools select')")
    browser.one(".tools select option:nth-child(2)").click()
    browser.wait("return document.querySelectorAll('.pair .annotated').length === 2")
    first, second = browser.all(".pair .annotated")
    assert first.rect["y"] == second.rect["y"]
    assert "What sets them apart most" in browser.one(".differences").text
    assert browser.barriers() == []
    browser.one(".tools a[href='#pages']").click()
    browser.wait("return document.querySelectorAll('.pick').length === 2")
    for box in browser.all(".pick"):
        box.click()
    browser.one(".tools button").click()
    browser.wait("return document.querySelectorAll('.pair .annotated').length === 2")
    assert browser.complaints() == []


def test_choose_files(browser, served, samples, tmp_path):
    broken = tmp_path / "broken.txt"
    broken.write_bytes(bytes(range(256)) * 40)
    browser.open(served)
    browser.one("#files").send_keys("\n".join(map(str, [*sorted(samples.glob("s*.txt")), broken])))
    browser.wait("return document.querySelector('.overview')")
    assert len(browser.all(".articles tbody a")) == 8
    assert "broken.txt" in browser.one(".failures").text
    browser.one(".articles tbody a").click()
    browser.wait("return document.querySelector('.annotated')")


def test_drop_a_file(browser, served):
    browser.open(served)
    browser.js(
        """
        const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[0]], "dropped.txt", {type: "text/plain"}));
        const how = {dataTransfer: transfer, bubbles: true, cancelable: true};
        for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, how));
        """,
        LOUD,
    )
    browser.wait("return document.querySelector('.annotated')")
    assert browser.one(".path").text == "dropped.txt"


def test_drop_a_folder(browser, served, samples, tmp_path):
    """As the system hands over a folder that is dragged in: what lies in folders below is found, hidden files are not."""
    inner = tmp_path / "crawl" / "deeper"
    inner.mkdir(parents=True)
    for name in ("s1_tabloid_pool_gas.txt", "s4_agency_pool_gas.txt"):
        (inner / name).write_bytes((samples / name).read_bytes())
    (inner / ".hidden.txt").write_text("Nothing to see")
    (tmp_path / "crawl" / "picture.txt").write_bytes(bytes(range(256)) * 40)
    browser.open(served)
    data = {"items": [], "files": [str(tmp_path / "crawl")], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        event = {"type": kind, "x": 300, "y": 200, "data": data}
        browser.driver.execute_cdp_cmd("Input.dispatchDragEvent", event)
    browser.wait("return document.querySelector('.overview')")
    assert browser.one("#status").text == "2 pages scored, 1 file could not be read"
    assert {file.get_attribute("title") for file in browser.all(".articles .file")} == {
        "crawl/deeper/s1_tabloid_pool_gas.txt",
        "crawl/deeper/s4_agency_pool_gas.txt",
    }
    assert "crawl/picture.txt" in browser.one(".failures").text
    assert not browser.all("body.dropping")
    assert browser.complaints() == []


def test_keyboard_alone(browser, served):
    from selenium.webdriver.common.keys import Keys

    browser.open(served)
    browser.press(Keys.TAB, PLAIN.replace("\n", " "), Keys.TAB, Keys.ENTER)
    browser.wait("return document.querySelector('.annotated')")
    browser.press(Keys.TAB)
    assert browser.js("return document.activeElement !== document.body")


def test_nothing_to_score_is_said(browser, served):
    browser.open(served)
    browser.one("#score").click()
    assert "paste a page first" in browser.one("#status").text


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_stands_in_the_way(browser, served, size, dark):
    browser.open(served, size, dark=dark)
    assert browser.barriers() == []
    paste(browser, LOUD)
    browser.wait("return document.querySelector('.annotated')")
    assert browser.is_within_width()
    assert browser.barriers() == []


def test_hostile_paste_is_text(browser, served):
    browser.open(served)
    paste(browser, HOSTILE)
    browser.wait("return document.querySelector('.annotated')")
    assert browser.js("return window.pwned") is None
    assert not browser.all(".annotated img, .annotated svg, .annotated script, .annotated a")
    assert browser.complaints() == []
