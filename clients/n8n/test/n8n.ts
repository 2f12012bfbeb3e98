// What n8n gives to nodes, as far as ours use it: parameters with their defaults, credentials, requests and static data.
import assert from 'node:assert/strict';
import {
  NodeHelpers,
  type IDataObject,
  type IExecuteFunctions,
  type IHookFunctions,
  type IHttpRequestOptions,
  type ILoadOptionsFunctions,
  type INode,
  type INodeExecutionData,
  type INodeParameters,
  type INodePropertyOptions,
  type INodeType,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { BanyanApi } from '../credentials/BanyanApi.credentials';

export interface Server {
  serverUrl: string;
  apiKey: string;
}

export interface Surroundings {
  server: Server;
  continueOnFail?: boolean;
  items?: number;
  executionId?: string;
  timezone?: string;
  staticData?: IDataObject;
  webhookUrl?: string;
  /** Answers instead of the server. */
  fetch?: typeof fetch;
}

/** The node as n8n keeps it: parameters that nobody entered have their defaults, hidden ones are not there. */
function nodeOf(type: INodeType, entered: INodeParameters): INode {
  const node: INode = {
    id: 'node-1',
    name: type.description.displayName,
    type: type.description.name,
    typeVersion: 1,
    position: [0, 0],
    parameters: entered,
  };
  const filled = NodeHelpers.getNodeParameters(type.description.properties, entered, true, false, node, type.description);
  return { ...node, parameters: filled ?? {} };
}

function context(type: INodeType, entered: INodeParameters, around: Surroundings) {
  const node = nodeOf(type, entered);
  const staticData = around.staticData ?? {};
  const read = (name: string, fallback?: unknown) => {
    const value = node.parameters[name] ?? fallback;
    assert.notEqual(value, undefined, `the node reads ${name}, which is not shown`);
    return value;
  };
  return {
    getNode: () => node,
    getCredentials: async () => around.server,
    getTimezone: () => around.timezone ?? 'Asia/Dubai',
    getInstanceId: () => 'instance-1',
    getExecutionId: () => around.executionId ?? '7',
    getWorkflowDataProxy: () => ({ $runIndex: 0 }),
    getWorkflowStaticData: () => staticData,
    getNodeWebhookUrl: () => around.webhookUrl,
    getNodeParameter: read,
    helpers: {
      returnJsonArray: (json: IDataObject | IDataObject[]) => [json].flat().map((one) => ({ json: one })),
      httpRequestWithAuthentication: async (_: string, options: IHttpRequestOptions) => request(around, options),
    },
  };
}

async function request(around: Surroundings, options: IHttpRequestOptions) {
  const address = new URL(`${options.baseURL}${options.url}`);
  for (const [name, value] of Object.entries(options.qs ?? {})) {
    address.searchParams.set(name, String(value));
  }
  const answer = await (around.fetch ?? fetch)(address, {
    method: options.method ?? 'GET',
    headers: {
      ...(options.headers as Record<string, string>),
      ...authentication(around.server),
      ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await answer.text();
  return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: text === '' ? '' : JSON.parse(text) };
}

/** What the credentials say of themselves. */
function authentication(server: Server): Record<string, string> {
  const headers = new BanyanApi().authenticate.properties.headers ?? {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, resolved(String(value), server)]));
}

/** The two expressions of the credentials. */
export function resolved(expression: string, server: Server): string {
  return expression
    .replace(/^=/, '')
    .replace('{{$credentials.apiKey}}', server.apiKey)
    .replace('{{$credentials.serverUrl.replace(/\\/+$/, "")}}', server.serverUrl.replace(/\/+$/, ''));
}

export async function execute(type: INodeType, entered: INodeParameters, around: Surroundings): Promise<INodeExecutionData[]> {
  const given = {
    ...context(type, entered, around),
    getInputData: () => Array.from({ length: around.items ?? 1 }, () => ({ json: {} })),
    continueOnFail: () => around.continueOnFail ?? false,
  };
  const [results] = (await type.execute?.call(given as unknown as IExecuteFunctions)) as INodeExecutionData[][];
  return results ?? [];
}

/** What the lists in the node's form offer. */
export async function offered(type: INodeType, method: string, around: Surroundings): Promise<INodePropertyOptions[]> {
  const load = type.methods?.loadOptions?.[method];
  assert.ok(load, method);
  return await load.call(context(type, {}, around) as unknown as ILoadOptionsFunctions);
}

export async function hook(
  type: INodeType,
  method: 'checkExists' | 'create' | 'delete',
  entered: INodeParameters,
  around: Surroundings,
): Promise<boolean> {
  const called = type.webhookMethods?.['default']?.[method];
  assert.ok(called, method);
  return await called.call(context(type, entered, around) as unknown as IHookFunctions);
}

export interface Arrived {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Gives a request to the trigger; returns what it starts the workflow with, and the status that it answers itself. */
export async function arrive(
  type: INodeType,
  arrived: Arrived,
  around: Surroundings,
): Promise<{ answer: IWebhookResponseData; status: number | undefined }> {
  let status: number | undefined;
  const response = { status: (code: number) => ((status = code), response), json: () => response };
  const given = {
    ...context(type, {}, around),
    getRequestObject: () => ({ headers: arrived.headers, rawBody: arrived.body, readRawBody: async () => undefined }),
    getResponseObject: () => response,
    getBodyData: () => JSON.parse(arrived.body.toString()) as IDataObject,
  };
  const answer = (await type.webhook?.call(given as unknown as IWebhookFunctions)) as IWebhookResponseData;
  return { answer, status };
}
