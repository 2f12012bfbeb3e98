/// What workspaces use: messages, tokens, files and active users, counted per day and month, and the limits on them.
///
/// Owns the tables `workspace_usage`, `workspace_active_users`, `workspace_usage_limits` and
/// `workspace_usage_warnings`. May call the core only, so that all other rooms can count and ask here.
///
/// `UsageMeter` collects in memory and writes every second (docs/decisions/0059); `UsageLimits` refuses what may be
/// refused. Pages and routes are in `usage.pages`. Begin with `UsageKind`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.usage;
