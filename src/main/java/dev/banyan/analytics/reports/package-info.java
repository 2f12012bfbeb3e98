/// The page that switches a weekly report off, from the link in its mail.
///
/// Begin with [dev.banyan.analytics.reports.ReportOffResource].
@NullMarked
package dev.banyan.analytics.reports;

import org.jspecify.annotations.NullMarked;
