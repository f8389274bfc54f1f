"""`taizhang serve`: the web server and the worker that does what waits, under one roof."""

import signal
import subprocess
import sys
import time

from django.core.management.base import BaseCommand

RESTART_PAUSE_SECONDS = 2.0
STOP_SECONDS = 10.0


class Command(BaseCommand):
    help = "启动服务 / Run the web server and the worker."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
        parser.add_argument("--workers", type=int, default=2, metavar="N")

    def handle(self, **options) -> None:
        web = [
            *("-m", "gunicorn", "taizhang.config.wsgi:application"),
            *("--bind", options["bind"], "--workers", str(options["workers"])),
            *("--preload", "--log-level", "warning"),
            # A workbook of a hundred thousand rows takes its time.
            *("--timeout", "300"),
        ]
        worker = ["-m", "taizhang.config.cli", "work"]
        self.stdout.write(f"http://{options['bind']}/")
        self.stdout.flush()
        sys.exit(supervise(web, worker))


def supervise(web: list[str], worker: list[str]) -> int:
    """Run both until told to stop or until the web server ends; its exit code.

    The worker is started again when it dies: the marks of changed registers wait for it.
    """
    signal.signal(signal.SIGTERM, _stop)
    server = _start(web)
    helper = _start(worker)
    try:
        while server.poll() is None:
            time.sleep(0.5)
            if helper.poll() is not None:
                time.sleep(RESTART_PAUSE_SECONDS)
                helper = _start(worker)
        return server.returncode
    except KeyboardInterrupt:
        return 0
    finally:
        for process in (server, helper):
            _end(process)


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _start(arguments: list[str]) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, *arguments])  # noqa: S603


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
