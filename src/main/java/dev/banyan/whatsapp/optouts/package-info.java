/// Contacts who get no campaigns, and the words by which they say so.
///
/// Owns the tables `opt_outs` and `campaign_settings`. May call the core.
///
/// Begin with `OptOutSettings`, which compares a message with the words. `Claims` in `sending` asks `OptOutStore`
/// before
/// it hands over a message of a campaign, so an opt-out counts until the last moment. What happens when a word arrives
/// is in `campaigns`.
@NullMarked
package dev.banyan.whatsapp.optouts;

import org.jspecify.annotations.NullMarked;
