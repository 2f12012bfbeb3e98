from __future__ import annotations

import base64
import hashlib
import hmac
import unittest

from banyan_client import InvalidSignature, verify_webhook

NOW = 1795420800.0
SECRET = "whsec_" + base64.b64encode(bytes([7]) * 32).decode()
OTHER = "whsec_" + base64.b64encode(bytes([9]) * 32).decode()
BODY = b'{"type":"page.created","timestamp":"2026-11-23T08:00:00Z","data":{"id":"p1"}}'


def headers(body: bytes = BODY, secret: str = SECRET) -> dict[str, str]:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"msg_1.{int(NOW)}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(NOW)), "webhook-signature": f"v1,AAAA v1,{signature}"}


class WebhooksTest(unittest.TestCase):
    def test_an_event_that_was_signed_is_returned(self) -> None:
        self.assertEqual(verify_webhook(BODY, headers(), SECRET, NOW)["data"]["id"], "p1")
        capitals = {name.title(): value for name, value in headers().items()}
        self.assertEqual(verify_webhook(BODY.decode(), capitals, SECRET, NOW + 299)["type"], "page.created")

    def test_while_a_secret_is_replaced_either_fits(self) -> None:
        self.assertEqual(verify_webhook(BODY, headers(secret=OTHER), [SECRET, OTHER], NOW)["type"], "page.created")

    def test_all_else_is_refused(self) -> None:
        for name, body, sent, at in (
            ("another body", BODY.replace(b"p1", b"p2"), headers(), NOW),
            ("another secret", BODY, headers(secret=OTHER), NOW),
            ("an old one", BODY, headers(), NOW + 301),
            ("one of the future", BODY, headers(), NOW - 301),
            ("no signature", BODY, {**headers(), "webhook-signature": ""}, NOW),
            ("a signature that is none", BODY, {**headers(), "webhook-signature": "v1,é"}, NOW),
            ("another id", BODY, {**headers(), "webhook-id": "msg_2"}, NOW),
            ("a time that is none", BODY, {**headers(), "webhook-timestamp": "now"}, NOW),
            ("no headers", BODY, {}, NOW),
        ):
            with self.subTest(name), self.assertRaises(InvalidSignature):
                verify_webhook(body, sent, SECRET, at)
