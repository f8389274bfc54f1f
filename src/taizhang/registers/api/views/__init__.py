"""The pages about the interface: its reference, and the access tokens of an account."""

from taizhang.registers.api.views.reference import openapi, reference, register_reference
from taizhang.registers.api.views.tokens import token_new, token_revoke, tokens

__all__ = [
    "openapi",
    "reference",
    "register_reference",
    "token_new",
    "token_revoke",
    "tokens",
]
