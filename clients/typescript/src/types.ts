import type { components, operations } from "./generated/api.js";
import type { routes } from "./generated/routes.js";

export type Schemas = components["schemas"];
export type Operation = keyof operations & keyof typeof routes;
export type ErrorCode = NonNullable<Schemas["Error"]["code"]>;

type Parameters<O extends Operation> = operations[O]["parameters"];
type Body<O extends Operation> = operations[O] extends { requestBody: { content: { "application/json": infer B } } }
  ? B
  : never;

/** Path, query and body in one object per place; places of which the operation needs nothing can be left out. */
export type Input<O extends Operation> = Place<"path", Parameters<O>["path"]> &
  Place<"query", Parameters<O>["query"]> &
  ([Body<O>] extends [never] ? { body?: never } : { body: Body<O> }) & {
    /** Names the request, so that a repetition gets the first answer. One is made up where the operation takes it. */
    idempotencyKey?: string;
    signal?: AbortSignal;
  };

type Place<N extends string, P> = [P] extends [undefined]
  ? { [K in N]?: never }
  : Partial<Exclude<P, undefined>> extends Exclude<P, undefined>
    ? { [K in N]?: Exclude<P, undefined> }
    : { [K in N]: Exclude<P, undefined> };

/** All fields of the input may be missing, so the input itself can be left out. */
export type Args<O extends Operation> = {} extends Input<O> ? [input?: Input<O>] : [input: Input<O>];

type Success<O extends Operation> = operations[O]["responses"] extends infer R
  ? R[Extract<keyof R, 200 | 201 | 202>] extends { content: { "application/json": infer T } }
    ? T
    : undefined
  : never;

/** What an operation returns. Where answers have an envelope, it is what is in it. */
export type Output<O extends Operation> = Unwrapped<Success<O>>;
type Unwrapped<T> = T extends { success: boolean; data: infer D } ? D : T;

/** Operations whose answers have a list, which `after` continues. */
export type Paged = {
  [O in Operation]: (typeof routes)[O] extends { paged: true } ? O : never;
}[Operation];

/** One of what an operation lists. */
export type Item<O extends Operation> = {
  [K in keyof Output<O>]-?: NonNullable<Output<O>[K]> extends readonly (infer I)[] ? I : never;
}[keyof Output<O>];
