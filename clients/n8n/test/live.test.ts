// Against a running server: BANYAN_URL and BANYAN_TOKEN (a key). Skipped without; `npm run test:demo` starts one.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { NodeApiError, sleep, type IDataObject, type INodeParameters, type INodePropertyOptions } from 'n8n-workflow';
import { BanyanApi } from '../credentials/BanyanApi.credentials';
import { Banyan } from '../nodes/Banyan/Banyan.node';
import { BanyanTrigger } from '../nodes/Banyan/BanyanTrigger.node';
import { arrive, execute, hook, offered, resolved, type Arrived, type Surroundings } from './n8n';

const server = { serverUrl: process.env['BANYAN_URL'] ?? '', apiKey: process.env['BANYAN_TOKEN'] ?? '' };
const around: Surroundings = { server, executionId: `test-${Date.now()}` };
const skip = server.serverUrl === '' || server.apiKey === '';
const unique = Date.now().toString(36);
const banyan = new Banyan();
const trigger = new BanyanTrigger();
const carriedOut = new Set<string>();

async function all(resource: string, operation: string, entered: INodeParameters = {}): Promise<IDataObject[]> {
  carriedOut.add(`${resource} ${operation}`);
  const results = await execute(banyan, { resource, operation, ...entered }, around);
  return results.map(({ json }) => json);
}

