import type { IDataObject, IHttpRequestMethods, INodeProperties } from 'n8n-workflow';

/** Reads a parameter of the node for the item at hand. */
export type Read = <T>(name: string) => T;

/** How an operation of the node becomes a request, and what of the answer is its result. */
export interface Operation {
  method: IHttpRequestMethods;
  /** The path that keys use; `{name}` is filled from the parameter of that name. */
  path: string;
  query?: (read: Read) => IDataObject;
  body?: (read: Read, timezone: string) => IDataObject;
  /** The array in a list's answer. The node has `returnAll` and `limit` for it. */
  list?: string;
  /** The parameter that continues the list, where it has pages. */
  cursor?: 'after' | 'before';
  /** The field of the answer that is the result; the answer itself if absent. The first one, if it is an array. */
  result?: string;
  /** Takes `Idempotency-Key`. */
  isRepeatable?: boolean;
}

export interface Resource {
  name: string;
  value: string;
  operations: Record<string, Operation>;
  properties: INodeProperties[];
}

/** What of a resource is shown for these operations. */
export function shownFor(resource: string, ...operations: string[]): Pick<INodeProperties, 'displayOptions'> {
  return { displayOptions: { show: { resource: [resource], operation: operations } } };
}

/** The two questions of each list. */
export function listing(resource: string, ...operations: string[]): INodeProperties[] {
  return [
    {
      displayName: 'Return All',
      name: 'returnAll',
      type: 'boolean',
      default: false,
      description: 'Whether to return all results or only up to a given limit',
      ...shownFor(resource, ...operations),
    },
    {
      displayName: 'Limit',
      name: 'limit',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 50,
      description: 'Max number of results to return',
      displayOptions: { show: { resource: [resource], operation: operations, returnAll: [false] } },
    },
  ];
}

/** The brand that pages and short links belong to. */
export function brand(resource: string): INodeProperties {
  return {
    displayName: 'Brand Name or ID',
    name: 'brandId',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getBrands' },
    default: '',
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    displayOptions: { show: { resource: [resource] } },
  };
}

export function ofBrand(read: Read): IDataObject {
  return { subAccountId: read<string>('brandId') };
}

/** The workspace whose inbox it is. */
export function workspace(resource: string, ...operations: string[]): INodeProperties {
  return {
    displayName: 'Workspace Name or ID',
    name: 'shortPath',
    type: 'options',
    typeOptions: { loadOptionsMethod: 'getWorkspaces' },
    default: '',
    required: true,
    description:
      'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
    ...shownFor(resource, ...operations),
  };
}

export function ofWorkspace(read: Read): IDataObject {
  return { shortPath: read<string>('shortPath') };
}

/** Texts that were typed with commas between them. */
export function separated(typed: unknown): string[] {
  return String(typed)
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** A time that was picked without a zone is meant in the workflow's zone. What isn't a time is the server's to refuse. */
export function instant(typed: unknown, timezone: string): string {
  const text = String(typed);
  const picked = new Date(/([zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`).getTime();
  if (Number.isNaN(picked)) {
    return text;
  }
  let at = picked;
  if (!/([zZ]|[+-]\d\d:?\d\d)$/.test(text)) {
    // The zone's offset depends on the time that is looked for: the second round is right next to a change of clocks.
    for (let round = 0; round < 2; round++) {
      const shown = new Date(at).toLocaleString('sv-SE', { timeZone: timezone }).replace(' ', 'T');
      at = picked - (new Date(`${shown}Z`).getTime() - Math.floor(at / 1_000) * 1_000);
    }
  }
  return new Date(at).toISOString();
}

/** The fields of a collection, with its times as the server reads them. */
export function timed(fields: IDataObject, timezone: string, ...names: string[]): IDataObject {
  const times = names.filter((name) => fields[name] !== undefined && fields[name] !== '');
  return { ...fields, ...Object.fromEntries(times.map((name) => [name, instant(fields[name], timezone)])) };
}
