import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeApiError, type INodeParameters } from 'n8n-workflow';
import { Banyan } from '../nodes/Banyan/Banyan.node';
import { instant } from '../nodes/Banyan/operation';
import { execute, type Surroundings } from './n8n';

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

/** A server that gives these answers, one for each request, and the requests that it got. */
function served(...answers: Answer[]) {
  const requests: Request[] = [];
  const around: Surroundings = {
    server: { serverUrl: 'https://banyan.example.com/', apiKey: 'ltm_k1234567_secret' },
    fetch: async (input, init) => {
      requests.push(new Request(input, init));
      const answer = answers.shift();
      assert.ok(answer, 'one request too many');
      return new Response(JSON.stringify(answer[1]), { status: answer[0], headers: { 'Retry-After': '0', ...answer[2] } });
    },
  };
  return { around, requests };
}

const SEND: INodeParameters = {
  resource: 'message',
  operation: 'send',
  masterId: 'amira-nasser',
  to: '+971500000201',
  text: 'Ready.',
  additionalFields: { sendAt: '2026-11-21T09:30:00' },
};

const QUEUED: Answer = [202, { success: true, data: { id: 'm1', state: 'queued' } }];

test('a message is sent with the key, over the pool, at the time of the workflow’s zone', async () => {
  const { around, requests } = served(QUEUED);
  const [sent] = await execute(new Banyan(), SEND, around);
  assert.deepEqual(sent, { json: { id: 'm1', state: 'queued' }, pairedItem: { item: 0 } });
  assert.equal(requests[0]?.url, 'https://banyan.example.com/api/whatsapp/messages');
  assert.equal(requests[0]?.headers.get('authorization'), 'Bearer ltm_k1234567_secret');
  assert.deepEqual(await requests[0]?.json(), {
    master: 'amira-nasser',
    to: '+971500000201',
    text: 'Ready.',
    sendAt: '2026-11-21T05:30:00.000Z',
  });
});

test('another try of the same item has the same key; another item, and another execution, have others', async () => {
  const { around, requests } = served(QUEUED, QUEUED, QUEUED, QUEUED);
  await execute(new Banyan(), SEND, { ...around, items: 2 });
  await execute(new Banyan(), SEND, around);
  await execute(new Banyan(), SEND, { ...around, executionId: '8' });
  const [first, second, again, later] = requests.map((request) => request.headers.get('idempotency-key'));
  assert.match(first ?? '', /^[0-9a-f]{64}$/);
  assert.equal(again, first);
  assert.equal(new Set([first, second, later]).size, 3);
});

const TAKEN: Answer = [
  400,
  { error: 'username is taken', field: 'username' },
  { 'Error-Code': 'invalid-field', 'X-Request-Id': '0123' },
];

const CREATE: INodeParameters = { resource: 'brand', operation: 'create', username: 'north', displayName: 'North' };

test('a failure is a NodeApiError with the code of the API', async () => {
  const { around } = served(TAKEN);
  const failure = await execute(new Banyan(), CREATE, around).catch((thrown: unknown) => thrown);
  assert.ok(failure instanceof NodeApiError);
  assert.equal(failure.message, 'username is taken');
  assert.equal(failure.httpCode, '400');
  assert.equal(failure.description, 'code: invalid-field, status: 400, field: username, requestId: 0123');
  const { code, status, field, requestId, itemIndex } = failure.context;
  assert.deepEqual([code, status, field, requestId, itemIndex], ['invalid-field', 400, 'username', '0123', 0]);
});

test('a workflow that continues after failures gets the code', async () => {
  const { around } = served(TAKEN, [200, { message: 'Created', subAccount: { id: 'b1' } }]);
  const results = await execute(new Banyan(), CREATE, { ...around, items: 2, continueOnFail: true });
  assert.deepEqual(results, [
    {
      json: { error: 'username is taken', code: 'invalid-field', status: 400, field: 'username', requestId: '0123' },
      pairedItem: { item: 0 },
    },
    { json: { id: 'b1' }, pairedItem: { item: 1 } },
  ]);
});

test('a lost connection is a NodeApiError, too', async () => {
  const { around } = served();
  const fetch = async () => Promise.reject(new TypeError('fetch failed'));
  await assert.rejects(execute(new Banyan(), CREATE, { ...around, fetch }), NodeApiError);
});

