import { Banyan } from "../src/index.js";
const banyan = new Banyan({ url: process.env["BANYAN_URL"] ?? "", token: process.env["BANYAN_TOKEN"] ?? "" });
const { subAccount } = await banyan.call("createSubAccount", { body: { username: "north-cafe", displayName: "North Café" } });
const query = { subAccountId: subAccount.id };
await banyan.call("createPage", { query, body: { slug: "start", name: "Start" } });
const links = [{ operation: "add" as const, title: "Menu", url: "https://example.com/menu" }];
await banyan.call("updateLinks", { query, body: { links } });
const order = await banyan.call("orderMessages", { body: { master: "amira-nasser", to: "+971500000201", text: "Ready." } });
if ("id" in order) console.log((await banyan.call("getMessage", { path: { messageId: order.id } })).state);
for await (const contact of banyan.pages("listMemberInboxContacts", { query: { limit: "50" } })) {
  console.log(contact.name, contact.phone);
}
