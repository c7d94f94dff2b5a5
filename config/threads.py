"""Four standing threads for Django's views, and a whole request on one of them.

Django under ASGI makes a new thread, and a new database connection, for every request. Four that stay answer two to
three times as many requests, and four connections are all that SQLite has to serve.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Pages(ASGIHandler):
    """Django, with middleware and view in one piece: Django's own handler hops to the thread and back for each part."""

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


class FewThreads:
    """ASGI application that runs `app`, each request on the least busy of a few one-thread executors."""

    def __init__(self, app: Any, count: int = 4) -> None:
        self.app = app
        # One thread each: what a request does in a thread has to stay in one (transactions, connection).
        self.threads = [ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"views-{n}") for n in range(count)]
        self.busy = [0] * count

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        chosen = self.busy.index(min(self.busy))
        self.busy[chosen] += 1
        try:
            async with ThreadSensitiveContext(executor=self.threads[chosen]):
                await self.app(scope, receive, send)
        finally:
            self.busy[chosen] -= 1
