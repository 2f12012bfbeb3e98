/// What visitors do on public pages and short links: events as they happen, counters per day, and what is shown of
/// them.
///
/// Calls `platform` and `accounts`. `pages` and `shortlinks` tell it what happens.
@NullMarked
package dev.banyan.analytics;

import org.jspecify.annotations.NullMarked;
