/// Senders, pools, linking, drivers, and the mirror bots-config.json.
///
/// Owns the tables `senders` and `sender_config_files`. Calls `platform` and `accounts`. Never knows a workspace.
/// Publishes [dev.banyan.whatsapp.SenderChanged].
@NullMarked
package dev.banyan.whatsapp;

import org.jspecify.annotations.NullMarked;
