// Makes src/generated from the description of a running server: the types, and method and path of each operation.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const from = process.argv[2] ?? process.env.BANYAN_OPENAPI ?? `${process.env.BANYAN_URL ?? "http://127.0.0.1:8080"}/openapi.json`;
const text = from.startsWith("http") ? await (await fetch(from)).text() : await readFile(from, "utf8");
const api = JSON.parse(text);

const routes = {};
for (const [path, item] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(item)) {
    const names = (operation.parameters ?? []).map((one) => one.name ?? one.$ref.split("/").at(-1));
    routes[operation.operationId] = {
      method: method.toUpperCase(),
      path,
      ...(operation["x-api-key-path"] ? { keyPath: operation["x-api-key-path"] } : {}),
      ...(names.includes("Idempotency-Key") ? { repeatable: true } : {}),
      ...(names.includes("after") ? { paged: true } : {}),
    };
  }
}

const folder = new URL("../src/generated/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("api.ts", folder), astToString(await openapiTS(api)));
await writeFile(new URL("routes.ts", folder), `export const routes = ${JSON.stringify(routes, null, 2)} as const;\n`);
console.log(`${Object.keys(routes).length} operations from ${from}`);
