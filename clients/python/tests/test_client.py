from __future__ import annotations

import json
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from unittest import mock

from banyan_client import Banyan, BanyanError
from banyan_client.client import Answer

Given = tuple[int, Any] | tuple[int, Any, dict[str, str]] | OSError

REFUSED: Given = (503, {"error": "The server can’t do it right now"}, {"error-code": "unavailable"})


class Served:
    """A client whose server gives these answers, one for each request, and the requests that it got."""

    def __init__(self, *answers: Given) -> None:
        self.answers = list(answers)
        self.requests: list[urllib.request.Request] = []
        self.banyan = Banyan("https://banyan.example.com/", "ltm_k1234567_secret", transport=self.answer)

    def answer(self, request: urllib.request.Request, timeout: float) -> Answer:
        self.requests.append(request)
        given = self.answers.pop(0)
        if isinstance(given, OSError):
            raise given
        headers = {"content-type": "application/json", "retry-after": "0", **(given[2] if len(given) == 3 else {})}
        return Answer(given[0], headers, json.dumps(given[1]).encode())

    def addresses(self) -> list[str]:
        return [request.full_url.removeprefix("https://banyan.example.com") for request in self.requests]

    def keys(self) -> list[str | None]:
        return [request.get_header("Idempotency-key") for request in self.requests]


class ClientTest(unittest.TestCase):
    def test_keys_use_the_addresses_for_keys(self) -> None:
        served = Served((200, {"links": [], "groups": []}), (200, {"success": True, "data": {"id": "a/b"}}))
        served.banyan.call("getLinks", query={"pageId": "p 1&x"})
        message = served.banyan.call("getMessage", path={"messageId": "a/b"})
        self.assertEqual(served.addresses(), ["/v1/GetLinks?pageId=p+1%26x", "/api/whatsapp/messages/a%2Fb"])
        self.assertEqual(served.requests[0].get_header("Authorization"), "Bearer ltm_k1234567_secret")
        self.assertEqual(message["id"], "a/b", "the envelope is taken off")

    def test_a_failure_has_its_code_its_field_and_the_id_of_the_request(self) -> None:
        served = Served(
            (400, {"error": "username is taken", "field": "username"}, {"error-code": "invalid-field", "x-request-id": "0123"})
        )
        with self.assertRaises(BanyanError) as raised:
            served.banyan.call("createSubAccount", body={"username": "north", "displayName": "North Café"})
        failure = raised.exception
        self.assertEqual(
            (str(failure), failure.status, failure.code, failure.field, failure.request_id),
            ("username is taken", 400, "invalid-field", "username", "0123"),
        )

    def test_a_page_of_a_proxy_is_a_failure_without_a_code(self) -> None:
        failure = BanyanError.of(413, {}, b"<h1>Too large</h1>")
        self.assertEqual((failure.code, failure.body), ("unknown", "<h1>Too large</h1>"))

    def test_what_creates_is_repeated_with_the_same_key(self) -> None:
        served = Served(REFUSED, ConnectionResetError(), (200, {"username": "north"}))
        with mock.patch("banyan_client.client.FIRST_WAIT", 0):
            made = served.banyan.call("createSubAccount", body={"username": "north", "displayName": "North Café"})
        self.assertEqual(made["username"], "north")
        self.assertEqual(len(set(served.keys())), 1)
        self.assertRegex(served.keys()[0] or "", "^[0-9a-f-]{36}$")

    def test_what_cant_be_repeated_safely_is_sent_once(self) -> None:
        for given in (REFUSED, ConnectionResetError()):
            served = Served(given)
            with self.assertRaises((BanyanError, ConnectionResetError)):
                served.banyan.call("updateSubAccountStatus", body={"subAccountId": "north", "status": "suspended"})
            self.assertEqual(served.keys(), [None])

    def test_too_many_requests_were_not_carried_out_and_are_sent_again(self) -> None:
        served = Served((429, {"error": "Rate limit exceeded (minute)"}), (200, {"message": "Suspended"}))
        served.banyan.call("updateSubAccountStatus", body={"subAccountId": "north", "status": "suspended"})
        self.assertEqual(len(served.requests), 2)

    def test_a_wait_that_is_too_long_is_the_callers_to_decide(self) -> None:
        served = Served((429, {"error": "Daily limit exceeded"}, {"retry-after": "3600"}))
        with self.assertRaises(BanyanError) as raised:
            served.banyan.call("getLinks")
        self.assertEqual(raised.exception.retry_after, 3600)

    def test_it_gives_up_after_the_last_attempt(self) -> None:
        served = Served(REFUSED, REFUSED, REFUSED, REFUSED)
        with self.assertRaises(BanyanError):
            served.banyan.call("getLinks")
        self.assertEqual(len(served.requests), 4)

    def test_lists_go_on_to_their_end(self) -> None:
        served = Served(
            (200, {"subAccounts": [{"username": "a"}, {"username": "b"}], "nextCursor": "c 2"}),
            (200, {"subAccounts": [{"username": "c"}], "nextCursor": None}),
        )
        names = [brand["username"] for brand in served.banyan.pages("getSubAccounts", query={"limit": "2"})]
        self.assertEqual(names, ["a", "b", "c"])
        self.assertEqual(served.addresses(), ["/v1/GetSubAccounts?limit=2", "/v1/GetSubAccounts?limit=2&after=c+2"])

    def test_a_key_isnt_taken_to_another_address(self) -> None:
        asked: list[str] = []

        class Elsewhere(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(302)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
            threading.Thread(target=server.handle_request).start()
            with self.assertRaises(BanyanError) as raised:
                Banyan(f"http://127.0.0.1:{server.server_port}", "ltm_k1234567_secret").call("getLinks")
        self.assertEqual((raised.exception.status, asked), (302, ["/v1/GetLinks"]))
