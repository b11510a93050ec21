"""When a page was published: days out of its metadata, its address, its scripts, and what a reader sees."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from scorer.hosts import split_address
from scorer.parse.marks import Head, Marks

_DATE_NAME_TEXT = (
    "date pubdate publishdate published publicationdate datepublished publisheddate publishedat publishtime publishedtime dcdate "
    "dcdateissued dcissued dcdatepublished dctermscreated dctermsdate dctermsissued dcdatecreated dccreated "
    "dcdatepublication rnewsdatepublished btpubdate rbpubdate pdate ptime vrpublishedtime mediatorpublishedtime "
    "parselypubdate sailthrudate citationpublicationdate citationdate articlepublished articlepublisheddate "
    "articlepublishdate articlepublicationdate articlepostdate ogpublishedtime ogpublishdate ogdatepublished ogpubdate "
    "cxenseparserecspublishtime originalpublicationdate shareaholicarticlepublishedtime "
    "articledateoriginal postdate displaydate releasedate dateposted created datecreated"
)
DATE_NAMES = tuple(_DATE_NAME_TEXT.split())
_CHANGED_NAME_TEXT = (
    "articlemodifiedtime articlemodified ogupdatedtime ogmodifiedtime datemodified lastmodified dctermsmodified dcmodified "
    "modified modifieddate updated updatedtime lastupdated lastmod revised revisiondate"
)
CHANGED_NAMES = tuple(_CHANGED_NAME_TEXT.split())
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?"
DATE = re.compile(
    r"\b(?P<year1>(?:19|20)\d\d)[-/.](?P<month1>\d\d?)[-/.](?P<day1>\d\d?)"
    r"|\b" + _MONTH.format(2) + r"[ .](?P<day2>\d\d?)(?:st|nd|rd|th)?(?:,? |\.)(?P<year2>(?:19|20)\d\d)\b"
    r"|\b(?P<day3>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -]?" + _MONTH.format(3) + r",?[ -]?(?P<year3>(?:19|20)\d\d)\b"
    r"|\b(?P<a4>\d\d?)(?P<sign4>[/.-])(?P<b4>\d\d?)(?P=sign4)(?P<year4>(?:19|20)\d\d)\b"
    r"|\b" + _MONTH.format(5) + r" (?P<day5>\d\d?) \d\d:\d\d:\d\d (?:[A-Z]{3,4} )?(?P<year5>(?:19|20)\d\d)\b"
    r"|\b(?P<a7>\d\d?)/(?P<b7>\d\d?)/(?P<year7>\d\d)\b(?!/)"
    r"|^(?P<year6>(?:19|20)\d\d)(?P<month6>[01]\d)(?P<day6>[0-3]\d)(?:\d{6})?(?!\d)",
    re.IGNORECASE,
)

_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")  # since 1970, or thousandths of them


def iso_date(value: object, *, day_first: bool | None = None) -> str:
    """The first date in a text, as YYYY-MM-DD; empty where there is none, or where day and month may be exchanged and
    `day_first` does not say which is which.
    """
    if not isinstance(value, str):
        return ""
    if _SECONDS.fullmatch(value):
        return dt.datetime.fromtimestamp(int(value[:10]), dt.UTC).date().isoformat()
    for match in DATE.finditer(" ".join(value[:300].split())):
        group = match.groupdict()
        for kind in "1234567":
            if not group[f"year{kind}"]:
                continue
            year = int(group[f"year{kind}"])
            if kind in "47":
                year += 2000 if kind == "7" else 0
                first, second = int(group[f"a{kind}"]), int(group[f"b{kind}"])
                # Full stops stand between day, month and year where the day comes first.
                days_lead = True if kind == "4" and group["sign4"] == "." else day_first
                if max(first, second) <= 12 and first != second and days_lead is None:
                    break
                exchanged = first > 12 or (second <= 12 and days_lead is True)
                month, day = (second, first) if exchanged else (first, second)
            else:
                said = group[f"month{kind}"]
                month = int(said) if said.isdigit() else _MONTHS.index(said.lower()[:3]) + 1
                day = int(group[f"day{kind}"])
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return ""


_YEAR = r"(?:19|20)\d\d"
_ADDRESS_DATE = re.compile(
    rf"/({_YEAR})/(\d\d?|[a-z]{{3}})/(\d\d?)(?=/|$)"
    rf"|/({_YEAR})[/-]?(\d\d|[a-z]{{3}})[/-]?(\d\d)(?=[/\-_.]|$)"
    # After other words only at the end of a folder: "-2001-09-11-" may be what the page is about.
    rf"|[_-]({_YEAR})-?(\d\d)-?(\d\d)(?=[/.]|$)"
)
_UPDATED = re.compile(r"updated|modified|reviewed|copyright|©", re.IGNORECASE)


def date_in_address(address: str) -> str:
    """The day in the path of an address: "/2024/05/01/", "/2024/may/01/", "-20240501"; empty without one."""
    for found in _ADDRESS_DATE.finditer(split_address(address).path.lower()):
        year, month, day = (part for part in found.groups() if part)
        number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
        if 1 <= number <= 12 and 1 <= int(day) <= 31:
            return f"{year}-{number:02d}-{int(day):02d}"
    return ""


def first_date(meta: Mapping[str, str], names: Iterable[str]) -> str:
    """The first day that one of these meta tags gives, in their order; empty without one."""
    return next((found for name in names if (found := iso_date(meta.get(name)))), "")


_SCRIPT_DATE = re.compile(
    r"[\"'](?:published_?(?:at|date|time|on)?|publish_?(?:date|time|at|on)|pub_?date|(?:first_?)?publication_?date"
    r"|first_?published(?:_?(?:at|date))?|date_?published|upload_?date)\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"\b(?:published|posted)\b|^date\b", re.IGNORECASE)


def date_in_scripts(source: str) -> str:
    """The date of publication in the data a page brings along for its scripts, if it holds only one."""
    found = {iso_date(value) for value in _SCRIPT_DATE.findall(source)} - {""}
    return found.pop() if len(found) == 1 else ""


def day_first_in(language: str, host: str) -> bool | None:
    """Whether 3/4/2024 is the third of April on this page: by its region, or else by the country of its host."""
    region = language.rpartition("-")[2].lower() if "-" in language else host.rpartition(".")[2]
    if region == "us":
        return False
    return True if region in ("gb", "uk", "au", "nz", "ie", "in", "za") else None


_ORIGINALLY = re.compile(r"\b(?:originally|first) (?:published|posted|appeared)\b", re.IGNORECASE)


def original_date(text: str, head: Head, *, day_first: bool | None) -> str:
    """The date in "This article was originally published on ...", above the article or below it."""
    for start, end in ((head.end, head.body + 400), (head.foot - 400, head.foot + 1500)):
        for match in _ORIGINALLY.finditer(text, max(0, start), max(0, end)):
            if found := iso_date(text[match.end() : match.end() + 60].split("\n", 1)[0], day_first=day_first):
                return found
    return ""


def visible_date(marks: Marks, text: str, head: Head, *, day_first: bool | None) -> tuple[str, str]:
    """The date of publication near the headline or below the article, a <time> before a line that holds one, and the
    date of a change, which stands in for it.
    """
    low, high = max(0, head.start - 300), max(head.body + 100, head.end + 500)
    late = ""
    for value, at, named in sorted(marks.times, key=lambda t: t[1] < head.start):
        if low <= at <= high and (found := iso_date(value)):
            line_start = text.rfind("\n", 0, at) + 1
            said = _UPDATED.search(text[line_start:at]) or _UPDATED.match(text[at : at + 12])
            if named == "published" or not (named or said):
                return found, ""
            late = late or found
    after = [line for line in text[max(0, head.end) : high].split("\n") if len(line) < 200]
    before = [line for line in text[low : max(0, head.start)].split("\n") if len(line) < 200]
    for line in [*after, *reversed(before)]:
        if found := iso_date(line, day_first=day_first):
            update = _UPDATED.search(line)
            if not update:
                return found, ""
            # "Published March 1, 2024, updated May 2, 2024": the date before the word; or the one after another word.
            first = iso_date(line[: update.start()], day_first=day_first)
            cue = _PUBLISHED.search(line, update.end())
            if first := first or (iso_date(line[cue.end() :], day_first=day_first) if cue else ""):
                return first, ""
            late = late or found
    if head.foot:
        lines = [line for line in text[head.foot : head.foot + 2000].split("\n") if len(line) < 200]
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            cue = _PUBLISHED.search(line)
            found = iso_date(line[cue.start() :], day_first=day_first) if cue else ""
            if cue and not found and len(line) < 20:
                found = iso_date(following, day_first=day_first)
            if found:
                return found, ""
    for kind, start, end in marks.ranges:
        line = text[start:end] if kind == "meta" and not late and low <= start <= head.foot and end - start < 60 else ""
        if line and not _UPDATED.search(line) and (found := iso_date(line, day_first=day_first)):
            return found, ""
    days = {found for value, _, _ in marks.times if (found := iso_date(value))}
    return (days.pop() if len(days) == 1 and not late else ""), late


_BY_GREENWICH = re.compile(r"T(?:(?P<early>0\d|1[01])|1\d|2\d):[\d:.]+(?:Z|\+00:?00)$")


def day_printed(date: str, stamp: object, others: Sequence[tuple[str, str]], seen: str) -> str:
    """The day of publication where the page's sources disagree on it; empty where the first source decides.

    The printed day decides where JSON-LD and OpenGraph contradict each other. A stamp by Greenwich may be the same moment
    as the evening before, or the morning after, by the clock of the page: then another source's day decides.
    """
    if seen and any(source == "opengraph" for source, _ in others):
        return seen
    found = _BY_GREENWICH.search(stamp.strip()) if isinstance(stamp, str) else None
    if not found:
        return ""
    away = 1 if found["early"] else -1
    return next((day for day in (seen, *(day for _, day in others)) if day and _ordinal(date) - _ordinal(day) == away), "")


def _ordinal(date: str) -> int:
    """The number of the day; an impossible one such as February 30 counts on from the month's first."""
    return dt.date.fromisoformat(f"{date[:7]}-01").toordinal() + int(date[8:])
