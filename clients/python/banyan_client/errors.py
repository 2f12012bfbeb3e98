from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, cast

if TYPE_CHECKING:
    from .generated.types import ErrorCode


class BanyanError(Exception):
    """A request that the server refused, or could not carry out.

    The message is for people and may change. `code` is for programs: it stays the same; new ones can come. Tell
    `request_id` to those who run the server. `field` is the one that broke its rule, where one did, and `retry_after` the
    seconds after which the request can be tried again. `body` is the whole answer.
    """

    def __init__(
        self,
        message: str,
        status: int,
        code: ErrorCode | Literal["unknown"],
        request_id: str | None,
        field: str | None,
        retry_after: float | None,
        body: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.request_id = request_id
        self.field = field
        self.retry_after = retry_after
        self.body = body

    @staticmethod
    def of(status: int, headers: Mapping[str, str], text: bytes) -> BanyanError:
        body: Any
        try:
            body = json.loads(text)
        except ValueError:
            body = text.decode("utf-8", "replace")  # a proxy in front of the server answers with a page
        said = cast("dict[str, Any]", body) if isinstance(body, dict) else {}
        wait = headers.get("retry-after", "")
        return BanyanError(
            str(said.get("error") or f"The server answered {status}"),
            status,
            cast("ErrorCode", headers.get("error-code") or said.get("code") or "unknown"),
            headers.get("x-request-id"),
            said.get("field"),
            float(wait) if wait.isdigit() else None,
            body,
        )
