"""The floor of fan-out: a bare `websockets` server that broadcasts the same bytes to everybody.

`POST /7` sends the frame of standard input's first line to all, as version 7.   python -m tests.bench.floor PORT
"""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main(port: int) -> None:
    sockets: set[ServerConnection] = set()
    rest = sys.stdin.readline().rstrip("\n").partition(",")[2]  # what follows {"v":…,

    async def listen(socket: ServerConnection) -> None:
        sockets.add(socket)
        await socket.send(f'{{"v":1,{rest}')
        try:
            await socket.wait_closed()
        finally:
            sockets.discard(socket)

    async def trigger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            while (await reader.readline()).strip():
                pass
            version = int(line.split()[1][1:])
            broadcast(sockets, f'{{"v":{version},{rest}')
            writer.write(b"HTTP/1.1 204 No Content\r\nX-Version: %d\r\n\r\n" % version)

    await asyncio.start_server(trigger, "127.0.0.1", port + 1, backlog=4096)
    async with serve(listen, "127.0.0.1", port, compression=None, ping_interval=None, backlog=4096):
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
