"""Against a running server: BANYAN_URL and BANYAN_TOKEN (a key). Skipped without."""

from __future__ import annotations

import os
import time
import unittest

from banyan_client import Banyan, BanyanError

URL = os.environ.get("BANYAN_URL", "")
TOKEN = os.environ.get("BANYAN_TOKEN", "")


@unittest.skipUnless(URL and TOKEN, "BANYAN_URL and BANYAN_TOKEN name a server")
class LiveTest(unittest.TestCase):
    def setUp(self) -> None:
        self.banyan = Banyan(URL, TOKEN)
        self.unique = format(int(time.time() * 1000), "x")

    def test_a_brand_its_links_and_a_list(self) -> None:
        username = f"python-{self.unique}"
        brand = self.banyan.call("createSubAccount", body={"username": username, "displayName": "Python"})["subAccount"]
        self.banyan.call("createPage", query={"subAccountId": brand["id"]}, body={"slug": f"start-{self.unique}", "name": "Start"})
        self.banyan.call(
            "updateLinks",
            query={"subAccountId": brand["id"]},
            body={"links": [{"operation": "add", "title": "Menu", "url": "https://example.com/menu"}]},
        )
        links = self.banyan.call("getLinks", query={"subAccountId": brand["id"]})["links"]
        self.assertEqual([link["title"] for link in links], ["Menu"])

        names = [brand["username"] for brand in self.banyan.pages("getSubAccounts", query={"limit": "2"})]
        self.assertGreater(len(names), 2)
        self.assertIn(username, names)

        with self.assertRaises(BanyanError) as taken:
            self.banyan.call("createSubAccount", body={"username": username, "displayName": "Again"})
        self.assertNotEqual(taken.exception.code, "unknown")
        self.assertTrue(taken.exception.request_id)
        self.banyan.call("deleteSubAccount", body={"subAccountId": brand["id"], "confirmDelete": True})

    def test_a_message_is_ordered_once(self) -> None:
        pool = next(self.banyan.pages("listPools"))["id"]
        first, second = (
            self.banyan.call(
                "orderMessages",
                body={"master": pool, "to": "+971500000201", "text": f"Ready {self.unique}"},
                idempotency_key=f"order-{self.unique}",
            )
            for _ in range(2)
        )
        assert "id" in first and "id" in second
        self.assertEqual(first["id"], second["id"])
        message = self.banyan.call("getMessage", path={"messageId": first["id"]})
        self.assertEqual(message["text"], f"Ready {self.unique}")
        with self.assertRaises(BanyanError) as unknown:
            self.banyan.call("getMessage", path={"messageId": "unheard-of"})
        self.assertEqual((unknown.exception.status, unknown.exception.code), (404, "not-found"))
