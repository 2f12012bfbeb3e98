/// Events of visitors on public pages and short links, counters per day, and their display.
///
/// Owns the tables `visit_days`, `visit_accounts`, `visit_recent`, `visit_journal` and `visit_salts`. Calls `platform`
/// and `accounts`. `pages` and `shortlinks` report events ([Events]) and names ([EventNames]), and get the clicks of
/// their links ([ClickCounters]) and their trends ([LinkTrends]).
@NullMarked
package dev.banyan.analytics;

import org.jspecify.annotations.NullMarked;
