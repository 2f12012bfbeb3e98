// Against a running server: BANYAN_URL and BANYAN_TOKEN (the token of a session of an agency, or a key). Skipped without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Banyan, BanyanError } from "../src/index.js";

const url = process.env["BANYAN_URL"];
const token = process.env["BANYAN_TOKEN"];

test("a brand, its links, and a list", { skip: !url || !token }, async () => {
  const banyan = new Banyan({ url: url ?? "", token: token ?? "" });
  const username = `client-${Date.now().toString(36)}`;
  const { subAccount } = await banyan.call("createSubAccount", { body: { username, displayName: "Client test" } });
  const query = { subAccountId: subAccount.id };
  await banyan.call("createPage", { query, body: { slug: `start-${Date.now().toString(36)}`, name: "Start" } });
  await banyan.call("updateLinks", {
    query,
    body: { links: [{ operation: "add", title: "Menu", url: "https://example.com/menu" }] },
  });
  const { links } = await banyan.call("getLinks", { query });
  assert.deepEqual(links.map((link) => link.title), ["Menu"]);

  const names: string[] = [];
  for await (const brand of banyan.pages("getSubAccounts", { query: { limit: "2" } })) {
    names.push(brand.username);
  }
  assert.ok(names.length > 2 && names.includes(username), String(names));

  const taken = await banyan
    .call("createSubAccount", { body: { username, displayName: "Again" } })
    .catch((thrown: unknown) => thrown);
  assert.ok(taken instanceof BanyanError, String(taken));
  assert.ok(taken.code !== "unknown" && taken.requestId, JSON.stringify(taken));
  await banyan.call("deleteSubAccount", { body: { subAccountId: subAccount.id, confirmDelete: true } });
});
