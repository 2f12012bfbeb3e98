import { createHmac, timingSafeEqual } from 'crypto';

/** Clocks differ by seconds; what is older was recorded and is played again. */
const TOLERANCE_SECONDS = 300;

/** Whether a webhook was signed with this secret, by the Standard Webhooks specification, within five minutes of now. */
export function isSigned(
  body: Uint8Array,
  headers: Record<string, string | string[] | undefined>,
  secret: string,
  now: Date = new Date(),
): boolean {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  }) as [string, string, string];
  const age = Math.abs(now.getTime() / 1_000 - Number(timestamp));
  if (id === '' || secret === '' || !/^\d+$/.test(timestamp) || age > TOLERANCE_SECONDS) {
    return false;
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
