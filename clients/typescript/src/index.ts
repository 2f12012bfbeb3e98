export { Banyan, type Options } from "./client.js";
export { BanyanError } from "./errors.js";
export { InvalidSignature, verifyWebhook, type Event } from "./webhooks.js";
export type { ErrorCode, Input, Item, Operation, Output, Schemas } from "./types.js";
