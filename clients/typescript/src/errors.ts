import type { ErrorCode } from "./types.js";

/** A request that the server refused, or could not carry out. */
export class BanyanError extends Error {
  override readonly name = "BanyanError";

  constructor(
    /** For people. It may change: decide by `code`. */
    message: string,
    readonly status: number,
    /** For programs. It stays the same; new ones can come. */
    readonly code: ErrorCode | "unknown",
    /** Tell it to those who run the server. */
    readonly requestId: string | undefined,
    /** The field that broke its rule, where one did. */
    readonly field: string | undefined,
    /** Seconds after which it can be tried again. */
    readonly retryAfter: number | undefined,
    /** The whole answer. */
    readonly body: unknown,
  ) {
    super(message);
  }

  static async of(answer: Response): Promise<BanyanError> {
    const text = await answer.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // a proxy in front of the server answers with a page
    }
    const said = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
    const words = (value: unknown) => (typeof value === "string" ? value : undefined);
    const wait = Number(answer.headers.get("Retry-After") ?? NaN);
    return new BanyanError(
      words(said["error"]) ?? `The server answered ${answer.status}`,
      answer.status,
      (answer.headers.get("Error-Code") ?? words(said["code"]) ?? "unknown") as ErrorCode | "unknown",
      answer.headers.get("X-Request-Id") ?? undefined,
      words(said["field"]),
      Number.isFinite(wait) ? wait : undefined,
      body,
    );
  }
}
