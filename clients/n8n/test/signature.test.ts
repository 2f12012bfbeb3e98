import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { isSigned } from '../nodes/Banyan/signature';

const NOW = new Date('2026-11-23T08:00:00Z');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BODY = Buffer.from('{"type":"page.created","timestamp":"2026-11-23T08:00:00Z","data":{"id":"p1"}}');

function headers(body: Buffer, at = NOW, secret = SECRET): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1_000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${seconds}.`).update(body).digest('base64');
  return { 'webhook-id': 'msg_1', 'webhook-timestamp': seconds, 'webhook-signature': `v1,AAAA v1,${signature}` };
}

test('what was signed is known', () => {
  assert.ok(isSigned(BODY, headers(BODY), SECRET, NOW));
});

for (const [name, body, sent, secret, at] of [
  ['another body', Buffer.from('{}'), headers(BODY), SECRET, NOW],
  ['another secret', BODY, headers(BODY), `whsec_${Buffer.alloc(32, 1).toString('base64')}`, NOW],
  ['no secret', BODY, headers(BODY, NOW, 'whsec_'), '', NOW],
  ['an old one', BODY, headers(BODY), SECRET, new Date(NOW.getTime() + 301_000)],
  ['one of the future', BODY, headers(BODY), SECRET, new Date(NOW.getTime() - 301_000)],
  ['no signature', BODY, { ...headers(BODY), 'webhook-signature': '' }, SECRET, NOW],
  ['no headers', BODY, {}, SECRET, NOW],
  ['another id', BODY, { ...headers(BODY), 'webhook-id': 'msg_2' }, SECRET, NOW],
  ['a time that is none', BODY, { ...headers(BODY), 'webhook-timestamp': 'now' }, SECRET, NOW],
] as const) {
  test(`refused: ${name}`, () => {
    assert.equal(isSigned(body, sent, secret, at), false);
  });
}
