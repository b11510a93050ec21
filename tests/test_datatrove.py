"""The step inside datatrove's own pipelines, with the real package."""

import json
import pickle

import pytest

datatrove = pytest.importorskip("datatrove", reason="needs datatrove: pip install 'scorer[datatrove]'")

from datatrove.data import Document  # noqa: E402
from datatrove.executor.local import LocalPipelineExecutor  # noqa: E402
from datatrove.pipeline.readers import JsonlReader  # noqa: E402
from datatrove.pipeline.writers.jsonl import JsonlWriter  # noqa: E402

import scorer  # noqa: E402
from scorer.config import ConfigError, read_config  # noqa: E402
from scorer.datatrove import ScoreFilter  # noqa: E402
from scorer.types import TARGETS  # noqa: E402
from scorer.where import WhereError  # noqa: E402

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def texts(samples):
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(samples.glob("s*.txt"))}


def test_every_document_gets_its_scores(texts, small_model):
    documents = [Document(text, name) for name, text in texts.items()]
    passed = list(ScoreFilter(model=small_model).run(iter(documents)))
    assert [document.id for document in passed] == list(texts)
    for document in passed:
        score = scorer.score(texts[document.id], model=small_model)
        assert {t: document.metadata[f"scorer_{t}"] for t in TARGETS} == {t: getattr(score, t) for t in TARGETS}
        assert document.metadata["scorer_abstained"] == score.abstained


def test_one_by_one_is_the_same(texts, small_model):
    step = ScoreFilter("sensationalism < 0.4", model=small_model, batch_size=1)
    alone = [document.id for document in step.run(Document(text, name) for name, text in texts.items())]
    together = [
        d.id for d in ScoreFilter("sensationalism < 0.4", model=small_model).run(Document(t, n) for n, t in texts.items())
    ]
    assert alone == together and 0 < len(alone) < len(texts)


def test_a_config_counts_also_where_its_file_is_not(tmp_path, texts, small_model):
    path = tmp_path / "scorer.toml"
    path.write_text('[signals]\noff = ["named_sources"]\n[words]\nfear = ["council", "pool"]\n', encoding="utf-8")
    config = read_config(path)
    shipped = pickle.dumps([ScoreFilter(model=small_model, config=given) for given in (path, str(path), config)])
    path.unlink()
    found = {}
    for step in pickle.loads(shipped):
        for document in step.run(Document(text, name) for name, text in texts.items()):
            found[document.id] = {t: document.metadata[f"scorer_{t}"] for t in TARGETS}
            score = scorer.score(texts[document.id], model=small_model, config=config)
            assert found[document.id] == {t: getattr(score, t) for t in TARGETS}
    plain = {d.id: d.metadata for d in ScoreFilter(model=small_model).run(Document(t, n) for n, t in texts.items())}
    for target in ("sensationalism", "reliability"):
        assert any(found[name][target] != plain[name][f"scorer_{target}"] for name in texts)


def test_html_is_read_as_html(small_model):
    page = "<html><body><h1>Council meets</h1><p>The council met on Tuesday.</p></body></html>"
    (document,) = ScoreFilter(model=small_model, columns=("headline",)).run(iter([Document(page, "a")]))
    assert document.metadata == {"scorer_headline": "Council meets"}


def test_a_pipeline_from_file_to_file(tmp_path, texts, small_model):
    (tmp_path / "in").mkdir()
    lines = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    (tmp_path / "in" / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    dropped = JsonlWriter(str(tmp_path / "dropped"), compression=None)
    pipeline = [
        JsonlReader(str(tmp_path / "in")),
        ScoreFilter("sensationalism < 0.4 and abstained is null", model=small_model, exclusion_writer=dropped),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    LocalPipelineExecutor(pipeline, logging_dir=str(tmp_path / "logs")).run()
    rows = {
        place: [
            json.loads(line) for path in (tmp_path / place).iterdir() for line in path.read_text(encoding="utf-8").splitlines()
        ]
        for place in ("out", "dropped")
    }
    assert rows["out"] and rows["dropped"]
    assert sorted(row["id"] for row in [*rows["out"], *rows["dropped"]]) == sorted(texts)
    assert all(row["metadata"]["scorer_sensationalism"] < 0.4 for row in rows["out"])


@pytest.mark.slow
def test_in_processes_of_their_own(tmp_path, texts, small_model):
    """As a crawl is scored: the pipeline goes to workers, each of which has a share of the files."""
    (tmp_path / "in").mkdir()
    for name, text in texts.items():
        (tmp_path / "in" / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": text}), encoding="utf-8")
    pipeline = [
        JsonlReader(str(tmp_path / "in")),
        ScoreFilter(model=small_model),
        JsonlWriter(str(tmp_path / "out"), compression=None),
    ]
    LocalPipelineExecutor(pipeline, tasks=2, workers=2, logging_dir=str(tmp_path / "logs")).run()
    written = sorted((tmp_path / "out").iterdir())
    rows = [json.loads(line) for path in written for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(written) == 2 and sorted(row["id"] for row in rows) == sorted(texts)
    for row in rows:
        score = scorer.score(texts[row["id"]], model=small_model)
        assert {t: row["metadata"][f"scorer_{t}"] for t in TARGETS} == {t: getattr(score, t) for t in TARGETS}


def test_a_mistake_is_told_before_the_pipeline_starts():
    with pytest.raises(WhereError, match="did you mean"):
        ScoreFilter("sensatonalism < 1")
    with pytest.raises(ConfigError, match="cannot be read"):
        ScoreFilter(config="nowhere.toml")
    with pytest.raises(ValueError, match="no column 'loudness'"):
        ScoreFilter(columns=("headline", "loudness"))
