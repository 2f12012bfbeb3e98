/// Webhooks of an account: their routes and pages, the mail when one is switched off, and what needs their
/// owner’s attention.
///
/// Owns no tables. May call the core and the rooms up to `context`.
///
/// What is sent, and when, is in `platform.webhooks`. Begin with `WebhooksResource`.
@NullMarked
package dev.banyan.accounts.webhooks;

import org.jspecify.annotations.NullMarked;
