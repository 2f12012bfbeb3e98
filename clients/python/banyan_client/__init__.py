"""Typed client for the API of a Banyan server."""

from .client import Banyan
from .errors import BanyanError
from .webhooks import Event, InvalidSignature, verify_webhook

__all__ = ["Banyan", "BanyanError", "Event", "InvalidSignature", "verify_webhook"]
