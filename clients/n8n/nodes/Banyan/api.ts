import {
  NodeApiError,
  sleep,
  type IDataObject,
  type IExecuteFunctions,
  type IHookFunctions,
  type IHttpRequestMethods,
  type ILoadOptionsFunctions,
  type JsonObject,
} from 'n8n-workflow';

export const CREDENTIALS = 'banyanApi';

type Context = IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions;

export interface Request {
  method: IHttpRequestMethods;
  /** The path that keys use. */
  path: string;
  query?: IDataObject;
  body?: IDataObject;
  /** Names the request, so that a repetition gets the first answer. */
  idempotencyKey?: string;
  /** The item that it is made for, for n8n to mark it if it fails. */
  itemIndex?: number;
}

interface Answer {
  statusCode: number;
  headers: Record<string, string | undefined>;
  body: unknown;
}

const ATTEMPTS = 4;
const LONGEST_WAIT_SECONDS = 60;
const PAGE = 100;
const UNAVAILABLE = [502, 503, 504];

/** Sends a request, again where that is safe, and returns what is in the answer's envelope. */
export async function send(context: Context, request: Request): Promise<IDataObject> {
  const safe = request.method !== 'POST' || request.idempotencyKey !== undefined;
  for (let attempt = 1; ; attempt++) {
    const answer = await exchange(context, request);
    if (answer.statusCode < 300) {
      return unwrapped(answer.body);
    }
    // 429 is said before anything is done, so that even what isn't safe to repeat can be sent again.
    const again = answer.statusCode === 429 || (safe && UNAVAILABLE.includes(answer.statusCode));
    const wait = Number(answer.headers['retry-after'] ?? 2 ** (attempt - 1));
    if (!again || attempt >= ATTEMPTS || !(wait <= LONGEST_WAIT_SECONDS)) {
      throw failure(context, answer, request.itemIndex);
    }
    await sleep(wait * 1_000);
  }
}

/**
 * Goes through a list, page by page.
 *
 * @param list the name of the array in an answer
 * @param cursor the name of the parameter that continues it; `before` reads backwards, to be returned newest first
 * @param most how many are wanted; all if absent
 */
export async function sendForAll(
  context: Context,
  request: Request,
  list: string,
  cursor: 'after' | 'before' | undefined,
  most = Infinity,
): Promise<IDataObject[]> {
  const found: IDataObject[] = [];
  let next: unknown;
  do {
    // What goes on with `before` has pages of one size.
    const limit = cursor === 'after' ? { limit: Math.min(PAGE, most - found.length) } : {};
    const position = next === undefined ? {} : { [cursor as string]: String(next) };
    const page = await send(context, { ...request, query: { ...request.query, ...limit, ...position } });
    const items = (page[list] ?? []) as IDataObject[];
    found.push(...(cursor === 'before' ? items.reverse() : items));
    next = cursor && (page[cursor === 'after' ? 'nextCursor' : 'before'] ?? undefined);
  } while (next !== undefined && found.length < most);
  return found.slice(0, most);
}

async function exchange(context: Context, request: Request): Promise<Answer> {
  const { serverUrl } = await context.getCredentials<{ serverUrl: string }>(CREDENTIALS);
  return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIALS, {
    method: request.method,
    baseURL: serverUrl.replace(/\/+$/, ''),
    url: request.path,
    headers: {
      Accept: 'application/json',
      ...(request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey }),
    },
    ...(request.query === undefined ? {} : { qs: filled(request.query) }),
    ...(request.body === undefined ? {} : { body: request.body }),
    json: true,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
  })) as Answer;
}

/** Filters that were left empty filter nothing. */
function filled(query: IDataObject): IDataObject {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null));
}

function unwrapped(body: unknown): IDataObject {
  const answer = object(body);
  return 'success' in answer && 'data' in answer ? object(answer['data']) : answer;
}

function object(value: unknown): IDataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IDataObject) : {};
}

/** Programs decide by `context.code`: the server's words for people may change. */
function failure(context: Context, answer: Answer, itemIndex: number | undefined): NodeApiError {
  const body = object(answer.body);
  const told = {
    code: String(answer.headers['error-code'] ?? body['code'] ?? 'unknown'),
    status: answer.statusCode,
    ...(body['field'] === undefined ? {} : { field: body['field'] }),
    ...(answer.headers['x-request-id'] === undefined ? {} : { requestId: answer.headers['x-request-id'] }),
  };
  const message = String(body['error'] ?? `The server answered ${answer.statusCode}`);
  const failed = new NodeApiError(context.getNode(), { message, ...told } as JsonObject, {
    message,
    description: Object.entries(told)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(', '),
    httpCode: String(answer.statusCode),
    ...(itemIndex === undefined ? {} : { itemIndex }),
  });
  Object.assign(failed.context, told);
  return failed;
}
