/// Settings, each described once for all doors: the API, forms, the console, and files.
///
/// Owns no tables. May call the core and `outcome`. Begin with `Fields`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.fields;
