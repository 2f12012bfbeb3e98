/// What people are told about numbers and pools in trouble: on the board, by mail, and as events for programs.
///
/// Owns the tables `pool_alerts`, `alert_settings` and `alert_recipients`. May call the core and the rooms
/// up to `failover`.
///
/// Begin with `AlertKind`. `Alerts` writes what the watchers of failovers have judged, `QueueAlerts` what it finds in
/// the queues, and `AlertMails` sends summaries.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.alerts;
