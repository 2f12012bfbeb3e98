/// Events for other programs, by the Standard Webhooks specification: which there are, who wants them, their delivery,
/// and the routes and pages of an owner’s webhooks.
///
/// Owns the tables `webhook_endpoints` and `webhook_deliveries`. May call the core, `db`, `jobs`, `cluster`, `secrets`,
/// `http`, `audit`, `mail` and `web`.
///
/// An event is a row per endpoint in the transaction of what happened. Each endpoint is served by one node at a time,
/// in order, and a slow one keeps no other waiting (docs/decisions/0052). An endpoint belongs to an account or to a
/// workspace (`EndpointOwner`), and hears what its maker may read (`Maker`, `Reading`, docs/decisions/0076). Begin with
/// `Webhooks`, which is told what happens, `DeliveryWorker`, whose `DeliveryLedger` shares a transaction among many
/// endpoints, and `WebhooksResource`, the acts of people and programs.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.webhooks;
