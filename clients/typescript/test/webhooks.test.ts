import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { InvalidSignature, verifyWebhook } from "../src/index.js";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const NOW = new Date("2026-11-23T08:00:00Z");
const BODY = '{"type":"page.created","timestamp":"2026-11-23T08:00:00Z","data":{"id":"p1"}}';

function headers(body: string, at = NOW, secret = SECRET): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`msg_1.${seconds}.${body}`).digest("base64");
  return { "webhook-id": "msg_1", "webhook-timestamp": seconds, "webhook-signature": `v1,AAAA v1,${signature}` };
}

test("an event that was signed is returned", () => {
  assert.equal(verifyWebhook(BODY, headers(BODY), SECRET, NOW).data["id"], "p1");
  assert.equal(verifyWebhook(new TextEncoder().encode(BODY), new Headers(headers(BODY)), SECRET, NOW).type, "page.created");
});

test("while a secret is replaced, either fits", () => {
  const other = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
  assert.ok(verifyWebhook(BODY, headers(BODY, NOW, other), [SECRET, other], NOW));
});

for (const [name, body, sent, at] of [
  ["another body", BODY.replace("p1", "p2"), headers(BODY), NOW],
  ["another secret", BODY, headers(BODY, NOW, `whsec_${Buffer.alloc(32, 1).toString("base64")}`), NOW],
  ["an old one", BODY, headers(BODY), new Date(NOW.getTime() + 301_000)],
  ["one of the future", BODY, headers(BODY), new Date(NOW.getTime() - 301_000)],
  ["none", BODY, { ...headers(BODY), "webhook-signature": "" }, NOW],
  ["another id", BODY, { ...headers(BODY), "webhook-id": "msg_2" }, NOW],
  ["a time that is none", BODY, { ...headers(BODY), "webhook-timestamp": "now" }, NOW],
] as const) {
  test(`refused: ${name}`, () => {
    assert.throws(() => verifyWebhook(body, sent, SECRET, at), InvalidSignature);
  });
}
