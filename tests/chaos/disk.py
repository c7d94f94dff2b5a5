"""A small disk of its own, which can be filled to the last byte without harm to anybody."""

import os
import shutil
import subprocess
from pathlib import Path

SIZE_MB = 1024


class CannotMount(Exception):
    """Says why."""


class Disk:
    """`with Disk(folder) as disk`: a file system at `disk.place`. Raises CannotMount."""

    def __init__(self, folder: Path) -> None:
        self.image, self.place = folder / "disk.img", folder / "disk"
        self.ballast = self.place / "ballast"

    def __enter__(self) -> "Disk":
        if os.getuid() != 0 or not shutil.which("mkfs.ext4"):
            raise CannotMount("mounting a disk needs root and mkfs.ext4")
        self.place.mkdir(parents=True)
        with self.image.open("wb") as image:
            image.truncate(SIZE_MB * 1024 * 1024)  # takes no room before it is written to
        for command in (
            ["mkfs.ext4", "-q", "-m", "0", str(self.image)],
            ["mount", "-o", "loop", str(self.image), str(self.place)],
        ):
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                raise CannotMount(f"{command[0]}: {done.stderr.strip()}")
        return self

    def __exit__(self, *problem: object) -> None:
        subprocess.run(["umount", "-l", str(self.place)], check=True)
        self.image.unlink()

    def fill(self) -> None:
        """To the last byte: large steps first, then single ones."""
        with self.ballast.open("wb") as ballast:
            end = 0
            for step in (64 << 20, 1 << 20, 4096):
                while True:
                    try:
                        os.posix_fallocate(ballast.fileno(), end, step)
                    except OSError:
                        break
                    end += step

    def free(self) -> None:
        self.ballast.unlink()
