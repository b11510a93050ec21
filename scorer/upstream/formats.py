"""The formats of the public sets -> rows of our tables, a converter each. A converter takes, for each of its parts, the files
or folders that the manifest names, and yields rows; it raises DatasetError naming the file and the place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from scorer.datasets import DatasetError
from scorer.hosts import source_of
from scorer.upstream.fetch import POINTER

Row = dict[str, Any]
Parts = Mapping[str, Sequence[Path]]


class Converter(NamedTuple):
    """What a set is made of, and how it is read."""

    parts: tuple[str, ...]
    rows: Callable[[Parts], Iterator[Row]]


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror}") from None
    if data.startswith(POINTER):
        raise DatasetError(f"{path}: a pointer of Git LFS, not the file; `git lfs pull` in the checkout brings it")
    try:
        # newline="" as it stands: offsets into a text count its characters.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: byte {error.start}: not UTF-8; check the file out again") from None


def _json(path: Path, text: str | None = None, line: int = 1) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return json.loads(_text(path) if text is None else text)
    except (json.JSONDecodeError, RecursionError) as error:
        at = line + getattr(error, "lineno", 1) - 1
        raise DatasetError(f"{path}:{at}: not JSON ({getattr(error, 'msg', 'too deep')}); check the file out again") from None


def _json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            yield number, _json(path, line, number)


def _table(path: Path, columns: Sequence[str], delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with a header, by line. A cell may be as long as the file."""
    csv.field_size_limit(2**31 - 1)
    table = csv.DictReader(io.StringIO(_text(path), newline=""), delimiter=delimiter, strict=True)
    try:
        for missing in [name for name in columns if name not in (table.fieldnames or ())]:
            raise DatasetError(f"{path}:1: no column {missing}; expected {delimiter.join(columns)}")
        for row in table:
            if any(row[name] is None for name in columns):
                raise DatasetError(f"{path}:{table.line_num}: too few cells; check the file out again")
            yield table.line_num, row
    except csv.Error as error:
        raise DatasetError(f"{path}:{table.line_num}: not CSV: {error}; check the file out again") from None


def _xml(path: Path) -> etree._Element:
    """The root of a document. No entity of its own is expanded and nothing is fetched for it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(_text(path).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise DatasetError(f"{path}:{error.lineno}: not XML: {error.msg}; check the file out again") from None


class _Fields:
    """The fields of one record of a file; what is missing or no such value is said with the place."""

    def __init__(self, place: str, record: object) -> None:
        if not isinstance(record, Mapping):
            raise DatasetError(f"{place}: not a record of named fields; is it another set's file?")
        self.place, self.record = place, record

    def text(self, name: str) -> str:
        value = self.record.get(name)
        if not isinstance(value, str):
            raise DatasetError(f"{self.place}: no text {name!r}; is it another set's file?")
        return value

    def number(self, name: str, low: float, high: float) -> float:
        try:
            value = float(self.record.get(name, ""))
        except (TypeError, ValueError):
            value = float("nan")
        if not low <= value <= high:
            raise DatasetError(f"{self.place}: {name!r} is no number from {low:g} to {high:g}; is it another set's file?")
        return value


def _records(path: Path) -> Iterator[_Fields]:
    """The records of a JSON array."""
    records = _json(path)
    if not isinstance(records, list):
        raise DatasetError(f"{path}: not an array of records; is it another set's file?")
    for number, record in enumerate(records):
        yield _Fields(f"{path}: record {number}", record)


def _files(folders: Sequence[Path], pattern: str) -> Iterator[Path]:
    for folder in folders:
        found = sorted(folder.glob(pattern))
        if not found:
            raise DatasetError(f"{folder}: no {pattern} in it; check the repository out again")
        yield from found


def _domain(url: str) -> str:
    source = source_of(url, "")
    return source if isinstance(source, str) else ""


def _ratings(paths: Sequence[Path]) -> Iterator[Row]:
    for path in paths:
        for line, row in _table(path, ("domain", "pc1")):
            yield {"domain": row["domain"], "pc1": _Fields(f"{path}:{line}", row).number("pc1", 0, 1)}


def domain_ratings(parts: Parts) -> Iterator[Row]:
    """Quality of domains, 0-1: CSV with domain and pc1 (Lin et al. 2023)."""
    return _ratings(parts["ratings"])


class _Articles:
    """Rows of the table `articles`, each with the rating of its domain where there is one."""

    def __init__(self, parts: Parts) -> None:
        self.quality = {row["domain"]: row["pc1"] for row in _ratings(parts["ratings"])}

    def row(self, collection: str, identity: str, url: str, title: str, text: str, label: str) -> Row:
        domain = _domain(url)
        return {
            "id": f"{collection}-{identity}",
            "collection": collection,
            "domain": domain,
            "title": title,
            "text": text,
            "label": label,
            "pc1": self.quality.get(domain),
        }


def allsides(parts: Parts) -> Iterator[Row]:
    """A folder of JSON, an article each (Baly et al. 2020); its label is the outlet's political leaning."""
    articles = _Articles(parts)
    for path in _files(parts["articles"], "*.json"):
        found = _Fields(str(path), _json(path))
        # `content` is split into tokens; `content_original` is the text as it was printed.
        printed = "content_original" if "content_original" in found.record else "content"
        url, title, text, label = (found.text(name) for name in ("source_url", "title", printed, "bias_text"))
        yield articles.row("allsides", path.stem, url, title, text, label)


