"""The HTTP API: what it answers, what it refuses, and how."""

import base64
import gzip
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="no web: pip install 'scorer[web]'")
uvicorn = pytest.importorskip("uvicorn")

import jsonschema  # noqa: E402

from scorer.config import Config  # noqa: E402
from scorer.model import DEFAULT, load  # noqa: E402
from scorer.pipeline import score  # noqa: E402
from scorer.report.jsonl import encode  # noqa: E402
from scorer.signals import SIGNALS  # noqa: E402
from scorer.web import app, asked, openapi, work, workers  # noqa: E402

JSON = {"Content-Type": "application/json"}
SETUP = work.Setup(str(DEFAULT), Config())
SCHEMA = json.loads((Path(__file__).resolve().parents[1] / "docs" / "output.schema.json").read_text(encoding="utf-8"))
TEXT = "Council meets on plan\n\n" + "The council said on Monday that it would meet again, officials said. " * 8


@pytest.fixture(scope="module")
def port():
    config = uvicorn.Config(app.create(SETUP), port=0, lifespan="on", ws="none", log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)


def ask(port, method, path, body=None, headers=JSON):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def problem(answer):
    status, headers, body = answer
    content = json.loads(body)
    assert headers["Content-Type"] == "application/problem+json"
    assert content["status"] == status
    assert {"type", "title", "detail"} <= set(content)
    assert b"Traceback" not in body
    return status, content


def test_one_page_is_answered_with_its_record(port):
    status, headers, body = ask(port, "POST", "/api/score", {"content": TEXT, "id": "text"})
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body) == json.loads(encode(score(TEXT)))
    jsonschema.validate(json.loads(body), SCHEMA)


def test_many_pages_are_answered_in_order_with_what_failed(port):
    files = [
        {"content": TEXT, "id": "a"},
        {"file": base64.b64encode(TEXT.encode("utf-16")).decode(), "name": "b.txt"},
        {"file": base64.b64encode(bytes(range(256)) * 40).decode(), "name": "c.txt"},
        {"content": TEXT, "media": "text", "url": "http://x.example/"},
    ]
    content = json.loads(ask(port, "POST", "/api/score", {"pages": files})[2])
    assert [one["id"] for one in content["results"]] == ["a", "b.txt", "page 4"]
    assert [one["path"] for one in content["failures"]] == ["c.txt"]


def test_answers_are_as_the_description_says(port):
    document = json.loads(ask(port, "GET", "/openapi.json")[2])
    schemas = {"components": document["components"]}
    bodies = {"/api/score": {"content": TEXT}, "/api/view": {"pages": [{"content": TEXT}]}}
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            status, _, body = ask(port, method.upper(), path, bodies.get(path))
            assert str(status) == "200"
            jsonschema.validate(
                json.loads(body), {**schemas, **described["responses"]["200"]["content"]["application/json"]["schema"]}
            )
            if path in bodies:
                refused = json.loads(ask(port, method.upper(), path, {})[2])
                jsonschema.validate(refused, {**schemas, "$ref": "#/components/schemas/Problem"})
    routes = {route.path for route in app.create(SETUP).routes if route.path.startswith("/api/")}
    assert routes == set(document["paths"])
    assert document == openapi.document(document["info"]["version"])


def test_signals_health_version(port):
    assert [one["name"] for one in json.loads(ask(port, "GET", "/api/signals")[2])] == [signal.name for signal in SIGNALS]
    assert json.loads(ask(port, "GET", "/api/health")[2]) == {"status": "ok"}
    assert json.loads(ask(port, "GET", "/api/version")[2])["model"] == load(DEFAULT).identity


