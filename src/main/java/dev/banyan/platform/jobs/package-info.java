/// What the server does by itself: when, how long it took, and what went wrong.
///
/// Owns no tables. May call the core and the rooms up to `http`. A job is bounded and may run twice without harm. The
/// list of jobs is [dev.banyan.Jobs]; begin with `JobRuns`.
@NullMarked
package dev.banyan.platform.jobs;

import org.jspecify.annotations.NullMarked;
