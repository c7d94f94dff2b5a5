"""A PDF, read back: what its pages say, where each word stands, its bookmarks, its fonts."""

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import page as validator
from pypdf import PdfReader

from outputs import pack, pdf
from workshops.models import Workshop

WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)"')


def print_pack(workshop: Workshop, to: Path) -> "Printed":
    press = pdf.Press(pack.sheets(workshop))
    press.write(pack.html(workshop, press), to)
    return Printed(to)


@dataclass
class Printed:
    path: Path

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page as it is read aloud, in one line."""
        said = subprocess.run(["pdftotext", self.path, "-"], capture_output=True, check=True).stdout.decode()
        return [" ".join(page.split()) for page in said.split("\f")[:-1]]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def outside(self) -> list[tuple[int, str]]:
        """Words that are not wholly on their page."""
        said = subprocess.run(["pdftotext", "-bbox", self.path, "-"], capture_output=True, check=True).stdout.decode()
        found, number, width, height = [], 0, 0.0, 0.0
        for line in said.splitlines():
            if size := PAGE.search(line):
                number, width, height = number + 1, float(size[1]), float(size[2])
            elif word := WORD.search(line):
                left, top, right, bottom = (float(word[at]) for at in range(1, 5))
                if left < -1 or top < -1 or right > width + 1 or bottom > height + 1:
                    found.append((number, word[5]))
        return found

    @cached_property
    def faults(self) -> list[str]:
        """Where it is not PDF/UA-1."""
        return sorted(
            {f"{one.rule_id}: {one.message}" for one in validator.validate_pdf(self.path, profile="ua1").failures}
        )

    @cached_property
    def bookmarks(self) -> list[tuple[str, int, int]]:
        """(title, depth, page) of each."""
        return list(self._bookmarks(self.reader.outline, 0))

    def _bookmarks(self, outline, depth):
        for entry in outline:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, depth + 1)
            else:
                yield (entry.title, depth, self.reader.get_destination_page_number(entry) + 1)

    @cached_property
    def fonts(self) -> dict[str, bool]:
        """Font -> whether it is embedded."""
        found = {}
        for page in self.reader.pages:
            for font in page["/Resources"].get("/Font", {}).values():
                described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
                found[font.get_object()["/BaseFont"]] = any(f"/FontFile{sort}" in described for sort in ("", "2", "3"))
        return found

    def page_of(self, title: str) -> int:
        """The page on which the bookmark with this title begins."""
        return next(page for name, _depth, page in self.bookmarks if name == title)
