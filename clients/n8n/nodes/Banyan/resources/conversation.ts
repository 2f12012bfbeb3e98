import type { IDataObject } from 'n8n-workflow';
import { listing, ofWorkspace, separated, shownFor, workspace, type Operation, type Resource } from '../operation';

const RESOURCE = 'conversation';
const THREADS = '/api/sub-client/inbox/threads';

const operations: Record<string, Operation> = {
  get: { method: 'GET', path: `${THREADS}/{threadId}`, query: ofWorkspace, result: 'thread' },
  getAll: {
    method: 'GET',
    path: THREADS,
    query: (read) => ({ ...ofWorkspace(read), ...read<IDataObject>('filters') }),
    list: 'threads',
    cursor: 'after',
  },
  getMessages: {
    method: 'GET',
    path: `${THREADS}/{threadId}/messages`,
    query: ofWorkspace,
    list: 'messages',
    cursor: 'before',
  },
  reply: {
    method: 'POST',
    path: `${THREADS}/{threadId}/messages`,
    body: (read) => ({ ...ofWorkspace(read), message: read<string>('text'), ...read<IDataObject>('additionalFields') }),
    isRepeatable: true,
  },
  start: {
    method: 'POST',
    path: THREADS,
    body: (read) => ({ ...ofWorkspace(read), phone: read<string>('phone'), message: read<string>('text') }),
    isRepeatable: true,
  },
  update: {
    method: 'PUT',
    path: `${THREADS}/{threadId}`,
    body: (read) => {
      const { tags, ...fields } = read<IDataObject>('updateFields');
      return { ...ofWorkspace(read), ...fields, ...(tags === undefined ? {} : { tags: separated(tags) }) };
    },
    result: 'thread',
  },
};

export const conversationResource: Resource = {
  name: 'Conversation',
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
        { name: 'Get', value: 'get', action: 'Get a conversation', description: 'Get a conversation' },
        { name: 'Get Many', value: 'getAll', action: 'Get many conversations', description: 'Get many conversations' },
        {
          name: 'Get Messages',
          value: 'getMessages',
          action: 'Get messages of a conversation',
          description: 'Get the messages of a conversation, newest first',
        },
        { name: 'Reply', value: 'reply', action: 'Reply in a conversation', description: 'Write a reply, or a note for the team' },
        {
          name: 'Start',
          value: 'start',
          action: 'Start a conversation',
          description: 'Send the first message to a phone number',
        },
        {
          name: 'Update',
          value: 'update',
          action: 'Update a conversation',
          description: 'Assign, close, tag or mark a conversation',
        },
      ],
      default: 'getAll',
    },
    workspace(RESOURCE, 'get', 'getAll', 'getMessages', 'reply', 'start', 'update'),
    {
      displayName: 'Conversation ID',
      name: 'threadId',
      type: 'string',
      default: '',
      required: true,
      ...shownFor(RESOURCE, 'get', 'getMessages', 'reply', 'update'),
    },
    {
      displayName: 'Phone',
      name: 'phone',
      type: 'string',
      default: '',
      required: true,
      placeholder: '+971500000101',
      description: 'The phone number, with the country code',
      ...shownFor(RESOURCE, 'start'),
    },
    {
      displayName: 'Text',
      name: 'text',
      type: 'string',
      typeOptions: { rows: 3 },
      default: '',
      required: true,
      description: '1 to 4000 characters',
      ...shownFor(RESOURCE, 'reply', 'start'),
    },
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        {
          displayName: 'Note',
          name: 'note',
          type: 'boolean',
          default: true,
          description: 'Whether it is a note for the team, which is never sent',
        },
        {
          displayName: 'Reply To',
          name: 'replyTo',
          type: 'string',
          default: '',
          description: 'The ID of the message that it answers',
        },
      ],
      ...shownFor(RESOURCE, 'reply'),
    },
    ...listing(RESOURCE, 'getAll', 'getMessages'),
    {
      displayName: 'Filters',
      name: 'filters',
      type: 'collection',
      placeholder: 'Add Filter',
      default: {},
      options: [
        {
          displayName: 'List',
          name: 'list',
          type: 'options',
          options: [
            { name: 'Assigned to Me', value: 'mine' },
            { name: 'Closed', value: 'closed' },
            { name: 'Mentions of Me', value: 'mentions' },
            { name: 'Open', value: 'open' },
            { name: 'Unassigned', value: 'unassigned' },
          ],
          default: 'open',
        },
        { displayName: 'Search', name: 'search', type: 'string', default: '', description: 'Words, or their beginnings' },
        { displayName: 'Tag', name: 'tag', type: 'string', default: '' },
      ],
      ...shownFor(RESOURCE, 'getAll'),
    },
    {
      displayName: 'Update Fields',
      name: 'updateFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        {
          displayName: 'Assignee ID',
          name: 'assigneeId',
          type: 'number',
          default: 0,
          description: 'A user of the workspace; 0 unassigns the conversation',
        },
        {
          displayName: 'Read',
          name: 'read',
          type: 'boolean',
          default: true,
          description: 'Whether its messages have been read',
        },
        {
          displayName: 'State',
          name: 'state',
          type: 'options',
          options: [
            { name: 'Closed', value: 'closed' },
            { name: 'Open', value: 'open' },
          ],
          default: 'closed',
        },
        {
          displayName: 'Tags',
          name: 'tags',
          type: 'string',
          default: '',
          description: 'All tags, separated by commas; leave empty to remove them',
        },
      ],
      ...shownFor(RESOURCE, 'update'),
    },
  ],
};
