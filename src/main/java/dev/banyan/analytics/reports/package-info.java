/// The page that switches a weekly report off, from the link in its mail.
///
/// Begin with [dev.banyan.analytics.reports.ReportOffResource].
@org.jspecify.annotations.NullMarked
package dev.banyan.analytics.reports;
