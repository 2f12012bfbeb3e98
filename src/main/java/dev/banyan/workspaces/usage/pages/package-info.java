/// Pages, files and routes that show what a workspace uses, and set its limits.
///
/// Owns no tables of its own. May call `access` and everything below it. Begin with `UsageReports`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.usage.pages;
