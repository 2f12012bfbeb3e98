import { createHmac, timingSafeEqual } from "node:crypto";

export interface Event<T = Record<string, unknown>> {
  type: string;
  timestamp: string;
  data: T;
}

export class InvalidSignature extends Error {
  override readonly name = "InvalidSignature";
}

type Headers = { get(name: string): string | null } | Record<string, string | string[] | undefined>;

/** Clocks differ by seconds; what is older was recorded and is played again. */
const TOLERANCE_SECONDS = 300;

/**
 * Returns the event of a webhook, or throws. Keep `webhook-id` and pass over what you have seen: it can arrive twice.
 *
 * @param body as it arrived, not parsed and written again
 * @param secrets `whsec_…`; several while one is being replaced
 */
export function verifyWebhook<T = Record<string, unknown>>(
  body: string | Uint8Array,
  headers: Headers,
  secrets: string | string[],
  now: Date = new Date(),
): Event<T> {
  const id = header(headers, "webhook-id");
  const timestamp = header(headers, "webhook-timestamp");
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (!/^\d+$/.test(timestamp) || age > TOLERANCE_SECONDS) {
    throw new InvalidSignature("webhook-timestamp is not within five minutes of now");
  }
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const signed = `${id}.${timestamp}.${text}`;
  const given = header(headers, "webhook-signature")
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"));
  const matches = [secrets].flat().some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const expected = createHmac("sha256", key).update(signed).digest();
    return given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  });
  if (!matches) {
    throw new InvalidSignature("webhook-signature doesn’t fit the body and the secret");
  }
  return JSON.parse(text) as Event<T>;
}

function header(headers: Headers, name: string): string {
  const value = typeof headers.get === "function" ? headers.get(name) : (headers as Record<string, string | string[]>)[name];
  if (typeof value !== "string" || value === "") {
    throw new InvalidSignature(`${name} is missing`);
  }
  return value;
}