test('too many requests were not carried out, and are sent again', async () => {
  const suspend = { resource: 'brand', operation: 'suspend', subAccountId: 'b1' };
  const { around, requests } = served([429, { error: 'Rate limit exceeded (minute)' }], [200, { message: 'Suspended' }]);
  await execute(new Banyan(), suspend, around);
  assert.equal(requests.length, 2);
});

test('what can’t be repeated safely is sent once', async () => {
  const suspend = { resource: 'brand', operation: 'suspend', subAccountId: 'b1' };
  const { around, requests } = served([503, { error: 'The server can’t do it right now' }]);
  await assert.rejects(execute(new Banyan(), suspend, around), NodeApiError);
  assert.equal(requests.length, 1);
});

test('a wait that is too long is the workflow’s to decide', async () => {
  const { around, requests } = served([429, { error: 'Daily limit exceeded' }, { 'Retry-After': '3600' }]);
  await assert.rejects(execute(new Banyan(), SEND, around), NodeApiError);
  assert.equal(requests.length, 1);
});

test('a list ends where the limit is, or goes on to its end', async () => {
  const page = (from: number, nextCursor: string | null): Answer => [
    200,
    { subAccounts: [{ id: from }, { id: from + 1 }], nextCursor },
  ];
  const list = { resource: 'brand', operation: 'getAll', filters: { status: 'active', search: '' } };
  const some = served(page(1, 'c2'), page(3, 'c4'));
  const three = await execute(new Banyan(), { ...list, limit: 3 }, some.around);
  assert.deepEqual(three.map(({ json }) => json['id']), [1, 2, 3]);
  assert.equal(some.requests[0]?.url, 'https://banyan.example.com/v1/GetSubAccounts?status=active&limit=3');
  assert.equal(some.requests[1]?.url, 'https://banyan.example.com/v1/GetSubAccounts?status=active&limit=1&after=c2');
  const all = served(page(1, 'c2'), page(3, null));
  const four = await execute(new Banyan(), { ...list, returnAll: true }, all.around);
  assert.deepEqual(four.map(({ json }) => json['id']), [1, 2, 3, 4]);
});

test('the form of a short link becomes the fields of the API', async () => {
  const { around, requests } = served([200, { success: true, created: [{ slug: 'summer', targetUrl: 'https://example.com' }] }]);
  const results = await execute(
    new Banyan(),
    {
      resource: 'shortLink',
      operation: 'create',
      brandId: 'b1',
      targetUrl: 'https://example.com',
      additionalFields: { customSlug: 'summer', tags: 'menu, 2026', utmSource: 'n8n', endsAt: '2026-12-31T00:00:00+04:00' },
    },
    around,
  );
  assert.deepEqual(results[0]?.json, { slug: 'summer', targetUrl: 'https://example.com' });
  assert.match(requests[0]?.url ?? '', /updateShortLinks\?subAccountId=b1$/);
  assert.deepEqual(await requests[0]?.json(), {
    shortLinks: [
      {
        operation: 'add',
        targetUrl: 'https://example.com',
        customSlug: 'summer',
        endsAt: '2026-12-30T20:00:00.000Z',
        tags: ['menu', '2026'],
        utm: { source: 'n8n' },
      },
    ],
  });
});

test('content of other kinds is JSON', async () => {
  const { around, requests } = served(QUEUED);
  await execute(new Banyan(), { ...SEND, type: 'other', additionalFields: {} }, around);
  assert.equal(((await requests[0]?.json()) as { type: string }).type, 'location');
  await assert.rejects(execute(new Banyan(), { ...SEND, type: 'other', content: '{' }, around), /Content must be JSON/);
});

test('a time without a zone is the workflow’s, on both sides of a change of clocks', () => {
  assert.equal(instant('2026-03-29T00:30:00', 'Europe/Berlin'), '2026-03-28T23:30:00.000Z');
  assert.equal(instant('2026-03-29T03:30:00', 'Europe/Berlin'), '2026-03-29T01:30:00.000Z');
  assert.equal(instant('2026-03-29T03:30:00-02:00', 'Europe/Berlin'), '2026-03-29T05:30:00.000Z');
  assert.equal(instant('soon', 'Europe/Berlin'), 'soon');
});
