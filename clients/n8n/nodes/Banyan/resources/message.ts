import { jsonParse, type IDataObject } from 'n8n-workflow';
import { listing, shownFor, timed, type Operation, type Read, type Resource } from '../operation';

const RESOURCE = 'message';
const MESSAGES = '/api/whatsapp/messages';
const FILES = ['audio', 'document', 'image', 'sticker', 'video'];

const content: Record<string, (read: Read) => IDataObject> = {
  text: (read) => ({ text: read<string>('text') }),
  template: (read) => ({
    type: 'template',
    template: {
      name: read<string>('templateName'),
      language: read<string>('templateLanguage'),
      body: read<{ value?: IDataObject[] }>('templateValues').value?.map((one) => one['text'] as string) ?? [],
    },
  }),
  other: (read) => {
    const typed = read<string | IDataObject>('content'); // an expression may give an object
    return typeof typed === 'string' ? jsonParse<IDataObject>(typed, { errorMessage: 'Content must be JSON' }) : typed;
  },
  ...Object.fromEntries(FILES.map((type) => [type, (read: Read) => ({ type, media: { url: read<string>('mediaUrl') } })])),
};

function sent(read: Read, timezone: string): IDataObject {
  const over = read<string>('over');
  return {
    ...(over === 'pool' ? { master: read<string>('masterId') } : { subClientId: read<string>('subClientId') }),
    to: read<string>('to'),
    ...content[read<string>('type')]?.(read),
    ...timed(read<IDataObject>('additionalFields'), timezone, 'sendAt', 'expiresAt'),
  };
}

const operations: Record<string, Operation> = {
  cancel: { method: 'POST', path: `${MESSAGES}/{messageId}/cancel` },
  get: { method: 'GET', path: `${MESSAGES}/{messageId}` },
  getAll: {
    method: 'GET',
    path: MESSAGES,
    query: (read) => read<IDataObject>('filters'),
    list: 'messages',
    cursor: 'after',
  },
  getReceived: {
    method: 'GET',
    path: '/api/whatsapp/inbound',
    query: (read) => read<IDataObject>('receivedFilters'),
    list: 'messages',
    cursor: 'after',
  },
  resend: { method: 'POST', path: `${MESSAGES}/{messageId}/resend` },
  send: { method: 'POST', path: MESSAGES, body: sent, isRepeatable: true },
};

