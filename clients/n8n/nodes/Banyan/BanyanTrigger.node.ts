import {
  NodeConnectionTypes,
  type IDataObject,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIALS, send } from './api';
import { getBrands, getEventTypes } from './lists';
import { isSigned } from './signature';

const WEBHOOKS = '/v1/webhooks';

/** What the person who tries a webhook on its page sends. */
const TEST = 'webhook.test';

interface Endpoint {
  id: string;
  url: string;
  events: string[];
  active: boolean;
  secret?: string;
}

export class BanyanTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Banyan Trigger',
    name: 'banyanTrigger',
    icon: { light: 'file:banyan.svg', dark: 'file:banyan.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when something happens in Banyan',
    defaults: { name: 'Banyan Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: CREDENTIALS, required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName: 'Event Names or IDs',
        name: 'events',
        type: 'multiOptions',
        typeOptions: { loadOptionsMethod: 'getEventTypes' },
        default: [],
        required: true,
        description:
          'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
      },
      {
        displayName: 'Brand Name or ID',
        name: 'brandId',
        type: 'options',
        typeOptions: { loadOptionsMethod: 'getBrands' },
        default: '',
        description:
          'Leave empty for your own account with all its brands. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
      },
    ],
  };

  methods = { loadOptions: { getBrands, getEventTypes } };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        const known = this.getWorkflowStaticData('node');
        const endpoint = await registered(this);
        return (
          endpoint !== undefined &&
          endpoint.active &&
          endpoint.id === known['webhookId'] &&
          typeof known['secret'] === 'string' &&
          sorted(endpoint.events) === sorted(wanted(this))
        );
      },

      async create(this: IHookFunctions): Promise<boolean> {
        // One whose secret we lost, or that hears something else, makes room.
        await removed(this);
        const { webhook } = await send(this, {
          method: 'POST',
          path: WEBHOOKS,
          query: account(this),
          body: { url: this.getNodeWebhookUrl('default'), events: wanted(this) },
        });
        const { id, secret } = webhook as unknown as Endpoint;
        Object.assign(this.getWorkflowStaticData('node'), { webhookId: id, secret });
        return true;
      },

      async delete(this: IHookFunctions): Promise<boolean> {
        await removed(this);
        const known = this.getWorkflowStaticData('node');
        delete known['webhookId'];
        delete known['secret'];
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const request = this.getRequestObject();
    await request.readRawBody();
    const secret = String(this.getWorkflowStaticData('node')['secret'] ?? '');
    if (!isSigned(request.rawBody, request.headers, secret)) {
      this.getResponseObject().status(401).json({ error: 'The signature doesn’t fit' });
      return { noWebhookResponse: true };
    }
    const event = this.getBodyData();
    if (event['type'] === TEST) {
      return { webhookResponse: 'OK' };
    }
    return { workflowData: [this.helpers.returnJsonArray({ id: request.headers['webhook-id'], ...event } as IDataObject)] };
  }
}

function account(context: IHookFunctions): IDataObject {
  return { subAccountId: context.getNodeParameter('brandId', '') as string };
}

function wanted(context: IHookFunctions): string[] {
  return context.getNodeParameter('events', []) as string[];
}

function sorted(events: string[]): string {
  return [...events].sort().join();
}

/** Each workflow has an address of its own, and its test has another: what is there is ours. */
async function registered(context: IHookFunctions): Promise<Endpoint | undefined> {
  const { webhooks } = await send(context, { method: 'GET', path: WEBHOOKS, query: account(context) });
  const url = context.getNodeWebhookUrl('default');
  return ((webhooks ?? []) as unknown as Endpoint[]).find((endpoint) => endpoint.url === url);
}

async function removed(context: IHookFunctions): Promise<void> {
  const endpoint = await registered(context);
  if (endpoint !== undefined) {
    await send(context, { method: 'DELETE', path: `${WEBHOOKS}/${endpoint.id}`, query: account(context) });
  }
}
