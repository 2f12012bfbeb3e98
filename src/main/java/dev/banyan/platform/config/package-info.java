/// Settings and rate limits: declared once with default, rule and explanation, read from flags, environment and file.
///
/// Owns no tables. May call the core. `Setting` and `RateLimit` are the tables from which `docs/configuration.md` is
/// written; `Settings` holds the checked values, so its users need no checks of their own. Begin with `Setting`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.config;
