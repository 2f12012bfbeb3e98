import assert from "node:assert/strict";
import { test } from "node:test";
import { Banyan, BanyanError } from "../src/index.js";

type Answer = [status: number, body: unknown, headers?: Record<string, string>] | Error;

/** A client whose server gives these answers, one for each request, and the requests that it got. */
function served(...answers: Answer[]) {
  const requests: Request[] = [];
  const banyan = new Banyan({
    url: "https://banyan.example.com",
    token: "ltm_k1234567_secret",
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      const answer = answers.shift();
      assert.ok(answer, "one request too many");
      if (answer instanceof Error) {
        throw answer;
      }
      return new Response(JSON.stringify(answer[1]), { status: answer[0], headers: { "Retry-After": "0", ...answer[2] } });
    },
  });
  return { banyan, requests };
}

const NORTH = { username: "north", displayName: "North Café" };
const SUSPENDED = { subAccountId: "north", status: "suspended" } as const;
const REFUSED: Answer = [503, { error: "The server can’t do it right now" }, { "Error-Code": "unavailable" }];

test("keys use the addresses for keys, and placeholders and queries are filled", async () => {
  const { banyan, requests } = served([200, { links: [], groups: [] }], [200, { success: true, data: { id: "a/b" } }]);
  await banyan.call("getLinks", { query: { pageId: "p 1&x" } });
  const message = await banyan.call("getMessage", { path: { messageId: "a/b" } });
  assert.equal(requests[0]?.url, "https://banyan.example.com/v1/GetLinks?pageId=p+1%26x");
  assert.equal(requests[0]?.headers.get("authorization"), "Bearer ltm_k1234567_secret");
  assert.match(requests[1]?.url ?? "", /\/api\/whatsapp\/messages\/a%2Fb$/);
  assert.equal(message.id, "a/b", "the envelope is taken off");
});

test("a failure has its code, its field and the id of the request", async () => {
  const { banyan } = served([
    400,
    { error: "username is taken", field: "username" },
    { "Error-Code": "invalid-field", "X-Request-Id": "0123" },
  ]);
  const failure = await banyan.call("createSubAccount", { body: NORTH }).catch((thrown: unknown) => thrown);
  assert.ok(failure instanceof BanyanError);
  assert.deepEqual(
    [failure.status, failure.code, failure.field, failure.requestId, failure.message],
    [400, "invalid-field", "username", "0123", "username is taken"],
  );
});

test("what creates is repeated with the same key, after a refusal and a lost connection", async () => {
  const { banyan, requests } = served(REFUSED, new TypeError("fetch failed"), [200, { username: "north" }]);
  assert.equal((await banyan.call("createSubAccount", { body: NORTH })).username, "north");
  const keys = requests.map((request) => request.headers.get("idempotency-key"));
  assert.equal(new Set(keys).size, 1);
  assert.match(keys[0] ?? "", /^[0-9a-f-]{36}$/);
});

test("what can’t be repeated safely is sent once", async () => {
  const { banyan, requests } = served(REFUSED);
  await assert.rejects(banyan.call("updateSubAccountStatus", { body: SUSPENDED }), BanyanError);
  assert.equal(requests.length, 1);
});

test("too many requests were not carried out, and are sent again", async () => {
  const { banyan, requests } = served(
    [429, { error: "Rate limit exceeded (minute)" }],
    [200, { message: "Suspended" }],
  );
  await banyan.call("updateSubAccountStatus", { body: SUSPENDED });
  assert.equal(requests.length, 2);
});

test("a wait that is too long is the caller’s to decide", async () => {
  const { banyan, requests } = served([429, { error: "Rate limit exceeded (daily)" }, { "Retry-After": "40000" }]);
  const failure = await banyan.call("getLinks").catch((thrown: unknown) => thrown);
  assert.ok(failure instanceof BanyanError && failure.retryAfter === 40_000);
  assert.equal(requests.length, 1);
});

test("it gives up after four attempts", async () => {
  const { banyan, requests } = served(REFUSED, REFUSED, REFUSED, REFUSED);
  await assert.rejects(banyan.call("getLinks"), { code: "unavailable" });
  assert.equal(requests.length, 4);
});

test("a list is read page by page, and only as far as it is wanted", async () => {
  const page = (names: string[], nextCursor?: string): Answer => [
    200,
    { subAccounts: names.map((username) => ({ username })), total: 5, ...(nextCursor ? { nextCursor } : {}) },
  ];
  const { banyan, requests } = served(page(["a", "b"], "c1"), page(["c", "d"], "c2"), page(["e"]));
  const names: string[] = [];
  for await (const brand of banyan.pages("getSubAccounts", { query: { status: "active" } })) {
    names.push(brand.username);
  }
  assert.deepEqual(names, ["a", "b", "c", "d", "e"]);
  assert.deepEqual(
    requests.map((request) => new URL(request.url).search),
    ["?status=active", "?status=active&after=c1", "?status=active&after=c2"],
  );
  const early = served(page(["a", "b"], "c1"));
  for await (const _ of early.banyan.pages("getSubAccounts")) {
    break;
  }
  assert.equal(early.requests.length, 1);
});

test("a caller can stop waiting", async () => {
  const { banyan } = served([503, {}, { "Retry-After": "30" }]);
  const stop = new AbortController();
  const call = banyan.call("getLinks", { signal: stop.signal });
  stop.abort(new Error("enough"));
  await assert.rejects(call, /enough/);
});
