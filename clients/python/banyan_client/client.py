from __future__ import annotations

import json
import random
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from .errors import BanyanError
from .generated.routes import ROUTES

if TYPE_CHECKING:
    from .generated.calls import Call, Pages

LONGEST_WAIT = 60.0
FIRST_WAIT = 0.25
UNAVAILABLE = (502, 503, 504)


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]  # with names in lower case
    body: bytes


Transport = Callable[[urllib.request.Request, float], Answer]


class Banyan:
    """Calls operations of a Banyan server by their names in `/openapi.json`.

    `token` is an API key, or the token of a session. A request is sent `attempts` times at most, and an attempt ends after
    `timeout` seconds of silence.
    """

    def __init__(
        self, url: str, token: str, *, attempts: int = 4, timeout: float = 30.0, transport: Transport | None = None
    ) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._attempts = attempts
        self._timeout = timeout
        self._transport = transport or _exchange

    @property
    def call(self) -> Call:
        """Calls an operation once, or again where that is safe: after a lost connection, and when the server asks to wait."""
        return cast("Call", self._call)

    @property
    def pages(self) -> Pages:
        """Goes through a list to its end, page by page."""
        return cast("Pages", self._pages)

    def _call(self, operation: str, /, **given: Any) -> Any:
        return _unwrapped(self._send(operation, **given))

    def _pages(self, operation: str, /, *, query: Mapping[str, Any] | None = None, **given: Any) -> Iterator[Any]:
        asked = dict(query or {})
        while True:
            page = _unwrapped(self._send(operation, query=asked, **given))
            yield from _first_list(page)
            if page.get("nextCursor") is None:
                return
            asked["after"] = page["nextCursor"]

    def _send(
        self,
        operation: str,
        *,
        path: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        idempotency_key: str | None = None,
    ) -> Any:
        method, route, key_route, is_repeatable = ROUTES[operation]
        key = idempotency_key or (str(uuid.uuid4()) if is_repeatable else None)
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        address = self._address(key_route if self._token.startswith("ltm_") else route, path or {}, query or {})
        content = None if body is None else json.dumps(body).encode()
        is_safe = method != "POST" or key is not None
        for attempt in range(1, self._attempts + 1):
            is_last = attempt == self._attempts
            request = urllib.request.Request(address, content, headers, method=method)
            try:
                answer = self._transport(request, self._timeout)
            except OSError:
                if not is_safe or is_last:
                    raise
                time.sleep(_backoff(attempt))
                continue
            if answer.status < 300:
                return _content(answer)
            failure = BanyanError.of(*answer)
            # 429 is said before anything is done, so that even what isn’t safe to repeat can be sent again.
            again = failure.status == 429 or (is_safe and failure.status in UNAVAILABLE)
            wait = _backoff(attempt) if failure.retry_after is None else failure.retry_after
            if not again or is_last or wait > LONGEST_WAIT:
                raise failure
            time.sleep(wait)
        raise ValueError("attempts must be 1 or more")

    def _address(self, route: str, path: Mapping[str, Any], query: Mapping[str, Any]) -> str:
        def filled(placeholder: re.Match[str]) -> str:
            return urllib.parse.quote(str(path[placeholder[1]]), safe="")

        address = self._url + re.sub(r"\{([^}]+)\}", filled, route)
        asked = {name: value for name, value in query.items() if value is not None}
        return f"{address}?{urllib.parse.urlencode(asked)}" if asked else address


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The key is for the server that was named, and for no other."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def _exchange(request: urllib.request.Request, timeout: float) -> Answer:
    response: Any
    try:
        response = _OPENER.open(request, timeout=timeout)
    except urllib.error.HTTPError as failure:
        response = failure
    with response:
        return Answer(response.status, {name.lower(): value for name, value in response.headers.items()}, response.read())


def _content(answer: Answer) -> Any:
    if answer.body == b"":
        return None
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    return json.loads(answer.body) if is_json else answer.body


def _unwrapped(answer: Any) -> Any:
    if not isinstance(answer, dict):
        return answer
    fields = cast("dict[str, Any]", answer)
    return fields["data"] if {"success", "data"} <= fields.keys() else fields


def _first_list(page: Mapping[str, Any]) -> list[Any]:
    for value in page.values():
        if isinstance(value, list):
            return cast("list[Any]", value)
    return []


def _backoff(attempt: int) -> float:
    return FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + random.random())
