/// What visitors do on public pages and short links: events as they happen, counters per day, and what is shown of
/// them.
///
/// Owns the tables `visit_days`, `visit_accounts`, `visit_recent`, `visit_journal` and `visit_salts`. Calls `platform`
/// and `accounts`.
/// `pages` and `shortlinks` tell it what happens ([Events]) and what things are called ([EventNames]), and hear how
/// often their links were followed ([ClickCounters]) and whether that grows ([LinkTrends]).
@NullMarked
package dev.banyan.analytics;

import org.jspecify.annotations.NullMarked;