async function one(resource: string, operation: string, entered: INodeParameters = {}): Promise<IDataObject> {
  const results = await all(resource, operation, entered);
  assert.equal(results.length, 1);
  return results[0] as IDataObject;
}

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const answer = await fetch(`${server.serverUrl}${path}`, {
    method,
    headers: { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer;
}

async function firstOffered(type: Banyan | BanyanTrigger, list: string): Promise<string> {
  const options = await offered(type, list, around);
  return String(options.find(({ value }) => value !== '')?.value);
}

test('the test of the credentials tells keys from others', { skip }, async () => {
  const { request } = new BanyanApi().test;
  const status = async (given: typeof server) => {
    const answer = await fetch(`${resolved(String(request.baseURL), given)}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        ...(request.headers as Record<string, string>),
        'Content-Type': 'application/json',
        Authorization: `Bearer ${given.apiKey}`,
      },
      body: JSON.stringify(request.body),
    });
    return answer.status;
  };
  assert.equal(await status({ ...server, serverUrl: `${server.serverUrl}/` }), 200);
  assert.equal(await status({ ...server, apiKey: 'ltm_k1234567_wrong' }), 401);
});

test('brands', { skip }, async () => {
  const username = `n8n-${unique}`;
  const brand = await one('brand', 'create', { username, displayName: 'Made by n8n', additionalFields: { type: 'brand' } });
  const subAccountId = String(brand['id']);
  const updated = await one('brand', 'update', { subAccountId, updateFields: { displayName: 'Changed by n8n' } });
  assert.equal(updated['displayName'], 'Changed by n8n');
  assert.equal((await one('brand', 'suspend', { subAccountId }))['status'], 'suspended');
  assert.equal((await one('brand', 'resume', { subAccountId }))['status'], 'active');
  const two = await all('brand', 'getAll', { limit: 2 });
  assert.equal(two.length, 2);
  const everyone = await all('brand', 'getAll', { returnAll: true });
  assert.ok(everyone.some((each) => each['username'] === username));
  await one('brand', 'delete', { subAccountId });
  assert.deepEqual(
    (await all('brand', 'getAll', { filters: { status: 'deleted', search: username } })).map((each) => each['id']),
    [subAccountId],
  );
  assert.equal((await one('brand', 'restore', { subAccountId }))['username'], username);
  const options = await offered(banyan, 'getBrands', around);
  assert.ok(options.some(({ value }) => value === subAccountId) && options[0]?.value === '');
  await one('brand', 'delete', { subAccountId });
});

test('pages of a brand, and their links', { skip }, async () => {
  const brandId = await firstOffered(banyan, 'getBrands');
  const page = await one('page', 'create', { brandId, slug: `n8n-${unique}`, name: 'Made by n8n' });
  const pageId = String(page['id']);
  await one('page', 'addLink', { brandId, pageId, title: 'Menu', url: 'https://example.com/menu' });
  const links = await all('page', 'getLinks', { brandId, pageId });
  assert.deepEqual(links.map((link) => link['title']), ['Menu']);
  await one('page', 'removeLink', { brandId, pageId, linkId: String(links[0]?.['id']) });
  assert.deepEqual(await all('page', 'getLinks', { brandId, pageId }), []);
  await one('page', 'update', { brandId, pageId, updateFields: { name: 'Changed by n8n' } });
  const copy = await one('page', 'copy', { brandId, pageId, slug: `n8n-copy-${unique}` });
  const pages = await all('page', 'getAll', { brandId, returnAll: true });
  assert.equal(pages.find((each) => each['id'] === pageId)?.['name'], 'Changed by n8n');
  await one('page', 'delete', { brandId, pageId });
  await one('page', 'delete', { brandId, pageId: String(copy['id']) });
});

test('short links', { skip }, async () => {
  const slug = `n8n-${unique}`;
  const link = await one('shortLink', 'create', {
    targetUrl: 'https://example.com/menu',
    additionalFields: { customSlug: slug, tags: 'n8n', utmSource: 'n8n', endsAt: '2030-01-01T00:00:00' },
  });
  assert.equal(link['slug'], slug);
  await one('shortLink', 'update', { slug, updateFields: { title: 'Changed by n8n' } });
  const found = (await all('shortLink', 'getAll', { returnAll: true })).find((each) => each['slug'] === slug);
  assert.deepEqual([found?.['title'], found?.['endsAt']], ['Changed by n8n', '2029-12-31T20:00:00Z']);
  assert.ok('summary' in (await one('shortLink', 'getClicks', { slug })));
  await one('shortLink', 'delete', { slug });
  const failure = await one('shortLink', 'getClicks', { slug }).catch((thrown: unknown) => thrown);
  assert.ok(failure instanceof NodeApiError);
  assert.deepEqual([failure.context['code'], failure.httpCode], ['not-found', '404']);
});

test('messages', { skip, timeout: 60_000 }, async () => {
  const masterId = await firstOffered(banyan, 'getPools');
  const sending = { masterId, to: '+971500000201', text: `Ready ${unique}` };
  const sent = await one('message', 'send', sending);
  const again = await one('message', 'send', sending);
  assert.equal(again['id'], sent['id'], 'a second try of the same execution');
  const got = await one('message', 'get', { messageId: String(sent['id']) });
  assert.equal(got['text'], `Ready ${unique}`);
  const listed = await all('message', 'getAll', { limit: 5, filters: { master: masterId, to: '+971500000201' } });
  assert.ok(listed.some((each) => each['id'] === sent['id']));

  const later = await one('message', 'send', {
    ...sending,
    additionalFields: { sendAt: new Date(Date.now() + 86_400_000).toISOString() },
  });
  assert.equal(later['state'], 'scheduled');
  const messageId = String(later['id']);
  assert.equal((await one('message', 'cancel', { messageId }))['state'], 'canceled');
  const refused = await one('message', 'resend', { messageId: 'unheard-of' }).catch((thrown: unknown) => thrown);
  assert.ok(refused instanceof NodeApiError && refused.context['code'] === 'not-found', String(refused));

  // What is written to a workspace's number goes to its inbox; the sample agency has a pool without one.
  for (const { value } of await offered(banyan, 'getPools', around)) {
    const written = { sender: value, from: '+971500000222', name: 'Noor', text: unique };
    await ask('POST', '/api/whatsapp/simulator/messages', written);
  }
  let received: IDataObject[] = [];
  while (received.length === 0) {
    await sleep(100); // the simulator delivers in its own time
    received = await all('message', 'getReceived', { limit: 5, receivedFilters: { text: unique } });
  }
  assert.equal(received[0]?.['text'], unique);
});

test('contacts', { skip }, async () => {
  const shortPath = await firstOffered(banyan, 'getWorkspaces');
  const contacts = await all('contact', 'getAll', { shortPath, limit: 3 });
  assert.equal(contacts.length, 3);
  const phone = '+971500000909';
  await one('contact', 'optOut', { phone, note: 'By n8n' });
  const out = await all('contact', 'getOptOuts', { returnAll: true });
  assert.equal(out.find((each) => each['phone'] === phone)?.['note'], 'By n8n');
  await one('contact', 'optIn', { phone });
});

test('conversations', { skip }, async () => {
  const shortPath = await firstOffered(banyan, 'getWorkspaces');
  const threads = await all('conversation', 'getAll', { shortPath, returnAll: true });
  const thread = threads.find((each) => each['channel'] === 'whatsapp');
  const threadId = String(thread?.['id']);
  const noted = await one('conversation', 'reply', { shortPath, threadId, text: 'By n8n', additionalFields: { note: true } });
  assert.equal((noted['message'] as IDataObject)['text'], 'By n8n');
  await one('conversation', 'update', { shortPath, threadId, updateFields: { tags: 'n8n, vip', read: true } });
  assert.deepEqual((await one('conversation', 'get', { shortPath, threadId }))['tags'], ['n8n', 'vip']);
  const newest = await all('conversation', 'getMessages', { shortPath, threadId, limit: 1 });
  assert.equal(newest[0]?.['text'], 'By n8n');
  const started = await one('conversation', 'start', { shortPath, phone: '+971500000333', text: 'Hello' });
  assert.ok(started['threadId']);
});

test('each operation was carried out', { skip }, () => {
  const listed = banyan.description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap(({ options, displayOptions }) =>
      (options as INodePropertyOptions[]).map(({ value }) => `${String(displayOptions?.show?.['resource'])} ${String(value)}`),
    );
  assert.deepEqual([...carriedOut].sort(), listed.sort());
});

// ---- the trigger ----------------------------------------------------------------------------------------------------

const arrivals: Arrived[] = [];
let listener: HttpServer | undefined;
after(() => listener?.close());

async function listening(): Promise<string> {
  listener = createServer((request, response) => {
    const parts: Buffer[] = [];
    request
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        arrivals.push({ headers: request.headers, body: Buffer.concat(parts) });
        response.end();
        listener?.emit('arrived');
      });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return `http://127.0.0.1:${(listener.address() as AddressInfo).port}/webhook`;
}

test('the trigger registers its webhook, gets what happens, and removes it', { skip, timeout: 60_000 }, async () => {
  const webhookUrl = await listening();
  const staticData: IDataObject = {};
  const here = { ...around, staticData, webhookUrl };
  const types = await offered(trigger, 'getEventTypes', here);
  assert.ok(types.some(({ value }) => value === 'short_link.updated'));
  assert.ok(!types.some(({ value }) => value === 'conversation.created'), 'keys don’t hear conversations');

  const events = { events: ['short_link.updated'] };
  assert.equal(await hook(trigger, 'checkExists', events, here), false);
  assert.equal(await hook(trigger, 'create', events, here), true);
  assert.equal(await hook(trigger, 'checkExists', events, here), true);
  assert.equal(await hook(trigger, 'checkExists', { events: ['page.created'] }, here), false, 'it hears something else');
  assert.equal(await hook(trigger, 'checkExists', events, { ...here, staticData: {} }), false, 'its secret is lost');
  const first = staticData['webhookId'];
  assert.equal(await hook(trigger, 'create', events, here), true);
  assert.notEqual(staticData['webhookId'], first);
  const endpoints = async () => {
    const { webhooks } = (await (await ask('GET', '/v1/webhooks')).json()) as { webhooks: Array<{ url: string }> };
    return webhooks.filter(({ url }) => url === webhookUrl).length;
  };
  assert.equal(await endpoints(), 1, 'the former one made room');

  const slug = `n8n-hook-${unique}`;
  await one('shortLink', 'create', { targetUrl: 'https://example.com', additionalFields: { customSlug: slug } });
  if (arrivals.length === 0) {
    await once(listener as HttpServer, 'arrived');
  }
  const [arrived] = arrivals as [Arrived];
  const { answer } = await arrive(trigger, arrived, here);
  const event = answer.workflowData?.[0]?.[0]?.json;
  assert.equal(event?.['type'], 'short_link.updated');
  assert.equal(event?.['id'], arrived.headers['webhook-id']);

  const forged = { ...arrived, body: Buffer.from(arrived.body.toString().replace('short_link', 'long_link')) };
  const refused = await arrive(trigger, forged, here);
  assert.deepEqual([refused.status, refused.answer], [401, { noWebhookResponse: true }]);

  assert.equal(await hook(trigger, 'delete', events, here), true);
  assert.deepEqual(staticData, {});
  assert.equal(await endpoints(), 0);
  assert.equal(await hook(trigger, 'delete', events, here), true, 'it is gone already');
  await one('shortLink', 'delete', { slug });
});
