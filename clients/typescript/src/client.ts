import { BanyanError } from "./errors.js";
import { routes } from "./generated/routes.js";
import type { Args, Item, Operation, Output, Paged } from "./types.js";

export interface Options {
  /** Such as `https://banyan.example.com`. */
  url: string;
  /** An API key, or the token of a session. */
  token: string;
  /** How often a request is sent at most. 4 by default. */
  attempts?: number;
  /** Milliseconds after which an attempt ends. 30 seconds by default. */
  timeout?: number;
  fetch?: typeof fetch;
}

interface Route {
  method: string;
  path: string;
  keyPath?: string;
  repeatable?: boolean;
}

interface Sent {
  path?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

const LONGEST_WAIT = 60_000;
const FIRST_WAIT = 250;

/** Calls operations of a Banyan server by their names in `/openapi.json`. */
export class Banyan {
  constructor(private readonly options: Options) {}

  /** Calls an operation once, or again where that is safe: after a lost connection, and when the server asks to wait. */
  async call<O extends Operation>(operation: O, ...args: Args<O>): Promise<Output<O>> {
    return unwrapped(await this.send(operation, (args[0] ?? {}) as Sent)) as Output<O>;
  }

  /** Goes through a list to its end, page by page. */
  async *pages<O extends Paged>(operation: O, ...args: Args<O>): AsyncGenerator<Item<O>, void, undefined> {
    const input = (args[0] ?? {}) as Sent;
    let after: unknown = input.query?.["after"];
    do {
      const query = after === undefined ? input.query : { ...input.query, after };
      const page = unwrapped(await this.send(operation, { ...input, ...(query ? { query } : {}) })) as Record<string, unknown>;
      const list = Object.values(page).find(Array.isArray) ?? [];
      yield* list as Item<O>[];
      after = page["nextCursor"] ?? undefined;
    } while (after !== undefined);
  }

  private async send(operation: Operation, input: Sent): Promise<unknown> {
    const route: Route = routes[operation];
    const key = input.idempotencyKey ?? (route.repeatable ? crypto.randomUUID() : undefined);
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.options.token}`,
      Accept: "application/json",
      ...(input.body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(key === undefined ? {} : { "Idempotency-Key": key }),
    };
    const request: RequestInit = {
      method: route.method,
      headers,
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    };
    const safe = route.method !== "POST" || key !== undefined;
    const most = this.options.attempts ?? 4;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.attempt(this.address(route, input), request, input.signal).catch((failure: unknown) => {
        if (!safe || attempt >= most || input.signal?.aborted) {
          throw failure;
        }
        return undefined;
      });
      if (answer?.ok) {
        return answer.status === 204 ? undefined : await answer.json();
      }
      const failure = answer && (await BanyanError.of(answer));
      // 429 is said before anything is done, so that even what isn’t safe to repeat can be sent again.
      const again = !failure || failure.status === 429 || (safe && [502, 503, 504].includes(failure.status));
      const wait = failure?.retryAfter === undefined ? backoff(attempt) : failure.retryAfter * 1_000;
      if (failure && (!again || attempt >= most || wait > LONGEST_WAIT)) {
        throw failure;
      }
      await pause(wait, input.signal);
    }
  }

  private attempt(address: URL, request: RequestInit, given: AbortSignal | undefined): Promise<Response> {
    const limit = AbortSignal.timeout(this.options.timeout ?? 30_000);
    return (this.options.fetch ?? fetch)(address, { ...request, signal: given ? AbortSignal.any([given, limit]) : limit });
  }

  private address(route: Route, input: Sent): URL {
    const isKey = this.options.token.startsWith("ltm_");
    const path = (isKey && route.keyPath) || route.path;
    const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(input.path?.[name] ?? "")));
    const address = new URL(filled, this.options.url);
    for (const [name, value] of Object.entries(input.query ?? {})) {
      if (value !== undefined && value !== null) {
        address.searchParams.set(name, String(value));
      }
    }
    return address;
  }
}

function unwrapped(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "success" in answer && "data" in answer ? answer.data : answer;
}

function backoff(attempt: number): number {
  return FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + Math.random());
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((done, failed) => {
    signal?.throwIfAborted();
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", () => (clearTimeout(timer), failed(signal.reason)), { once: true });
  });
}
