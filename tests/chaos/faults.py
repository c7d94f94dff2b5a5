"""What can go wrong between a phone and the server, and the hands that do it."""

import asyncio
import random
import socket
import struct
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 1024


@dataclass
class Faults:
    """May be changed while the proxy runs. Shares are from 0 to 1."""

    cut_replies: float = 0.0  # of POSTs: the request has passed, its answer is thrown away and the line cut
    reset: float = 0.0  # of requests: RST before they pass
    answers: dict[int, float] = field(default_factory=dict)  # status -> share of requests answered so, and not passed
    refuse_upgrade: bool = False
    drop: float = 0.0  # of frames to the phone, like the next two
    double: float = 0.0
    reorder: float = 0.0
    delay: float = 0.0  # seconds at most, for frames and answers
    throttle: int = 0  # bytes a second to the phone; 0: as fast as it goes
    black_hole: bool = False  # nothing passes in either direction, and no line is closed


class Hands:
    """Do what the faults say, by dice that fall the same way for the same seed; `did` counts it."""

    def __init__(self, seed: int, faults: Faults) -> None:
        self.chance, self.faults = random.Random(seed), faults
        self.did: Counter[str] = Counter()

    async def write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        while self.faults.throttle and data:
            writer.write(data[:CHUNK])
            data = data[CHUNK:]
            await writer.drain()
            await asyncio.sleep(CHUNK / self.faults.throttle)
        writer.write(data)
        await writer.drain()

    async def wait(self) -> None:
        if self.faults.delay:
            await asyncio.sleep(self.chance.uniform(0, self.faults.delay))

    async def hole(self) -> None:
        while self.faults.black_hole:
            self.did["in the hole"] += 1
            await asyncio.sleep(0.1)

    def dice(self, what: str, part: float) -> bool:
        falls = part > 0 and self.chance.random() < part
        self.did[what] += falls
        return falls

    def reset(self, writer: asyncio.StreamWriter) -> None:
        own: socket.socket = writer.get_extra_info("socket")
        with suppress(OSError):  # it has gone by itself
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
