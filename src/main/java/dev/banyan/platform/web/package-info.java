/// What all resources know of HTTP: the call, paths, cookies, answers that are kept as bytes.
///
/// Owns no tables. May call the core and the rooms up to `backup`. Every resource method takes a `Call` as a parameter
/// (docs/decisions/0010). Begin with `Call`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web;
