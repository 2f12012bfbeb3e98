/// Contacts who get no campaigns, and the words by which they say so.
///
/// Owns the tables `opt_outs` and `campaign_settings`. May call the core and the rooms up to `access`.
///
/// Begin with `OptOuts`, which hears the words, and `OptOutSettings`, which compares a message with them. What is
/// queued is canceled and answered through the interface `OptOutQueue`, since messages lie above. `Claims` in
/// `messages` asks `OptOutStore` before it hands over a message of a campaign, so an opt-out counts until
/// the last moment.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.optouts;
