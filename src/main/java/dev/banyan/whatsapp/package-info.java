/// Senders, pools, linking, drivers, dispatch, balancing, failover, bots-config.json.
///
/// May call `platform` and `accounts`. Never knows a workspace. Arrives with the next issue: nothing lives here yet.
@NullMarked
package dev.banyan.whatsapp;

import org.jspecify.annotations.NullMarked;