export const messageResource: Resource = {
  name: 'Message',
  value: RESOURCE,
  operations,
  properties: [
    {
      displayName: 'Operation',
      name: 'operation',
      type: 'options',
      noDataExpression: true,
      displayOptions: { show: { resource: [RESOURCE] } },
      options: [
        { name: 'Cancel', value: 'cancel', action: 'Cancel a message', description: 'Cancel a message that still waits' },
        { name: 'Get', value: 'get', action: 'Get a message', description: 'Get a message, and what became of it' },
        { name: 'Get Many', value: 'getAll', action: 'Get many messages', description: 'Get many sent messages, newest first' },
        {
          name: 'Get Many Received',
          value: 'getReceived',
          action: 'Get many received messages',
          description: 'Get many messages that contacts wrote, newest first',
        },
        { name: 'Resend', value: 'resend', action: 'Resend a message', description: 'Send a message that failed once more' },
        { name: 'Send', value: 'send', action: 'Send a message', description: 'Send a WhatsApp message' },
      ],
      default: 'send',
    },
    {
      displayName: 'Send Over',
      name: 'over',
      type: 'options',
      options: [
        { name: 'Pool', value: 'pool', description: 'The pool chooses the number' },
        { name: 'Workspace', value: 'workspace', description: 'The number of a workspace' },
      ],
      default: 'pool',
      ...shownFor(RESOURCE, 'send'),
    },
    {
      displayName: 'Pool Name or ID',
      name: 'masterId',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getPools' },
      default: '',
      required: true,
      description:
        'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], over: ['pool'] } },
    },
    {
      displayName: 'Workspace Name or ID',
      name: 'subClientId',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getSubClients' },
      default: '',
      required: true,
      description:
        'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], over: ['workspace'] } },
    },
    {
      displayName: 'To',
      name: 'to',
      type: 'string',
      default: '',
      required: true,
      placeholder: '+971500000201',
      description: 'The phone number of the contact, with the country code',
      ...shownFor(RESOURCE, 'send'),
    },
    {
      displayName: 'Type',
      name: 'type',
      type: 'options',
      options: [
        { name: 'Audio', value: 'audio' },
        { name: 'Document', value: 'document' },
        { name: 'Image', value: 'image' },
        { name: 'Other (JSON)', value: 'other', description: 'Buttons, a list, a location, contacts or a reaction' },
        { name: 'Sticker', value: 'sticker' },
        { name: 'Template', value: 'template' },
        { name: 'Text', value: 'text' },
        { name: 'Video', value: 'video' },
      ],
      default: 'text',
      ...shownFor(RESOURCE, 'send'),
    },
    {
      displayName: 'Text',
      name: 'text',
      type: 'string',
      typeOptions: { rows: 3 },
      default: '',
      required: true,
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], type: ['text'] } },
    },
    {
      displayName: 'File URL',
      name: 'mediaUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://example.com/menu.pdf',
      description: 'Where the server can fetch the file',
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], type: FILES } },
    },
    {
      displayName: 'Template Name',
      name: 'templateName',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'order_ready',
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], type: ['template'] } },
    },
    {
      displayName: 'Template Language',
      name: 'templateLanguage',
      type: 'string',
      default: 'en_US',
      required: true,
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], type: ['template'] } },
    },
    {
      displayName: 'Template Values',
      name: 'templateValues',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add Value',
      default: {},
      description: 'What fills the placeholders of the body, in their order',
      options: [
        {
          displayName: 'Value',
          name: 'value',
          values: [{ displayName: 'Text', name: 'text', type: 'string', default: '' }],
        },
      ],
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], type: ['template'] } },
    },
    {
      displayName: 'Content',
      name: 'content',
      type: 'json',
      default: '{\n  "type": "location",\n  "location": { "latitude": 25.0805, "longitude": 55.1403, "name": "Marina shop" }\n}',
      required: true,
      description: 'The fields of the message, as in the API reference of your server',
      displayOptions: { show: { resource: [RESOURCE], operation: ['send'], type: ['other'] } },
    },
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        { displayName: 'Caption', name: 'caption', type: 'string', default: '', description: 'The text under a picture, video or document' },
        {
          displayName: 'Expires At',
          name: 'expiresAt',
          type: 'dateTime',
          default: '',
          description: 'Fails if it still waits at this time',
        },
        {
          displayName: 'Key',
          name: 'key',
          type: 'string',
          default: '',
          placeholder: 'order-1102',
          description: 'Your own key: reusing it never sends the message twice',
        },
        {
          displayName: 'Reply To',
          name: 'replyTo',
          type: 'string',
          default: '',
          description: 'The ID of the message that it answers',
        },
        { displayName: 'Send At', name: 'sendAt', type: 'dateTime', default: '', description: 'Sent at this time, within a year' },
      ],
      ...shownFor(RESOURCE, 'send'),
    },
    {
      displayName: 'Message ID',
      name: 'messageId',
      type: 'string',
      default: '',
      required: true,
      ...shownFor(RESOURCE, 'cancel', 'get', 'resend'),
    },
    ...listing(RESOURCE, 'getAll', 'getReceived'),
    {
      displayName: 'Filters',
      name: 'filters',
      type: 'collection',
      placeholder: 'Add Filter',
      default: {},
      options: [
        { displayName: 'Batch ID', name: 'batch', type: 'string', default: '', description: 'Messages of one request' },
        { displayName: 'Pool ID', name: 'master', type: 'string', default: '' },
        { displayName: 'Sender ID', name: 'sender', type: 'string', default: '', description: 'Sent by this number' },
        {
          displayName: 'State',
          name: 'state',
          type: 'options',
          options: [
            { name: 'Canceled', value: 'canceled' },
            { name: 'Delivered', value: 'delivered' },
            { name: 'Failed', value: 'failed' },
            { name: 'Queued', value: 'queued' },
            { name: 'Read', value: 'read' },
            { name: 'Scheduled', value: 'scheduled' },
            { name: 'Sending', value: 'sending' },
            { name: 'Sent', value: 'sent' },
            { name: 'Uncertain', value: 'uncertain' },
          ],
          default: 'failed',
        },
        { displayName: 'Text', name: 'text', type: 'string', default: '', description: 'Case and accents are ignored' },
        { displayName: 'To', name: 'to', type: 'string', default: '', description: 'The phone number of a contact' },
        { displayName: 'Workspace ID', name: 'subClientId', type: 'string', default: '' },
      ],
      ...shownFor(RESOURCE, 'getAll'),
    },
    {
      displayName: 'Filters',
      name: 'receivedFilters',
      type: 'collection',
      placeholder: 'Add Filter',
      default: {},
      options: [
        { displayName: 'From', name: 'from', type: 'string', default: '', description: 'The phone number of a contact' },
        { displayName: 'Pool ID', name: 'master', type: 'string', default: '' },
        { displayName: 'Sender ID', name: 'sender', type: 'string', default: '', description: 'To this number' },
        { displayName: 'Text', name: 'text', type: 'string', default: '', description: 'Case and accents are ignored' },
      ],
      ...shownFor(RESOURCE, 'getReceived'),
    },
  ],
};
