"""A product with data of its own: the demonstration in a folder, served on a free port.

The tour and the benchmarks use it, so that both see what `make demo` shows, and touch nothing else.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60.0
STOP_SECONDS = 15.0
COMMAND = (sys.executable, "-m", "taizhang.config.cli")


class NotServing(RuntimeError):
    """The server ended or does not answer; the message holds what it printed."""


def environment(home: Path) -> dict[str, str]:
    """What every command of the product in `home` runs with, whatever the caller's settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return inherited | {"TAIZHANG_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def run_command(home: Path, *arguments: str) -> str:
    """What `taizhang ARGUMENTS` prints for the product in `home`.

    Raises CalledProcessError when it fails; its errors are on standard error.
    """
    return subprocess.run(
        [*COMMAND, *arguments],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def prepare_demo(home: Path) -> str:
    """Create the demonstration's database in `home`; returns what was printed."""
    return run_command(home, "demo", "--no-serve")


def demo_password(printed: str) -> str:
    """The password of the demonstration's accounts, from what `prepare_demo` printed."""
    found = re.search(r"密码均为 (\S+)", printed)
    if found is None:
        raise LookupError(f"no accounts were printed:\n{printed}")
    return found[1]


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Web server and worker of the product in `home`; gives `HOST:PORT`."""
    address = f"127.0.0.1:{free_port()}"
    with started([*COMMAND, "serve", "--bind", address], environment(home), home / "serve.log"):
        wait_for(address, home / "serve.log")
        yield address


@contextmanager
def started(command: Sequence[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A process that writes to `log` and is ended with the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, log: Path) -> None:
    """Come back when something listens at the address. Raises NotServing after a minute."""
    host, _colon, port = address.partition(":")
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise NotServing(f"nothing answers at {address}:\n{log.read_text(encoding='utf-8')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
