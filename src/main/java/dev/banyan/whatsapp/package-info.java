/// Senders, pools, linking, drivers, and the mirror bots-config.json.
///
/// Owns the tables `senders`, `sender_config_files`, `sender_events`, `set_aside_events`, `sender_hours`,
/// `pool_settings`, `pool_contacts`, `outgoing_messages` and `incoming_messages`. Calls `platform` and `accounts`.
/// Never knows a workspace. Publishes [dev.banyan.whatsapp.SenderChanged], [dev.banyan.whatsapp.DeliveryChanged] and,
/// inside its transaction, [dev.banyan.whatsapp.MessageArriving]. Live state is kept in actors; `LiveSenders` gives
/// access to them.
@NullMarked
package dev.banyan.whatsapp;

import org.jspecify.annotations.NullMarked;
