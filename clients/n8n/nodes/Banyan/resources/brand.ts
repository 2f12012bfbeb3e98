import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { listing, shownFor, type Operation, type Read, type Resource } from '../operation';

const RESOURCE = 'brand';

const named = (read: Read): IDataObject => ({ subAccountId: read<string>('subAccountId') });

const operations: Record<string, Operation> = {
  create: {
    method: 'POST',
    path: '/v1/CreateSubAccount',
    body: (read) => ({
      username: read<string>('username'),
      displayName: read<string>('displayName'),
      ...read<IDataObject>('additionalFields'),
    }),
    result: 'subAccount',
    isRepeatable: true,
  },
  delete: {
    method: 'DELETE',
    path: '/v1/DeleteSubAccount',
    body: (read) => ({ ...named(read), confirmDelete: true }),
  },
  getAll: {
    method: 'GET',
    path: '/v1/GetSubAccounts',
    query: (read) => read<IDataObject>('filters'),
    list: 'subAccounts',
    cursor: 'after',
  },
  restore: { method: 'POST', path: '/v1/RestoreSubAccount', body: named, result: 'subAccount' },
  resume: {
    method: 'POST',
    path: '/v1/UpdateSubAccountStatus',
    body: (read) => ({ ...named(read), status: 'active' }),
    result: 'subAccount',
  },
  suspend: {
    method: 'POST',
    path: '/v1/UpdateSubAccountStatus',
    body: (read) => ({ ...named(read), status: 'suspended' }),
    result: 'subAccount',
  },
  update: {
    method: 'PUT',
    path: '/v1/UpdateSubAccount',
    body: (read) => ({ ...named(read), ...read<IDataObject>('updateFields') }),
    result: 'subAccount',
  },
};

const bio: INodeProperties = { displayName: 'Bio', name: 'bio', type: 'string', default: '', description: 'At most 500 characters' };

const email: INodeProperties = {
  displayName: 'Email',
  name: 'email',
  type: 'string',
  placeholder: 'name@email.com',
  default: '',
  description: 'Shown on its pages; at most 254 characters',
};

const internalLabel: INodeProperties = {
  displayName: 'Internal Label',
  name: 'internalLabel',
  type: 'string',
  default: '',
  description: 'Only your agency sees it; at most 100 characters',
};

const notes: INodeProperties = {
  displayName: 'Notes',
  name: 'notes',
  type: 'string',
  default: '',
  description: 'Only your agency sees them; at most 500 characters',
};

const type: INodeProperties = {
  displayName: 'Type',
  name: 'type',
  type: 'options',
  options: [
    { name: 'Brand', value: 'brand' },
    { name: 'Client', value: 'client' },
    { name: 'Other', value: 'other' },
  ],
  default: 'client',
};

export const brandResource: Resource = {
  name: 'Brand',
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
        { name: 'Create', value: 'create', action: 'Create a brand', description: 'Create a brand' },
        { name: 'Delete', value: 'delete', action: 'Delete a brand', description: 'Delete a brand; it can be restored for 30 days' },
        { name: 'Get Many', value: 'getAll', action: 'Get many brands', description: 'Get many brands' },
        { name: 'Restore', value: 'restore', action: 'Restore a brand', description: 'Restore a deleted brand' },
        { name: 'Resume', value: 'resume', action: 'Resume a brand', description: 'Put a suspended brand online again' },
        { name: 'Suspend', value: 'suspend', action: 'Suspend a brand', description: 'Take the pages of a brand offline' },
        { name: 'Update', value: 'update', action: 'Update a brand', description: 'Update a brand' },
      ],
      default: 'getAll',
    },
    {
      displayName: 'Username',
      name: 'username',
      type: 'string',
      default: '',
      required: true,
      description: 'The address of its pages: 3 to 30 letters, digits, - or _, starting with a letter or digit',
      ...shownFor(RESOURCE, 'create'),
    },
    {
      displayName: 'Display Name',
      name: 'displayName',
      type: 'string',
      default: '',
      required: true,
      description: '1 to 100 characters',
      ...shownFor(RESOURCE, 'create'),
    },
    {
      displayName: 'Brand ID',
      name: 'subAccountId',
      type: 'string',
      default: '',
      required: true,
      ...shownFor(RESOURCE, 'delete', 'restore', 'resume', 'suspend', 'update'),
    },
    ...listing(RESOURCE, 'getAll'),
    {
      displayName: 'Filters',
      name: 'filters',
      type: 'collection',
      placeholder: 'Add Filter',
      default: {},
      options: [
        { displayName: 'Label', name: 'label', type: 'string', default: '', description: 'The internal label, as a whole' },
        {
          displayName: 'Search',
          name: 'search',
          type: 'string',
          default: '',
          description: 'Words in the username, display name or internal label',
        },
        {
          displayName: 'Status',
          name: 'status',
          type: 'options',
          options: [
            { name: 'Active', value: 'active' },
            { name: 'All', value: 'all' },
            { name: 'Deleted', value: 'deleted' },
            { name: 'Suspended', value: 'suspended' },
          ],
          default: 'active',
        },
      ],
      ...shownFor(RESOURCE, 'getAll'),
    },
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        bio,
        {
          displayName: 'Copy From',
          name: 'copyFrom',
          type: 'string',
          default: '',
          description: 'The ID or username of the brand that it begins as a copy of',
        },
        email,
        internalLabel,
        notes,
        {
          displayName: 'Template ID',
          name: 'templateId',
          type: 'string',
          default: '',
          description: 'The saved template that it begins with',
        },
        type,
      ],
      ...shownFor(RESOURCE, 'create'),
    },
    {
      displayName: 'Update Fields',
      name: 'updateFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        bio,
        { displayName: 'Display Name', name: 'displayName', type: 'string', default: '', description: '1 to 100 characters' },
        email,
        internalLabel,
        {
          displayName: 'Language',
          name: 'language',
          type: 'options',
          options: [
            { name: 'Arabic', value: 'ar' },
            { name: 'English', value: 'en' },
            { name: 'French', value: 'fr' },
            { name: 'German', value: 'de' },
            { name: 'Portuguese', value: 'pt' },
            { name: 'Spanish', value: 'es' },
          ],
          default: 'en',
          description: 'The language of its public pages',
        },
        notes,
        {
          displayName: 'Show Managed By',
          name: 'showManagedBy',
          type: 'boolean',
          default: true,
          description: 'Whether its public pages show who manages it',
        },
        type,
        {
          displayName: 'Username',
          name: 'username',
          type: 'string',
          default: '',
          description: 'Changes its address; the former one leads to it for 90 days',
        },
      ],
      ...shownFor(RESOURCE, 'update'),
    },
  ],
};