def fakenewsnet(parts: Parts) -> Iterator[Row]:
    """FakeNewsNet (Shu et al. 2020): SITE/VERDICT/ID/news content.json; the label is the site's verdict on the story. What could
    not be retrieved is an empty object."""
    articles = _Articles(parts)
    for folder in parts["articles"]:
        site, verdict = folder.parts[-2:]
        collection = site if site == "politifact" else f"{site}_{verdict}"
        for path in _files([folder], "*/news content.json"):
            if record := _json(path):
                url, title, text = (_Fields(str(path), record).text(name) for name in ("url", "title", "text"))
                yield articles.row(collection, path.parent.name, url, title, text, f"{site}/{verdict}")


def fncorpus(parts: Parts) -> Iterator[Row]:
    """The sample of FakeNewsCorpus: CSV with domain, type, title and content; the label is that of the domain."""
    articles = _Articles(parts)
    for path in parts["articles"]:
        for line, row in _table(path, ("domain", "type", "title", "content")):
            yield articles.row("fncorpus", str(line), row["domain"], row["title"], row["content"], row["type"])


def babe(parts: Parts) -> Iterator[Row]:
    """Sentences labelled by experts (Spinde et al. 2021): CSV with semicolons; biased_words is kept as it is printed."""
    columns = ("text", "outlet", "topic", "type", "label_bias", "label_opinion", "biased_words")
    for path in parts["sentences"]:
        for line, row in _table(path, columns, ";"):
            if row["label_bias"] not in ("Biased", "Non-biased", "No agreement"):
                raise DatasetError(f"{path}:{line}: label_bias {row['label_bias']!r} is not Biased, Non-biased or No agreement")
            if row["label_bias"] != "No agreement":
                yield {name: row[name] for name in columns}


def article_comparisons(parts: Parts) -> Iterator[Row]:
    """Pages of many outlets on one event, as scraped: CSV with id, publisher, scrape_time and text."""
    columns = ("id", "publisher", "scrape_time", "text")
    for path in parts["pages"]:
        for _, row in _table(path, columns):
            yield {name: row[name] for name in columns}


def ptc(parts: Parts) -> Iterator[Row]:
    """Articles with spans by technique (Da San Martino et al. 2020): articleID.txt, articleID.task2-TC.labels. An article
    without a file of labels was not labelled, and is left out."""
    for path in _files(parts["labels"], "article*.task2-TC.labels"):
        identity = path.name.removeprefix("article").split(".")[0]
        article = next((file for folder in parts["articles"] if (file := folder / f"article{identity}.txt").is_file()), None)
        if article is None:
            raise DatasetError(f"{path}: no article{identity}.txt in {parts['articles'][0]}; check the repository out again")
        text = _text(article)
        spans = []
        for number, line in enumerate(_text(path).splitlines(), 1):
            try:
                said, technique, start, end = line.split("\t")
                span = [int(start), int(end), technique]
            except ValueError:
                raise DatasetError(f"{path}:{number}: not id, technique, start, end with tabs between") from None
            if said != identity or not 0 <= int(start) < int(end) <= len(text):
                raise DatasetError(f"{path}:{number}: {start}-{end} is no span of article {identity}; are they of one release?")
            spans.append(span)
        yield {"id": identity, "text": text, "spans": sorted(spans)}


def webis_clickbait(parts: Parts) -> Iterator[Row]:
    """Webis-Clickbait-17 as its authors publish it: instances.jsonl joined by id with truth.jsonl."""
    truth: dict[str, Row] = {}
    for path in parts["truth"]:
        for line, record in _json_lines(path):
            said = _Fields(f"{path}:{line}", record)
            identity = said.text("id")
            truth[identity] = {
                "strength": said.number("truthMean", 0, 1),
                "judgments": record.get("truthJudgments"),
                "clickbait": said.text("truthClass") == "clickbait",
            }
    for path in parts["instances"]:
        for line, record in _json_lines(path):
            teaser = _Fields(f"{path}:{line}", record)
            identity, pieces = teaser.text("id"), record.get("postText")
            if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
                raise DatasetError(f"{path}:{line}: postText is no list of texts; is it another set's file?")
            if identity not in truth:
                raise DatasetError(f"{path}:{line}: id {identity} is not in truth.jsonl; are they of one release?")
            if text := " ".join(pieces).strip():
                yield {"id": identity, "text": text, **truth[identity]}


def clickbait_posts(parts: Parts) -> Iterator[Row]:
    """The same teasers, their addresses taken out, with their truth beside them: a JSON array of records."""
    for path in parts["posts"]:
        for post in _records(path):
            yield {
                "id": f"{post.record.get('text_id')}",
                "text": post.text("post_text"),
                "strength": post.number("truth_mean", 0, 1),
                "clickbait": post.number("click_bait", 0, 1) == 1,
            }


