"""A rehearsal plays a day through the doors of a real server, and its ledger is compared with the database.

Server and rehearsal are processes of their own, on a database of their own, as they are in use.
"""

import json
import os
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

import pytest
import yaml

from tests.exchange.conftest import ROOT, SMALL


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory):
    """A laptop with nothing on it but a running server: its address, and the environment of its commands."""
    data, port = tmp_path_factory.mktemp("data"), free_port()
    environment = {**os.environ, "THROUGHLINE_DATA": str(data), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port), "config.asgi:application"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz/", server)
        yield f"http://127.0.0.1:{port}", environment
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address, server):
    for _attempt in range(240):
        assert server.poll() is None
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("The server did not come up.")


def rehearsed(laptop, tmp_path, day, *options):
    """What the command answered, what it printed, and its report."""
    address, environment = laptop
    file, out = tmp_path / "day.yaml", tmp_path / "report.json"
    file.write_text(yaml.safe_dump(day, allow_unicode=True, sort_keys=False), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "manage.py", "rehearse", str(file), "--base-url", address, "--report", str(out), *options],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, json.loads(out.read_text()) if out.exists() else {}


def test_six_phones_lose_nothing_and_come_to_the_same_results(laptop, tmp_path, small, taken_in):
    from outputs import results

    small["expected_results"] = json.loads(json.dumps(results.of(taken_in(small))))
    status, printed, report = rehearsed(laptop, tmp_path, small, "--phones", "6", "--seed", "3", "--pace", "fast")
    assert status == 0, printed
    assert report["failures"] == []
    assert (status, report["phones"], report["joined"], report["seed"]) == (0, 6, 6, 3)
    assert report["sent"] == report["acknowledged"] == report["stored"] > 20
    assert [report[name] for name in ("lost", "duplicated", "misattributed", "server_errors", "failed")] == [0] * 5
    assert (report["results_compared"], report["results_differ"], report["not_yet"]) == (True, [], [])
    for measure in ("ack_ms", "push_ms"):
        assert 0 < report[measure]["p50"] <= report[measure]["p95"] <= report[measure]["max"]
    assert "6 of 6 phones joined" in printed


def test_more_phones_than_people_only_listen(laptop, tmp_path, small, taken_in):
    from outputs import results

    small["expected_results"] = json.loads(json.dumps(results.of(taken_in(small))))
    status, printed, report = rehearsed(laptop, tmp_path, small, "--phones", "9")
    assert status == 0, printed
    assert (status, report["joined"], report["results_differ"]) == (0, 9, [])


def test_fewer_phones_play_what_they_can(laptop, tmp_path, small):
    status, printed, report = rehearsed(laptop, tmp_path, small, "--phones", "2")
    assert status == 0, printed
    assert (status, report["joined"], report["failures"], report["results_compared"]) == (0, 2, [], False)
    assert "Results: not compared" in printed


def test_what_a_room_refuses_ends_the_rehearsal_before_it_begins(laptop, tmp_path, small):
    small["value_ideas"][0]["text"] = "x" * 200
    status, printed, report = rehearsed(laptop, tmp_path, small)
    assert (status, report) == (1, {})
    assert "value_ideas: send “v1” of ben was refused" in printed
    assert "Traceback" not in printed


def test_a_server_that_is_not_there_is_said(tmp_path, laptop):
    _address, environment = laptop
    nowhere = (f"http://127.0.0.1:{free_port()}", environment)
    status, printed, _report = rehearsed(nowhere, tmp_path, yaml.safe_load(SMALL.read_text(encoding="utf-8")))
    assert status == 1
    assert "No server answers at http://127.0.0.1:" in printed


def test_a_server_with_another_database_is_said(laptop, tmp_path, small):
    address, environment = laptop
    elsewhere = {**environment, "THROUGHLINE_DATA": str(tmp_path / "elsewhere")}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=elsewhere, check=True)
    status, printed, _report = rehearsed((address, elsewhere), tmp_path, small)
    assert status == 1
    assert f"The server at {address} has another database." in printed
