/// Senders, pools, messages and the contract with drivers: the records, tables of states, stores and events that the
/// rooms share.
///
/// Owns the tables `senders`, `sender_config_files`, `sender_events`, `pool_settings` and
/// `outgoing_messages`. Calls `platform` and `accounts`. Never knows a workspace.
///
/// Everything that is sent goes through `Outgoing.order` in `messages`. `SenderState` and `DeliveryState` are tables of
/// what may follow what: a report that they do not allow came too late and changes nothing. A `Driver` keeps no truth,
/// is never called inside a transaction, and its report counts once its receipt is `KEPT`
/// ([dev.banyan.whatsapp.DriverListener], docs/decisions/0038). `Liveness` holds the proofs that a sender is alive, in
/// memory only. Publishes [dev.banyan.whatsapp.SenderChanged] and [dev.banyan.whatsapp.DeliveryChanged] after a commit
/// and, inside its transaction, [dev.banyan.whatsapp.MessageArriving]. Begin with `Sender`, `SenderState` and `Driver`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp;
