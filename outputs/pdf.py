"""HTML to PDF/UA-1: the only import of WeasyPrint. Runs in a process of its own, with limits, and reads our assets alone."""

import logging
import mimetypes
import os
import resource
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

MEMORY, SECONDS = 1_500_000_000, 120
SERVED = ("css", "fonts")
# An address that relative links can be joined to. No such file is ever opened: what it names is served from `assets()`.
OURS = "file:///throughline/"


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


class _Steps(logging.Handler):
    """Passes on what WeasyPrint says about its progress."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(level=logging.INFO)
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self.tell(record.getMessage())


def write(html: str, to: Path, tell: Callable[[str], None] = lambda step: None) -> int:
    """Lay out `html` and write the PDF to `to`. Returns the number of pages; tells each step as it begins."""
    # Slow to import, and wanted in this process alone.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = assets()

    class OurAssets(URLFetcher):
        """Serves our own files. Any other address is refused: no network, no other file, no redirect."""

        def fetch(self, url, headers=None):
            return URLFetcherResponse(url, *served(url, allowed))

    progress = logging.getLogger("weasyprint.progress")
    steps = _Steps(tell)
    progress.setLevel(logging.INFO)
    progress.addHandler(steps)
    try:
        document = HTML(
            string=html,
            base_url=OURS,
            url_fetcher=OurAssets(allow_redirects=False, fail_on_errors=True),
        ).render(pdf_variant="pdf/ua-1")
        document.write_pdf(to, pdf_variant="pdf/ua-1")
    finally:
        progress.removeHandler(steps)
    return len(document.pages)
