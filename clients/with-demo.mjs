// Runs a command next to a demo server of its own, which ends with it: node with-demo.mjs npm test
//
// The command gets BANYAN_URL, BANYAN_TOKEN (an API key of the sample agency) and BANYAN_DEMO (its demo.json). With
// BANYAN_URL and BANYAN_TOKEN in the surroundings, those are used, and no server is started. BANYAN_JAR names a build to
// run instead of ./banyan.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [command, ...args] = process.argv.slice(2);

if (process.env.BANYAN_URL && process.env.BANYAN_TOKEN) {
  process.exitCode = await ran(process.env);
} else {
  const folder = await mkdtemp(join(tmpdir(), "banyan-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = started(folder, url);
  process.on("SIGINT", () => server.kill()).on("SIGTERM", () => server.kill());
  try {
    await ready(server, url);
    const demo = JSON.parse(await readFile(join(folder, "demo.json"), "utf8"));
    const token = await key(url, demo.agency);
    process.exitCode = await ran({
      ...process.env,
      BANYAN_URL: url,
      BANYAN_TOKEN: token,
      BANYAN_DEMO: join(folder, "demo.json"),
    });
  } finally {
    server.kill();
    await server.ended;
    await rm(folder, { recursive: true, force: true });
  }
}

function ran(env) {
  const child = spawn(command, args, { stdio: "inherit", env });
  return new Promise((done, failed) => child.on("error", failed).on("exit", (code) => done(code ?? 1)));
}

function started(folder, url) {
  const jar = process.env.BANYAN_JAR;
  const [program, ...first] = jar
    ? ["java", `@${root}release/java-options`, "-XX:+UseSerialGC", "-jar", jar]
    : [`${root}banyan`];
  const server = spawn(program, [...first, "demo", "--port", new URL(url).port, "--data", folder], {
    stdio: ["ignore", "ignore", "inherit"],
    // Webhooks of the tests go to this machine.
    env: { ...process.env, BANYAN_OUTBOUND_ALLOW: "127.0.0.1", BANYAN_RATE_LIMITS: "off" },
  });
  server.ended = new Promise((done) => server.on("exit", done));
  return server;
}

async function ready(server, url) {
  for (;;) {
    if (server.exitCode !== null) {
      throw new Error(`The server ended with ${server.exitCode}`);
    }
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

async function key(url, { email, password }) {
  const signedIn = await post(`${url}/api/login`, { email, password });
  const session = { Authorization: `Bearer ${signedIn.data.session.token}` };
  const { availablePermissions } = await (await fetch(`${url}/api/admin/GetApiKeys`, { headers: session })).json();
  const made = await post(`${url}/api/admin/apikeyscreate`, { name: "Clients", permissions: availablePermissions }, session);
  return made.key.key;
}

async function post(address, body, headers = {}) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`);
  }
  return answer.json();
}

function freePort() {
  const listener = createServer();
  return new Promise((done) =>
    listener.listen(0, "127.0.0.1", () => {
      const { port } = listener.address();
      listener.close(() => done(port));
    }),
  );
}
