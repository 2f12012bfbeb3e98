import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { brand, listing, ofBrand, separated, shownFor, timed, type Operation, type Resource } from '../operation';

const RESOURCE = 'shortLink';
const UTM = { utmCampaign: 'campaign', utmContent: 'content', utmMedium: 'medium', utmSource: 'source', utmTerm: 'term' };

/** The fields of the form as the API has them. */
function fields(typed: IDataObject, timezone: string): IDataObject {
  const { tags, ...others } = timed(typed, timezone, 'startsAt', 'endsAt');
  const utm: IDataObject = {};
  for (const [name, key] of Object.entries(UTM)) {
    if (others[name] !== undefined) {
      utm[key] = others[name];
      delete others[name];
    }
  }
  return {
    ...others,
    ...(tags === undefined ? {} : { tags: separated(tags) }),
    ...(Object.keys(utm).length === 0 ? {} : { utm }),
  };
}

const step = (one: IDataObject): IDataObject => ({ shortLinks: [one] });

const operations: Record<string, Operation> = {
  create: {
    method: 'PUT',
    path: '/v1/updateShortLinks',
    query: ofBrand,
    body: (read, timezone) =>
      step({
        operation: 'add',
        targetUrl: read<string>('targetUrl'),
        ...fields(read<IDataObject>('additionalFields'), timezone),
      }),
    result: 'created',
  },
  delete: {
    method: 'PUT',
    path: '/v1/updateShortLinks',
    query: ofBrand,
    body: (read) => step({ operation: 'remove', slug: read<string>('slug') }),
  },
  getAll: { method: 'GET', path: '/v1/getShortLinks', query: ofBrand, list: 'shortLinks', cursor: 'after' },
  getClicks: {
    method: 'GET',
    path: '/v1/getShortLinkAnalytics',
    query: (read) => ({ ...ofBrand(read), slug: read<string>('slug') }),
  },
  update: {
    method: 'PUT',
    path: '/v1/updateShortLinks',
    query: ofBrand,
    body: (read, timezone) =>
      step({
        operation: 'update',
        slug: read<string>('slug'),
        ...fields(read<IDataObject>('updateFields'), timezone),
      }),
  },
};

const common: INodeProperties[] = [
  { displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether it leads anywhere' },
  {
    displayName: 'Click Limit',
    name: 'clickLimit',
    type: 'number',
    default: 0,
    description: 'How many clicks it has at most; 0 for no limit',
  },
  { displayName: 'Ends At', name: 'endsAt', type: 'dateTime', default: '' },
  {
    displayName: 'Fallback URL',
    name: 'fallbackUrl',
    type: 'string',
    default: '',
    description: 'Where visitors go after it has ended',
  },
  {
    displayName: 'Forward Query',
    name: 'forwardQuery',
    type: 'boolean',
    default: true,
    description: 'Whether the query of the short link is added to the destination',
  },
  {
    displayName: 'Password',
    name: 'password',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    description: 'Visitors have to enter it: 4 to 128 characters',
  },
  { displayName: 'Starts At', name: 'startsAt', type: 'dateTime', default: '' },
  {
    displayName: 'Tags',
    name: 'tags',
    type: 'string',
    default: '',
    description: 'At most 10, separated by commas',
  },
  { displayName: 'Title', name: 'title', type: 'string', default: '', description: 'At most 100 characters' },
  { displayName: 'UTM Campaign', name: 'utmCampaign', type: 'string', default: '' },
  { displayName: 'UTM Content', name: 'utmContent', type: 'string', default: '' },
  { displayName: 'UTM Medium', name: 'utmMedium', type: 'string', default: '' },
  { displayName: 'UTM Source', name: 'utmSource', type: 'string', default: '' },
  { displayName: 'UTM Term', name: 'utmTerm', type: 'string', default: '' },
];

const customSlug: INodeProperties = {
  displayName: 'Slug',
  name: 'customSlug',
  type: 'string',
  default: '',
  placeholder: 'summer-menu',
  description: '3 to 30 characters of a-z, 0-9 and single hyphens; random if absent',
};

const targetUrl: INodeProperties = {
  displayName: 'Target URL',
  name: 'targetUrl',
  type: 'string',
  default: '',
  placeholder: 'https://example.com/menu',
  description: 'Where it leads',
};

const byName = (one: INodeProperties, other: INodeProperties): number => one.displayName.localeCompare(other.displayName);

export const shortLinkResource: Resource = {
  name: 'Short Link',
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
        { name: 'Create', value: 'create', action: 'Create a short link', description: 'Create a short link' },
        { name: 'Delete', value: 'delete', action: 'Delete a short link', description: 'Delete a short link' },
        { name: 'Get Clicks', value: 'getClicks', action: 'Get clicks of a short link', description: 'Get the clicks of a short link' },
        { name: 'Get Many', value: 'getAll', action: 'Get many short links', description: 'Get many short links' },
        { name: 'Update', value: 'update', action: 'Update a short link', description: 'Update a short link' },
      ],
      default: 'create',
    },
    brand(RESOURCE),
    { ...targetUrl, required: true, ...shownFor(RESOURCE, 'create') },
    {
      displayName: 'Slug',
      name: 'slug',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'summer-menu',
      description: 'The end of its address',
      ...shownFor(RESOURCE, 'delete', 'getClicks', 'update'),
    },
    ...listing(RESOURCE, 'getAll'),
    {
      displayName: 'Additional Fields',
      name: 'additionalFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [...common, customSlug].sort(byName),
      ...shownFor(RESOURCE, 'create'),
    },
    {
      displayName: 'Update Fields',
      name: 'updateFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [...common, targetUrl].sort(byName),
      ...shownFor(RESOURCE, 'update'),
    },
  ],
};
