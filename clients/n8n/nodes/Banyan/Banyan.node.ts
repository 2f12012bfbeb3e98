import { createHash } from 'crypto';
import {
  NodeApiError,
  NodeConnectionTypes,
  NodeOperationError,
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type JsonObject,
} from 'n8n-workflow';
import { CREDENTIALS, send, sendForAll, type Request } from './api';
import { getBrands, getPools, getSubClients, getWorkspaces } from './lists';
import type { Operation, Read } from './operation';
import { brandResource } from './resources/brand';
import { contactResource } from './resources/contact';
import { conversationResource } from './resources/conversation';
import { messageResource } from './resources/message';
import { pageResource } from './resources/page';
import { shortLinkResource } from './resources/shortLink';

const RESOURCES = [
  brandResource,
  contactResource,
  conversationResource,
  messageResource,
  pageResource,
  shortLinkResource,
];

export class Banyan implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Banyan',
    name: 'banyan',
    icon: { light: 'file:banyan.svg', dark: 'file:banyan.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Send WhatsApp messages, answer conversations, and manage short links, pages and brands',
    defaults: { name: 'Banyan' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: CREDENTIALS, required: true }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: RESOURCES.map(({ name, value }) => ({ name, value })),
        default: 'message',
      },
      ...RESOURCES.flatMap(({ properties }) => properties),
    ],
  };

  methods = { loadOptions: { getBrands, getPools, getSubClients, getWorkspaces } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const results: INodeExecutionData[] = [];
    for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
      try {
        for (const json of await carriedOut(this, itemIndex)) {
          results.push({ json, pairedItem: { item: itemIndex } });
        }
      } catch (error) {
        if (this.continueOnFail()) {
          results.push({ json: told(error), pairedItem: { item: itemIndex } });
          continue;
        }
        if (error instanceof NodeOperationError) {
          throw new NodeOperationError(this.getNode(), error, { itemIndex });
        }
        throw new NodeApiError(this.getNode(), error as JsonObject, { itemIndex });
      }
    }
    return [results];
  }
}

async function carriedOut(context: IExecuteFunctions, itemIndex: number): Promise<IDataObject[]> {
  const read = <T>(name: string): T => context.getNodeParameter(name, itemIndex) as T;
  const resource = RESOURCES.find(({ value }) => value === read<string>('resource'));
  const operation = resource?.operations[read<string>('operation')];
  if (operation === undefined) {
    throw new NodeOperationError(context.getNode(), 'This operation isn’t supported', { itemIndex });
  }
  const request = requestOf(context, operation, read, itemIndex);
  if (operation.list !== undefined) {
    const most = read<boolean>('returnAll') ? undefined : read<number>('limit');
    return await sendForAll(context, request, operation.list, operation.cursor, most);
  }
  const answer = await send(context, request);
  const result = operation.result === undefined ? answer : answer[operation.result];
  return [((Array.isArray(result) ? result[0] : result) ?? answer) as IDataObject];
}

function requestOf(context: IExecuteFunctions, operation: Operation, read: Read, itemIndex: number): Request {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(read<string>(name)).trim();
    if (value === '') {
      throw new NodeOperationError(context.getNode(), `${name} is empty`, { itemIndex });
    }
    return encodeURIComponent(value);
  });
  const body = operation.body?.(read, context.getTimezone());
  return {
    method: operation.method,
    path,
    itemIndex,
    ...(operation.query === undefined ? {} : { query: operation.query(read) }),
    ...(body === undefined ? {} : { body }),
    ...(operation.isRepeatable ? { idempotencyKey: keyOf(context, body, itemIndex) } : {}),
  };
}

/** The same for each try of one item in one run, so that “Retry on Fail” creates and sends once. */
function keyOf(context: IExecuteFunctions, body: unknown, itemIndex: number): string {
  const run = context.getWorkflowDataProxy(itemIndex).$runIndex as number;
  const parts = [context.getInstanceId(), context.getExecutionId(), context.getNode().id, run, itemIndex, body];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** What a workflow that continues after failures gets: `code` is for decisions. */
function told(error: unknown): IDataObject {
  if (error instanceof NodeApiError) {
    const { code, status, field, requestId } = error.context;
    return JSON.parse(JSON.stringify({ error: error.message, code, status, field, requestId })) as IDataObject;
  }
  return { error: error instanceof Error ? error.message : String(error) };
}
