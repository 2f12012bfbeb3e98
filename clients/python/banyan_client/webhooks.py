from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast

TOLERANCE_SECONDS = 300  # clocks differ by seconds; what is older was recorded and is played again


class Event(TypedDict):
    type: str
    timestamp: str
    data: dict[str, Any]


class InvalidSignature(Exception):
    """The webhook wasn’t sent by the server that knows the secret, or not within five minutes."""


def verify_webhook(
    body: bytes | str,
    headers: Mapping[str, str],
    secrets: str | Sequence[str],
    now: float | None = None,
) -> Event:
    """Returns the event of a webhook, or raises `InvalidSignature`.

    Keep `webhook-id` and pass over what you have seen: it can arrive twice. `body` is what arrived, not parsed and written
    again. `secrets` are `whsec_…`; several while one is being replaced.
    """
    given = {name.lower(): value for name, value in headers.items()}
    identity, timestamp, signatures = (
        _header(given, name) for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    )
    present = time.time() if now is None else now
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(present - int(timestamp)) > TOLERANCE_SECONDS:
        raise InvalidSignature("webhook-timestamp is not within five minutes of now")
    content = body.encode() if isinstance(body, str) else body
    signed = f"{identity}.{timestamp}.".encode() + content
    tried = [secrets] if isinstance(secrets, str) else secrets
    expected = ["v1," + _signature(secret, signed) for secret in tried]
    # Not the first that fits: each is compared in full, in the same time.
    fits = [hmac.compare_digest(one.encode(), each.encode()) for one in signatures.split(" ") for each in expected]
    if not any(fits):
        raise InvalidSignature("webhook-signature doesn’t fit the body and the secret")
    return cast("Event", json.loads(content))


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name, "")
    if value == "":
        raise InvalidSignature(f"{name} is missing")
    return value
