"""A PostgreSQL of the harness's own: made for one run, restarted at will, gone with it. Nobody else's is touched."""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path

import psycopg

OWNER = "postgres"


class Missing(Exception):
    """There is no PostgreSQL to run here; says why."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl. Raises Missing."""
    beside = shutil.which("pg_ctl")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if not beside and not found:
        raise Missing("no pg_ctl is installed here (Debian: apt-get install postgresql)")
    return Path(beside).resolve().parent if beside else found[-1].parent


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root, so root becomes somebody else. Raises Missing."""
    if os.getuid() != 0:
        return []
    try:
        pwd.getpwnam(OWNER)
    except KeyError:
        raise Missing(f"PostgreSQL does not run as root, and there is no account {OWNER}") from None
    return ["runuser", "-u", OWNER, "--"]


class Cluster:
    """`make`, then `database` as often as wanted; `restart` as a failing machine would; `remove` at the end."""

    def __init__(self) -> None:
        self.bin, self.prefix = binaries(), _as_owner()
        self.folder = Path(tempfile.mkdtemp(prefix="throughline-pg-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgres://{OWNER}@127.0.0.1:{self.port}"

    def make(self) -> None:
        if self.prefix:
            shutil.chown(self.folder, OWNER)
        self._run("initdb", "-D", "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale")
        self.start()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", "60", "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-D", "data", "-m", how, "-w", "-t", "60", "stop")

    async def restart(self) -> None:
        """As when its machine fails: nobody is told, nothing is written at leisure."""
        await asyncio.to_thread(self.stop)
        await asyncio.to_thread(self.start)

    def remove(self) -> None:
        try:
            self.stop("fast")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def version(self) -> str:
        with self.link() as link:
            return f"PostgreSQL {link.info.server_version // 10000}.{link.info.server_version % 10000}"

    def link(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(f"{self.url}/{database}".replace("postgres://", "postgresql://"), autocommit=True)

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"chaos_{uuid.uuid4().hex[:10]}"
        with self.link() as link:
            link.execute(f"CREATE DATABASE {name}")
        return f"{self.url}/{name}"

    def _run(self, program: str, *args: str) -> None:
        # To a file, not a pipe: the server that pg_ctl starts would hold a pipe open for ever.
        with (self.folder / "said").open("w+") as said:
            done = subprocess.run(
                [*self.prefix, str(self.bin / program), *args], cwd=self.folder, stdout=said, stderr=said
            )
            said.seek(0)
            assert done.returncode == 0, f"{program} failed:\n{said.read()}"
