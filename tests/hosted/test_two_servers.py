"""Several server processes on one PostgreSQL: a change made through one reaches the phones on the other."""

import asyncio
import json
import os
import re
import uuid

import aiohttp
import psycopg
import pytest

from tests.serving import Server

pytestmark = pytest.mark.postgres
URL = os.environ.get("THROUGHLINE_TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="module")
def database():
    """A database of its own on the PostgreSQL that answers on loopback; skipped, saying why, where none does."""
    base = URL.rsplit("/", 1)[0]
    name = f"throughline_two_{uuid.uuid4().hex[:8]}"
    try:
        with psycopg.connect(f"{base}/postgres".replace("postgres://", "postgresql://"), connect_timeout=3) as link:
            link.autocommit = True
            link.execute(f"CREATE DATABASE {name}")
            yield f"{base}/{name}"
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")
    except psycopg.OperationalError as problem:
        pytest.skip(f"No PostgreSQL answers at {base}: {problem}")


@pytest.fixture(scope="module")
def servers(database, tmp_path_factory):
    """Two processes with one data folder and one database, as behind Caddy."""
    folder = tmp_path_factory.mktemp("hosted")
    both = [Server(folder, database), Server(folder, database)]
    for one in both:
        one.start()
    yield both
    for one in both:
        one.stop()


class Phone:
    """A participant's phone at protocol level: a cookie, a page, a socket."""

    def __init__(self, http: aiohttp.ClientSession, server: Server, facts: dict, name: str):
        self.http, self.server, self.code = http, server, facts["code"]
        self.headers = {"Cookie": f"{facts['cookie']}={facts['people'][name]}", "Origin": server.url}

    def socket(self):
        return self.http.ws_connect(f"{self.server.url}/ws/w/{self.code}/phone/", headers=self.headers)

    async def send(self, action_url: str, **words) -> int:
        async with self.http.get(f"{self.server.url}/w/{self.code}/mine/", headers=self.headers) as page:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', await page.text())[1]
            csrf = page.cookies["csrftoken"].value
        headers = {**self.headers, "X-Throughline": "1", "Cookie": f"{self.headers['Cookie']}; csrftoken={csrf}"}
        data = {"csrfmiddlewaretoken": token, "key": uuid.uuid4().hex, **words}
        async with self.http.post(f"{self.server.url}{action_url}", data=data, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return int(answer.headers["X-Version"])


async def until(socket, version: int) -> dict:
    """Reads (and acknowledges) frames until one is at `version` or above."""
    while True:
        frame = json.loads((await asyncio.wait_for(socket.receive(), 30)).data)
        if "zones" in frame:
            await socket.send_str(f"a:{frame['v']}")
            if frame["v"] >= version:
                return frame


def open_the_first(server: Server, code: str) -> str:
    """Opens the first activity through the model's own verbs; returns the address of its action."""
    said = server.manage(
        "shell",
        "-v0",
        "-c",
        "from workshops.models import Workshop\n"
        "from tests import factories\n"
        f"workshop = Workshop.objects.by_code('{code}')\n"
        "this = factories.open_(workshop.activities.first())\n"
        f"print('/w/{code}/a/%s/send/' % this.pk)",
    )
    return said.strip().splitlines()[-1]


async def test_a_change_through_one_process_reaches_phones_on_the_other(servers):
    here, there = servers
    facts = here.lay_out(("capture", {}))
    address = open_the_first(here, facts["code"])
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        ben, chi = Phone(http, here, facts, "Ben"), Phone(http, there, facts, "Chi")
        async with ben.socket() as near, chi.socket() as far:
            await until(near, 0)
            await until(far, 0)
            version = await ben.send(address, text="Pick up the phone first")
            frames = [await until(near, version), await until(far, version)]
    assert [frame["v"] for frame in frames] == [version, version]
    assert ["1 idea so far" in frame["zones"]["shared"] for frame in frames] == [True, True]


async def test_both_processes_write_at_once_and_every_version_is_there_once(servers):
    here, there = servers
    facts = here.lay_out(("capture", {}))
    address = open_the_first(here, facts["code"])
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        ben, chi = Phone(http, here, facts, "Ben"), Phone(http, there, facts, "Chi")
        sent = [phone.send(address, text=f"Idea {n}") for n in range(12) for phone in (ben, chi)]
        versions = await asyncio.gather(*sent)
    assert len(set(versions)) == 24
    assert max(versions) - min(versions) == 23
