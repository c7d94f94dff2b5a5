"""HTML to PDF/UA-1: the only import of WeasyPrint. In a process of its own, with limits, reading our assets alone."""

import logging
import mimetypes
import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings

MEMORY, SECONDS = 1_500_000_000, 120
SERVED = ("css", "fonts")
VARIANT = "pdf/ua-1"
# An address that relative links can be joined to. No such file is ever opened: what it names is served from `assets()`.
OURS = "file:///throughline/"
BLANK = '<html lang="en"><body>{}</body></html>'


def limit_this_process() -> None:
    """What a hostile text could cost is bounded: memory, processor time, and others come first."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 10))
    os.nice(10)


def assets() -> dict[str, Path]:
    """address -> file, for everything that a pack may open."""
    root = Path(settings.BASE_DIR) / "static"
    files = (path for folder in SERVED for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path for path in files}


def served(url: str, allowed: dict[str, Path]) -> tuple[bytes, dict[str, str]]:
    """The bytes and headers of one of our own assets. Raises ValueError for any other address."""
    path = allowed.get(unquote(url.removeprefix(OURS))) if url.startswith(OURS) else None
    if path is None:
        raise ValueError("Not one of our assets")
    return path.read_bytes(), {"Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream"}


class Press:
    """Reads our fonts and style sheets once, then lays out as often as it is asked."""

    def __init__(self, sheets: list[str]) -> None:
        # Slow to import, and wanted in this process alone.
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        allowed = assets()

        class OurAssets(URLFetcher):
            """Serves our own files. Any other address is refused: no network, no other file, no redirect."""

            def fetch(self, url, headers=None):
                return URLFetcherResponse(url, *served(url, allowed))

        self.fetcher = OurAssets(allow_redirects=False, fail_on_errors=True)
        self.fonts = FontConfiguration()
        self.sheets = [CSS(url=OURS + sheet, url_fetcher=self.fetcher, font_config=self.fonts) for sheet in sheets]

    def lay_out(self, html: str) -> Any:
        from weasyprint import HTML

        page = HTML(string=html, base_url=OURS, url_fetcher=self.fetcher)
        return page.render(stylesheets=self.sheets, font_config=self.fonts, pdf_variant=VARIANT)

    def length(self, body: str) -> float:
        """How many pages this part takes by itself: 1.25 is one page, and a quarter of a second one."""
        with quiet():
            pages = self.lay_out(BLANK.format(body)).pages
        root = pages[-1]._page_box.children[0]  # the document element, as tall as what stands in it
        room = pages[-1]._page_box.height
        return len(pages) - 1 + min(1.0, (root.height or 0) / room)

    def missing(self, letters: str) -> set[str]:
        """Those of `letters` that no font here can draw."""
        if not letters:
            return set()
        with listening("weasyprint", logging.WARNING) as said:
            self.lay_out(BLANK.format(f"<p>{' '.join(letters)}</p>")).write_pdf(pdf_variant=VARIANT)
        return {str(record.args[0]) for record in said if ".notdef" in record.msg and isinstance(record.args, tuple)}

    def write(self, html: str, to: Path, tell: Callable[[str], None] = lambda step: None) -> int:
        """Lay out `html` and write the PDF to `to`. Returns the number of pages; tells each step as it begins."""
        with telling(tell):
            document = self.lay_out(html)
            document.write_pdf(to, pdf_variant=VARIANT)
        return len(document.pages)


class _Listener(logging.Handler):
    def __init__(self, hear: Callable[[logging.LogRecord], None], level: int) -> None:
        super().__init__(level=level)
        self.hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self.hear(record)


@contextmanager
def heard(name: str, level: int, hear: Callable[[logging.LogRecord], None], aloud: bool) -> Iterator[None]:
    """What the logger `name` says goes to `hear`; to the log as well where `aloud`."""
    logger, listener = logging.getLogger(name), _Listener(hear, level)
    before = logger.level, logger.propagate
    logger.setLevel(level)
    logger.propagate = aloud and logger.propagate
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(before[0])
        logger.propagate = before[1]


@contextmanager
def listening(name: str, level: int) -> Iterator[list[logging.LogRecord]]:
    said: list[logging.LogRecord] = []
    with heard(name, level, said.append, aloud=False):
        yield said


@contextmanager
def quiet() -> Iterator[None]:
    """A part laid out by itself cannot find the pages that it points to; that is no fault."""
    with listening("weasyprint", logging.CRITICAL):
        yield


@contextmanager
def telling(tell: Callable[[str], None]) -> Iterator[None]:
    """Passes on what WeasyPrint says about its progress."""
    with heard("weasyprint.progress", logging.INFO, lambda record: tell(record.getMessage()), aloud=False):
        yield
