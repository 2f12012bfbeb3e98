import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { send, sendForAll } from './api';

type List = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

const OWN_ACCOUNT: INodePropertyOptions = { name: 'My Account', value: '' };

function listOf(path: string, list: string, option: (one: IDataObject) => INodePropertyOptions): List {
  return async function () {
    const all = await sendForAll(this, { method: 'GET', path }, list, 'after');
    return all.map(option);
  };
}

const brands = listOf('/v1/GetSubAccounts', 'subAccounts', (brand) => ({
  name: `${String(brand['displayName'])} (${String(brand['username'])})`,
  value: String(brand['id']),
}));

export const getBrands: List = async function () {
  return [OWN_ACCOUNT, ...(await brands.call(this))];
};

export const getPools = listOf('/api/whatsapp/pools', 'pools', (pool) => ({
  name: String(pool['displayName']),
  value: String(pool['id']),
}));

/** The address of an inbox is `/s/`, the workspace's path and more. */
export const getWorkspaces = listOf('/api/inboxes', 'inboxes', (inbox) => ({
  name: String(inbox['name']),
  value: String(inbox['path']).split('/')[2] ?? '',
}));

export const getSubClients = listOf('/api/inboxes', 'inboxes', (inbox) => ({
  name: String(inbox['name']),
  value: String(inbox['subClientId']),
}));

/** What keys can hear: conversations are for people. */
export const getEventTypes: List = async function () {
  const { eventTypes } = await send(this, { method: 'GET', path: '/api/webhook-event-types' });
  return ((eventTypes ?? []) as IDataObject[])
    .filter((type) => type['keyPermission'] !== undefined && type['keyPermission'] !== null)
    .map((type) => ({ name: String(type['name']), value: String(type['name']), description: String(type['description']) }));
};
