"""How many requests a token may send in a minute, counted across all processes."""

import threading
import time

from django.core.cache import cache

WINDOW_SECONDS = 60
# A process takes leave for some requests at once: else each request would write to the cache.
LEAVE = 20


class Throttle:
    """At most so many requests a window and key, give or take one leave per process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._left: dict[str, int] = {}

    def wait(self, key: str, limit: int) -> int:
        """0 when the request may pass, else the seconds until the next window."""
        now = int(time.time())
        with self._lock:
            window = now // WINDOW_SECONDS
            if window != self._window:
                self._window, self._left = window, {}
            if not self._left.get(key) and not self._take_leave(key, limit):
                return WINDOW_SECONDS - now % WINDOW_SECONDS
            self._left[key] -= 1
        return 0

    def _take_leave(self, key: str, limit: int) -> bool:
        shared = f"api-requests:{key}:{self._window}"
        cache.add(shared, 0, timeout=2 * WINDOW_SECONDS)
        try:
            taken = cache.incr(shared, LEAVE)
        except ValueError:  # the cache was emptied in between
            taken = LEAVE
        # Without leave nothing is stored, so a token above its limit asks again each time.
        if taken > limit:
            return False
        self._left[key] = LEAVE
        return True
