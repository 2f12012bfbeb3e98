/// What visitors do on public pages and short links: events as they happen, counters per day, reports.
///
/// Owns the tables `visit_days`, `visit_tenant_days`, `visit_accounts`, `visit_recent`, `visit_journal` and
/// `visit_salts`. Calls `platform` and `accounts`.
///
/// `Events.happened` puts an event into a bounded queue and returns. One thread, `Recorder`, adds it to sums in memory
/// and writes them every 400 ms, so a kill loses at most the last second. A row holds one account, subject and day,
/// with the day's breakdowns inside it (docs/decisions/0027); a crowd's clicks on many short links wait in a journal
/// first (0030). `Visitors` changes the salt of its hashes each day. `pages` and `shortlinks` say what happens
/// ([Events]) and what things are called ([EventNames]), and learn how often their links were followed
/// ([ClickCounters]) and whether that grows ([LinkTrends]). Begin with `Events`, then `Recorder`; reading begins in
/// `Analytics`.
@org.jspecify.annotations.NullMarked
package dev.banyan.analytics;
