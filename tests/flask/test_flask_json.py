"""The JSON endpoint gives what the command line gives, and healthz says what answers."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchidx.answers import results_dict
from searchidx.search import Index

URL = "/search/api/v1/search"


def test_the_json_is_what_the_command_line_prints(client: FlaskClient, index: Path) -> None:
    with Index.open(index) as opened:
        expected = json.loads(json.dumps(results_dict(opened.search("prisoner exchange", limit=1, offset=1))))
    response = client.get(f"{URL}?q=prisoner+exchange&limit=1&offset=1")
    found = response.get_json()
    assert response.mimetype == "application/json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert expected["hits"]
    assert found | {"took_ms": 0} == expected | {"took_ms": 0}


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ("q=exchange&sort=date", ["kiev", "talks"]),
        ("q=delegations+exchange&all=1", ["talks"]),
        ("q=exchange&since=2025-06-03", ["kiev"]),
        ("q=exchange&source=Oxbow+Standard", ["kiev"]),
    ],
)
def test_the_json_obeys_sort_and_filters(client: FlaskClient, arguments: str, ids: list[str]) -> None:
    assert [hit["doc_id"] for hit in client.get(f"{URL}?{arguments}").get_json()["hits"]] == ids


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("", 400),
        ("q=", 400),
        ("q=a&limit=0", 400),
        ("q=a&limit=101", 400),
        ("q=a&limit=x", 400),
        ("q=a&offset=-1", 400),
        ("q=a&offset=10000", 404),
        ("q=a&offset=100000000000000000000", 404),
        ("q=a&since=soon", 400),
    ],
)
def test_what_cannot_be_answered_is_a_problem_object(
    client: FlaskClient, arguments: str, status: int
) -> None:
    response = client.get(f"{URL}?{arguments}")
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert json.loads(response.data)["status"] == status
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_json_holds_no_control_character(client: FlaskClient) -> None:
    response = client.get(f"{URL}?q=hostile+%ED%A0%80%00")
    assert response.status_code == 200
    assert not {"\x1b", "\u202e", "\0"} & set(response.text)
    assert "\u202e" in json.loads(response.data)["hits"][0]["snippets"][0]["text"]


def test_healthz_names_the_generation(client: FlaskClient) -> None:
    response = client.get("/search/healthz")
    assert response.get_json() == {"status": "ok", "generation": "gen-000001", "documents": 49}
    assert response.headers["Cache-Control"] == "no-store"
