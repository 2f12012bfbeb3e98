/// What the server does by itself: when, how long it took, and what went wrong.
///
/// Owns no tables. May call the core and `config`. A job is bounded and may run twice without harm, on several nodes
/// too. A room contributes its own by implementing `Recurring`, or `Expiring` where old rows only have to be deleted;
/// [dev.banyan.Jobs] collects them. Begin with `Recurring`, then `JobRuns`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.jobs;