def test_the_page_and_all_it_names_are_served(port):
    page = ask(port, "GET", "/")[2].decode()
    for name in [part.split('"')[0] for part in page.replace("href=", "src=").split('src="/')[1:]]:
        status, headers, body = ask(port, "GET", f"/{name}")
        assert status == 200
        assert body
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"", 400, None),
        (b"{", 400, None),
        (b'{"content": NaN}', 400, None),
        (b"\xff\xfe\xfa", 400, None),
        (b"[" * 100_000, 400, None),
        (b'{"content": ' + b"9" * 100_000 + b"}", 400, None),
        (b"[]", 422, "#"),
        (b"null", 422, "#"),
        (b"{}", 422, "#"),
        (b'{"content": 7}', 422, "#/content"),
        (b'{"content": "a", "file": "YQ=="}', 422, "#"),
        (b'{"content": "a", "pages": []}', 422, "#/content"),
        (b'{"content": "a", "media": "pdf"}', 422, "#/media"),
        (b'{"content": "a", "a/b~c": 1}', 422, "#/a~1b~0c"),
        (b'{"file": "not base64!"}', 422, "#/file"),
        (b'{"pages": {}}', 422, "#/pages"),
        (b'{"pages": []}', 422, "#/pages"),
        (b'{"pages": [{"content": "a"}, 5]}', 422, "#/pages/1"),
        (b'{"pages": [{"content": "a"}, {"content": null}]}', 422, "#/pages/1/content"),
        (json.dumps({"content": "a" * (asked.LONGEST_CONTENT + 1)}).encode(), 413, None),
        (b" " * (asked.LARGEST_BODY + 1), 413, None),
    ],
)
def test_what_cannot_be_scored_is_refused_with_a_reason(port, body, status, pointer):
    found, content = problem(ask(port, "POST", "/api/score", body))
    assert found == status
    if pointer:
        assert content["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nothing", {}, 404),
        ("GET", "/../pyproject.toml", {}, 404),
        ("GET", "/api/score", {}, 405),
        ("DELETE", "/", {}, 405),
        ("POST", "/api/score", {"Content-Type": "text/plain"}, 415),
        ("POST", "/api/score", {}, 415),
        ("GET", "/", {"Host": "evil.example"}, 421),
        ("GET", "/", {"Host": "localhost.evil.example:80"}, 421),
        ("GET", "/", {"Host": ""}, 421),
        ("POST", "/api/score", {**JSON, "Origin": "https://evil.example"}, 403),
        ("POST", "/api/score", {**JSON, "Origin": "null"}, 403),
        ("POST", "/api/score", {**JSON, "Origin": "http://localhost:1"}, 403),
        ("GET", "/api/signals", {"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_who_may_not_ask_is_refused(port, method, path, headers, status):
    assert problem(ask(port, method, path, b"{}" if method == "POST" else None, headers))[0] == status


def test_our_own_page_may_ask(port):
    origin = {**JSON, "Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "same-origin"}
    assert ask(port, "POST", "/api/score", {"content": TEXT}, origin)[0] == 200


def test_a_body_sent_too_slowly_is_given_up(port, monkeypatch):
    monkeypatch.setattr(asked, "SECONDS_TO_SEND", 0.2)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(
            b"POST /api/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
        )
        assert client.recv(100).startswith(b"HTTP/1.1 408")


def test_too_many_pages_in_a_file_are_cut_off(monkeypatch):
    monkeypatch.setattr(work, "SECONDS_TO_SCORE", -1.0)
    content = json.loads(work.answer(json.dumps({"pages": [{"content": TEXT}] * 3}).encode(), "record", SETUP))
    assert content["results"] == []
    assert "stopped" in content["failures"][0]["reason"]


def test_a_packed_file_is_opened_beside_the_others(port):
    """A small archive may hold much: it must not keep the small requests waiting."""
    page = gzip.compress(TEXT.encode())
    body = json.dumps({"pages": [{"file": base64.b64encode(page).decode(), "name": "a.txt.gz"}]})
    assert not asked.is_small(body.encode())
    assert asked.is_small(json.dumps({"content": TEXT}).encode())
    assert len(json.loads(ask(port, "POST", "/api/score", body)[2])["results"]) == 1


def test_halves_of_characters_are_answered(port):
    status, _, body = ask(
        port, "POST", "/api/view", b'{"content": "Council \\ud800 meets\\n\\nIt met on Monday, officials said."}'
    )
    assert status == 200
    assert json.loads(body)["row"]


def test_what_takes_too_long_is_ended_and_the_next_is_answered(port, monkeypatch):
    monkeypatch.setattr(workers, "SECONDS_TO_END", 0.05)
    content = json.dumps({"pages": [{"content": TEXT * 500}] * 9})
    status, told = problem(ask(port, "POST", "/api/score", content))
    assert status == 503
    assert "not scored within" in told["detail"]
    monkeypatch.undo()
    assert ask(port, "POST", "/api/score", {"content": TEXT})[0] == 200


def test_what_is_small_passes_by_what_is_large(port):
    """With all turns for large requests taken, a small one is answered first."""
    large = json.dumps({"pages": [{"content": TEXT * 700}] * 4})
    done = []
    threads = [threading.Thread(target=lambda: done.append(ask(port, "POST", "/api/score", large)[0])) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    assert ask(port, "POST", "/api/score", {"content": TEXT})[0] == 200
    assert len(done) < 3
    for thread in threads:
        thread.join()
    assert done == [200] * 3


def test_an_answer_says_what_it_took(port):
    told = ask(port, "POST", "/api/score", {"content": TEXT})[1]["Server-Timing"]
    assert re.fullmatch(r"wait;dur=\d+\.\d\d, score;dur=\d+\.\d\d", told)


def test_words_and_switches_of_a_config_count():
    """In this process and in those that score: `prepare` and `answer` are what they run."""
    config = Config(off=["fear_words"], words={"fear": ["zorbly"]})
    text = "Zorbly horror\n\n" + "A terrifying and zorbly noise was heard on Tuesday, officials said. " * 8
    body = json.dumps({"content": text, "id": "text"}).encode()
    told = json.loads(work.answer(body, "record", SETUP._replace(config=config)))
    assert told == json.loads(encode(score(text, config=config)))
    assert told["switched_off"] == ["fear_words"]
    assert "zorbly" in {one["text"].lower() for one in told["signals"]["fear_words"]["evidence"]}
    plain = json.loads(work.answer(body, "record", SETUP))
    assert "zorbly" not in {one["text"].lower() for one in plain["signals"]["fear_words"]["evidence"]}


def test_a_fault_of_ours_is_said_without_its_insides(port, monkeypatch, capsys):
    async def fail(*_, **__):
        raise RuntimeError("secret words of the page")

    monkeypatch.setattr(workers.to_process, "run_sync", fail)
    status, content = problem(ask(port, "POST", "/api/score", {"content": TEXT}))
    assert status == 500
    assert "secret" not in json.dumps(content)
    assert "secret" not in capsys.readouterr().err


def hostile_requests(n):
    """What is wrong with each in turn, with the statuses that say so: bytes changed at random, too large, of another kind."""
    rng = random.Random(4)
    good = json.dumps({"pages": [{"content": "Hello “world”", "id": "x"}, {"file": "SGVsbG8=", "name": "a.txt"}]}).encode()
    too_large = b" " * (asked.LARGEST_BODY + 1)
    too_long = json.dumps({"content": "a" * (asked.LONGEST_CONTENT + 1)}).encode()
    bomb = json.dumps({"file": base64.b64encode(gzip.compress(bytes(20_000_000))).decode(), "name": "a.txt.gz"}).encode()
    for number in range(n):
        path = rng.choice(["/api/score", "/api/view"])
        if number % 100 == 0:
            yield path, b"[" * 500_000, JSON, {400}
        elif number % 100 == 1:
            yield path, too_large, JSON, {413}
        elif number % 100 == 2:
            yield path, too_long, JSON, {413}
        elif number % 100 == 3:
            yield path, iter([too_large]), JSON, {413}  # in chunks, its length not declared
        elif number % 100 == 4:
            yield path, bomb, JSON, {200}
        elif number % 10 == 5:
            yield path, good, {"Content-Type": rng.choice(["text/plain", "", "multipart/form-data"])}, {415}
        elif number % 10 == 6:
            yield path, good, {**JSON, "Origin": "https://evil.example"}, {403}
        elif number % 10 == 7:
            yield path, good, {**JSON, "Host": "evil.example"}, {421}
        elif number % 10 == 8:
            yield rng.choice(["/", "/api/health", "/nothing", "/api/%00"]), good, JSON, {404, 405}
        else:
            body = bytearray(good)
            for _ in range(rng.randint(1, 8)):
                at = rng.randrange(len(body) or 1)
                body[at : at + rng.randint(0, 9)] = rng.choice(
                    [b"", rng.randbytes(3), b'"', b"{" * 50, b"\\u0000", b"\\ud800", b"1e999"]
                )
            yield path, bytes(body), JSON, {200, 400, 422}


def resident(pid):
    """Megabytes of memory of a process and those it started."""
    pids = [pid, *Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in pids) * os.sysconf("SC_PAGE_SIZE") / 1e6


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc to read memory from")
def test_a_thousand_hostile_requests_are_all_answered_and_leave_no_memory_behind():
    """By the command as it is run. Each gets the status that says what is wrong, as a problem, and nothing is printed."""
    program = "from scorer.cli import verbs_main; verbs_main()"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", program, "serve", "--port", "0"], **pipes) as server:
        try:
            port = int(re.search(r":(\d+)/", server.stdout.readline())[1])
            counted = Counter()
            sizes = []
            for number, (path, body, headers, statuses) in enumerate(hostile_requests(1200)):
                if number % 200 == 0:
                    sizes.append(resident(server.pid))
                answer = ask(port, "POST", path, body, headers)
                counted[answer[0]] += 1
                assert answer[0] in statuses, (number, answer[2][:300])
                assert b"Traceback" not in answer[2]
                if answer[0] != 200:
                    problem(answer)
            sizes.append(resident(server.pid))
            assert ask(port, "POST", "/api/score", {"content": TEXT})[0] == 200
        finally:
            server.terminate()
            said = server.communicate(timeout=30)
    assert said == ("", "")
    assert set(counted) == {200, 400, 403, 404, 405, 413, 415, 421, 422}
    # The first two hundred bring what is needed; from then on a thousand more may not add a tenth.
    assert max(sizes[2:]) < 1.1 * sizes[1], sizes
