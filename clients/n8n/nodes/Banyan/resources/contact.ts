import { listing, ofWorkspace, shownFor, workspace, type Operation, type Resource } from '../operation';

const RESOURCE = 'contact';

const operations: Record<string, Operation> = {
  getAll: { method: 'GET', path: '/api/sub-client/inbox/contacts', query: ofWorkspace, list: 'contacts', cursor: 'after' },
  getOptOuts: { method: 'GET', path: '/api/whatsapp/opt-outs', list: 'optOuts', cursor: 'after' },
  optIn: { method: 'DELETE', path: '/api/whatsapp/opt-outs/{phone}' },
  optOut: {
    method: 'POST',
    path: '/api/whatsapp/opt-outs',
    body: (read) => ({ phone: read<string>('phone'), note: read<string>('note') }),
  },
};

export const contactResource: Resource = {
  name: 'Contact',
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
        {
          name: 'Get Many',
          value: 'getAll',
          action: 'Get many contacts',
          description: 'Get many contacts of a workspace',
        },
        {
          name: 'Get Many Opt-Outs',
          value: 'getOptOuts',
          action: 'Get many opt outs',
          description: 'Get many contacts who get no campaigns',
        },
        { name: 'Opt In', value: 'optIn', action: 'Opt a contact in', description: 'Let a contact get campaigns again' },
        { name: 'Opt Out', value: 'optOut', action: 'Opt a contact out', description: 'Send a contact no more campaigns' },
      ],
      default: 'getAll',
    },
    workspace(RESOURCE, 'getAll'),
    ...listing(RESOURCE, 'getAll', 'getOptOuts'),
    {
      displayName: 'Phone',
      name: 'phone',
      type: 'string',
      default: '',
      required: true,
      placeholder: '+971500000101',
      description: 'The phone number, with the country code',
      ...shownFor(RESOURCE, 'optIn', 'optOut'),
    },
    {
      displayName: 'Note',
      name: 'note',
      type: 'string',
      default: '',
      description: 'Why, for people',
      ...shownFor(RESOURCE, 'optOut'),
    },
  ],
};
