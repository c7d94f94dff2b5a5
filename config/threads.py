"""Eight standing threads for Django's views, and a whole request on one of them.

Django under ASGI makes a new thread, and a new database connection, for every request. Four that stay answer two to
three times as many requests. Most of them wait, for the one who writes: so there are more than cores.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import connection
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import set_script_prefix

from config.limits import refuse


class Pages(ASGIHandler):
    """Django, with signals, middleware and view in one piece: Django's own handler hops to the thread for each part,
    and makes two tasks to notice that somebody hung up, which a view in a thread would not notice anyway.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with body:
            response = await sync_to_async(self.answer, thread_sensitive=True)(scope, body)
            try:
                await self.send_response(response, send)
            finally:
                if response.streaming:
                    await sync_to_async(response.close, thread_sensitive=True)()

    def answer(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        """The whole of a request on its thread; what is streamed is closed by who streams it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response = refused if request is None else self.get_response(request)
        response._handler_class = self.__class__
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        keep_connection()
        if not response.streaming:
            response.close()
        return response


RESTED = 1.0  # seconds without a request


def keep_connection() -> None:
    """Django would give it back to PostgreSQL's pool after each request and have the next one looked at and set up:
    a tenth of what an answer costs. After a rest it goes back, and is looked at: the database may have been started
    again. These threads stand, and there are few. After an error Django looks by itself.
    """
    if connection.settings_dict["CONN_MAX_AGE"] is not None:
        connection.close_at = time.monotonic() + RESTED


class FewThreads:
    """ASGI application that runs `app`, each request on the least busy of a few one-thread executors.

    What is posted to a path in `hashing` goes one by one on a thread beside them, and beyond a few is refused.
    """

    WAITING = 4  # for the thread that hashes; the last of them waits for little more than a second
    RETRY_AFTER = b"3"

    def __init__(self, app: Any, count: int = 8, hashing: frozenset[str] = frozenset()) -> None:
        self.app = app
        # One thread each: what a request does in a thread has to stay in one (transactions, connection).
        self.threads = [ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"views-{n}") for n in range(count)]
        self.busy = [0] * count
        self.hashing = hashing
        self.hasher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="passwords")
        self.with_hasher = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # As Django reads both: it takes "post" for POST.
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path in self.hashing and scope["method"].upper() == "POST":
            await self.hash(scope, receive, send)
            return
        chosen = self.busy.index(min(self.busy))
        self.busy[chosen] += 1
        scope["waiting"] = sum(self.busy)  # requests under way, this one included: a view may choose to say less
        try:
            async with ThreadSensitiveContext(executor=self.threads[chosen]):
                await self.app(scope, receive, send)
        finally:
            self.busy[chosen] -= 1

    def close(self) -> None:
        """Let the threads go, each with its connection to the database."""
        for thread in [*self.threads, self.hasher]:
            thread.submit(lambda: connection.close())  # its own
            thread.shutdown(wait=True)

    async def hash(self, scope: Any, receive: Any, send: Any) -> None:
        if self.with_hasher > self.WAITING:
            page = render_to_string("errors/429.html")
            await refuse(send, 429, page, b"text/html", (b"retry-after", self.RETRY_AFTER))
            return
        self.with_hasher += 1
        try:
            async with ThreadSensitiveContext(executor=self.hasher):
                await self.app(scope, receive, send)
        finally:
            self.with_hasher -= 1
