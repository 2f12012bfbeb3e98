import type { IDataObject } from 'n8n-workflow';
import { brand, listing, ofBrand, shownFor, type Operation, type Read, type Resource } from '../operation';

const RESOURCE = 'page';

const onPage = (read: Read): IDataObject => ({ ...ofBrand(read), pageId: read<string>('pageId') });

const operations: Record<string, Operation> = {
  addLink: {
    method: 'PUT',
    path: '/v1/UpdateLinks',
    query: onPage,
    body: (read) => ({
      links: [
        {
          operation: 'add',
          title: read<string>('title'),
          url: read<string>('url'),
          ...read<IDataObject>('linkFields'),
        },
      ],
    }),
  },
  copy: {
    method: 'POST',
    path: '/v1/CopyPage',
    query: ofBrand,
    body: (read) => ({ id: read<string>('pageId'), slug: read<string>('slug') }),
    result: 'page',
    isRepeatable: true,
  },
  create: {
    method: 'POST',
    path: '/v1/CreatePage',
    query: ofBrand,
    body: (read) => ({ slug: read<string>('slug'), name: read<string>('name') }),
    result: 'page',
    isRepeatable: true,
  },
  delete: {
    method: 'DELETE',
    path: '/v1/DeletePage',
    query: (read) => ({ ...ofBrand(read), id: read<string>('pageId') }),
  },
  getAll: { method: 'GET', path: '/v1/GetPages', query: ofBrand, list: 'pages' },
  getLinks: { method: 'GET', path: '/v1/GetLinks', query: onPage, list: 'links' },
  removeLink: {
    method: 'PUT',
    path: '/v1/UpdateLinks',
    query: onPage,
    body: (read) => ({ links: [{ operation: 'remove', id: read<string>('linkId') }] }),
  },
  update: {
    method: 'PUT',
    path: '/v1/UpdatePage',
    query: ofBrand,
    body: (read) => ({ id: read<string>('pageId'), ...read<IDataObject>('updateFields') }),
  },
};

export const pageResource: Resource = {
  name: 'Page',
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
        { name: 'Add Link', value: 'addLink', action: 'Add a link to a page', description: 'Add a link to a page' },
        { name: 'Copy', value: 'copy', action: 'Copy a page', description: 'Copy a page with its links' },
        { name: 'Create', value: 'create', action: 'Create a page', description: 'Create a page' },
        { name: 'Delete', value: 'delete', action: 'Delete a page', description: 'Delete a page with its links' },
        { name: 'Get Links', value: 'getLinks', action: 'Get links of a page', description: 'Get the links of a page' },
        { name: 'Get Many', value: 'getAll', action: 'Get many pages', description: 'Get many pages' },
        { name: 'Remove Link', value: 'removeLink', action: 'Remove a link from a page', description: 'Remove a link from a page' },
        { name: 'Update', value: 'update', action: 'Update a page', description: 'Update a page' },
      ],
      default: 'getAll',
    },
    brand(RESOURCE),
    {
      displayName: 'Page ID',
      name: 'pageId',
      type: 'string',
      default: '',
      required: true,
      ...shownFor(RESOURCE, 'addLink', 'copy', 'delete', 'getLinks', 'removeLink', 'update'),
    },
    {
      displayName: 'Slug',
      name: 'slug',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'start',
      description: 'Its address: 3 to 30 characters of a-z, 0-9 and single hyphens',
      ...shownFor(RESOURCE, 'copy', 'create'),
    },
    {
      displayName: 'Name',
      name: 'name',
      type: 'string',
      default: '',
      required: true,
      description: '1 to 100 characters',
      ...shownFor(RESOURCE, 'create'),
    },
    {
      displayName: 'Title',
      name: 'title',
      type: 'string',
      default: '',
      required: true,
      description: '1 to 100 characters',
      ...shownFor(RESOURCE, 'addLink'),
    },
    {
      displayName: 'URL',
      name: 'url',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'https://example.com/menu',
      description: 'Where it leads: http, https, tel, sms or mailto',
      ...shownFor(RESOURCE, 'addLink'),
    },
    {
      displayName: 'Link ID',
      name: 'linkId',
      type: 'string',
      default: '',
      required: true,
      ...shownFor(RESOURCE, 'removeLink'),
    },
    ...listing(RESOURCE, 'getAll', 'getLinks'),
    {
      displayName: 'Additional Fields',
      name: 'linkFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        { displayName: 'Active', name: 'active', type: 'boolean', default: true, description: 'Whether visitors see it' },
        { displayName: 'Group ID', name: 'groupId', type: 'string', default: '', description: 'A group on the page' },
        { displayName: 'Icon', name: 'icon', type: 'string', default: '' },
        { displayName: 'Order', name: 'order', type: 'number', default: 0, description: 'Where it is; at the end if absent' },
      ],
      ...shownFor(RESOURCE, 'addLink'),
    },
    {
      displayName: 'Update Fields',
      name: 'updateFields',
      type: 'collection',
      placeholder: 'Add Field',
      default: {},
      options: [
        {
          displayName: 'Is Default',
          name: 'isDefault',
          type: 'boolean',
          default: true,
          description: 'Whether it is the page that visitors see first; to unset it, set another',
        },
        { displayName: 'Name', name: 'name', type: 'string', default: '', description: '1 to 100 characters' },
        {
          displayName: 'Published',
          name: 'published',
          type: 'boolean',
          default: true,
          description: 'Whether visitors can see it',
        },
        {
          displayName: 'Slug',
          name: 'slug',
          type: 'string',
          default: '',
          description: 'Its address: 3 to 30 characters of a-z, 0-9 and single hyphens',
        },
      ],
      ...shownFor(RESOURCE, 'update'),
    },
  ],
};