def hyperpartisan(parts: Parts) -> Iterator[Row]:
    """SemEval-2019 task 4 (Kiesel et al. 2019): articles and ground truth in XML, joined by id. The body is its paragraphs,
    each once: the set holds pages whose text came twice."""
    truth = {one.get("id"): (path, one) for path in parts["truth"] for one in _xml(path).iter("article")}
    for path in parts["articles"]:
        for article in _xml(path).iter("article"):
            identity = article.get("id")
            if identity not in truth:
                raise DatasetError(
                    f"{path}:{article.sourceline}: article {identity} is not in the ground truth; are they of one release?"
                )
            where, said = truth[identity]
            label, url = said.get("hyperpartisan"), said.get("url") or ""
            if label not in ("true", "false"):
                raise DatasetError(f"{where}:{said.sourceline}: hyperpartisan is {label!r}, not true or false")
            paragraphs = (" ".join("".join(p.itertext()).split()) for p in article.iter("p"))
            yield {
                "id": identity,
                "url": url,
                "domain": _domain(url),
                "published": article.get("published-at") or "",
                "title": article.get("title") or "",
                "text": "\n\n".join(dict.fromkeys(filter(None, paragraphs))),
                "links": list(dict.fromkeys(link.get("href") for link in article.iter("a") if link.get("href"))),
                "hyperpartisan": label == "true",
            }


def _stories(folders: Sequence[Path], identity: str) -> _Fields | None:
    """The story of a review; some were never retrieved."""
    path = next((file for folder in folders if (file := folder / f"{identity}.json").is_file()), None)
    return None if path is None else _Fields(str(path), _json(path))


def _health_row(identity: str, story: _Fields, rating: float, n_met: int) -> Row:
    return {
        "id": identity,
        "domain": _domain(story.text("url")),
        "title": story.text("title"),
        "text": story.text("text"),
        "rating": int(rating),
        "criteria_met": n_met,
    }


def fakehealth(parts: Parts) -> Iterator[Row]:
    """FakeHealth (Dai et al. 2020) as published: a file of reviews with rating and criteria, a folder of stories."""
    for path in parts["reviews"]:
        for review in _records(path):
            identity, criteria = review.text("news_id"), review.record.get("criteria")
            if not isinstance(criteria, list) or not all(isinstance(one, Mapping) for one in criteria):
                raise DatasetError(f"{review.place}: criteria is no list of records; is it another set's file?")
            rating = review.number("rating", 0, 5)
            if (story := _stories(parts["stories"], identity)) and story.text("text").strip():
                yield _health_row(identity, story, rating, sum(one.get("answer") == "Satisfactory" for one in criteria))


def fakehealth_ratings(parts: Parts) -> Iterator[Row]:
    """The same with the reviews as a table: CSV with news_id, rating and num_satisfactory."""
    for path in parts["ratings"]:
        for line, row in _table(path, ("news_id", "rating", "num_satisfactory")):
            review = _Fields(f"{path}:{line}", row)
            rating, n_met = review.number("rating", 0, 5), review.number("num_satisfactory", 0, 10)
            if (story := _stories(parts["stories"], row["news_id"])) and story.text("text").strip():
                yield _health_row(row["news_id"], story, rating, int(n_met))


def wikiweasel(parts: Parts) -> Iterator[Row]:
    """CoNLL-2010 shared task 1, Wikipedia (Farkas et al. 2010): sentences in XML, certain or uncertain."""
    for path in parts["sentences"]:
        for sentence in _xml(path).iter("sentence"):
            certainty = sentence.get("certainty")
            if certainty not in ("certain", "uncertain"):
                raise DatasetError(f"{path}:{sentence.sourceline}: certainty is {certainty!r}, not certain or uncertain")
            if text := " ".join("".join(sentence.itertext()).split()):
                yield {"text": text, "hedged": int(certainty == "uncertain")}


CONVERTERS: dict[str, Converter] = {
    "domain_ratings": Converter(("ratings",), domain_ratings),
    "allsides": Converter(("articles", "ratings"), allsides),
    "fakenewsnet": Converter(("articles", "ratings"), fakenewsnet),
    "fncorpus": Converter(("articles", "ratings"), fncorpus),
    "babe": Converter(("sentences",), babe),
    "article_comparisons": Converter(("pages",), article_comparisons),
    "ptc": Converter(("articles", "labels"), ptc),
    "webis_clickbait": Converter(("instances", "truth"), webis_clickbait),
    "clickbait_posts": Converter(("posts",), clickbait_posts),
    "hyperpartisan": Converter(("articles", "truth"), hyperpartisan),
    "fakehealth": Converter(("stories", "reviews"), fakehealth),
    "fakehealth_ratings": Converter(("stories", "ratings"), fakehealth_ratings),
    "wikiweasel": Converter(("sentences",), wikiweasel),
}
