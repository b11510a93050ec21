"""The description of the HTTP API, OpenAPI 3.1. A test holds the routes and the answers against it."""

from __future__ import annotations

from typing import Any

from scorer.types import TARGETS, ZONES
from scorer.web.asked import LARGEST_BODY, LONGEST_CONTENT, MOST_PAGES

Json = dict[str, Any]


def document(version: str) -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "scorer",
            "version": version,
            "description": (
                "Scores how sensationally news pages are worded and how well they are sourced, and shows the words "
                "that say so. It does not judge what a page reports. Fetches no address and keeps nothing."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/score": {"post": _post("Score one page, or many", _one_of("Score", "Scores"))},
            "/api/view": {"post": _post("What the page in the browser draws; may change without notice", _ref("Views"))},
            "/api/signals": {"get": _get("The signals, in order", {"type": "array", "items": _ref("Signal")})},
            "/api/legend": {"get": _get("What the numbers of a view stand for", {"type": "object"})},
            "/api/health": {"get": _get("Whether it answers", _object({"status": {"const": "ok"}}))},
            "/api/version": {"get": _get("Versions", _object({"version": _TEXT, "model": _ref("Model")}))},
        },
        "components": {"schemas": _schemas()},
    }


_TEXT: Json = {"type": "string"}
_NUMBER: Json = {"type": ["number", "null"]}
_OFFSET: Json = {"type": "integer", "minimum": 0, "description": "In characters (code points) of the article's text."}


def _schemas() -> Json:
    per_target: Json = {"type": "object", "propertyNames": {"enum": list(TARGETS)}}
    evidence = {"start": _OFFSET, "end": _OFFSET, "text": _TEXT, "line": _OFFSET, "column": _OFFSET}
    score: Json = {
        "id": _TEXT,
        "path": _TEXT,
        "headline": {"type": ["string", "null"]},
        **{target: {**_NUMBER, "minimum": 0, "maximum": 1, "description": "Null where withheld."} for target in TARGETS},
        "abstained": {"type": ["string", "null"], "description": "Why the page is not scored at all."},
        "withheld": {**per_target, "additionalProperties": _TEXT, "description": "For each score that is null, why."},
        "signals": {"type": "object", "additionalProperties": _ref("Measurement")},
        "zones": {
            "type": "array",
            "items": _object({"zone": {"enum": list(ZONES)}, "start": _OFFSET, "end": _OFFSET}),
        },
        "model": _ref("Model"),
    }
    failures = {"type": "array", "items": _object({"path": _TEXT, "reason": _TEXT})}
    return {
        "Page": {
            "type": "object",
            "oneOf": [{"required": ["content"]}, {"required": ["file"]}],
            "additionalProperties": False,
            "properties": {
                "content": {**_TEXT, "maxLength": LONGEST_CONTENT, "description": "Text or HTML."},
                "media": {"enum": ["text", "html"], "default": "text", "description": "What `content` is."},
                "file": {**_TEXT, "contentEncoding": "base64", "description": "Any file that `score` reads."},
                "name": {**_TEXT, "description": "What `file` is called; its ending may say what it is."},
                "id": {**_TEXT, "description": "Names the page in the answer."},
                "url": {**_TEXT, "description": "Where the page came from. It is not fetched."},
            },
        },
        "Pages": _object({"pages": {"type": "array", "items": _ref("Page"), "minItems": 1, "maxItems": MOST_PAGES}}),
        "Score": _object(score),
        "Scores": _object({"results": {"type": "array", "items": _ref("Score")}, "failures": failures}),
        "Views": _object({"results": {"type": "array", "items": {"type": "object"}}, "failures": failures}),
        "Measurement": _object(
            {
                "value": {**_NUMBER, "description": "Null where it could not be measured."},
                "evidence": {
                    "type": "array",
                    "items": _object({**evidence, "zone": {"enum": [*ZONES, None]}}),
                },
                "contributions": {
                    **per_target,
                    "additionalProperties": {"type": "number"},
                    "description": "What it adds to the log-odds of each score.",
                },
            }
        ),
        "Model": _object({"name": _TEXT, "version": _TEXT, "sha256": _TEXT}),
        "Signal": _object({"name": _TEXT, "group": _TEXT, "summary": _TEXT}),
        "Problem": {
            "type": "object",
            "description": "RFC 9457.",
            "required": ["type", "title", "status", "detail"],
            "properties": {
                "type": _TEXT,
                "title": _TEXT,
                "status": {"type": "integer"},
                "detail": _TEXT,
                "errors": {"type": "array", "items": _object({"pointer": _TEXT, "detail": _TEXT})},
            },
        },
    }


_PROBLEMS = {
    "400": "Not JSON",
    "403": "Asked by another page",
    "408": "Sent too slowly",
    "413": f"Larger than {LARGEST_BODY >> 20} MiB, or a text longer than {LONGEST_CONTENT:,} characters",
    "415": "Not sent as application/json",
    "421": "Asked under another name than localhost",
    "422": "JSON, but not as described here",
    "503": "Too many requests wait",
}


def _post(summary: str, schema: Json) -> Json:
    body = {"required": True, "content": _json(_one_of("Page", "Pages"))}
    return {**_get(summary, schema, ("400", "403", "408", "413", "415", "421", "422", "503")), "requestBody": body}


def _get(summary: str, schema: Json, problems: tuple[str, ...] = ("403", "421")) -> Json:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    refused = {status: {"description": _PROBLEMS[status], "content": content} for status in problems}
    return {"summary": summary, "responses": {"200": {"description": "Done", "content": _json(schema)}, **refused}}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _one_of(*names: str) -> Json:
    return {"oneOf": [_ref(name) for name in names]}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}
