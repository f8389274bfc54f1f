"""What upper layers add to the interface, in their `reactions.py`, which is found at start."""

from ninja import Router

from taizhang.lib.registry import Registry

API_ROUTERS: Registry[Router] = Registry("router")
