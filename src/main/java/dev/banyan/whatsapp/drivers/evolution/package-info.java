/// Evolution API servers: their requests, answers and webhooks, in the words of `drivers`.
///
/// Owns no tables. May call the core, `connections` and `drivers`. The facts are in docs/drivers.md.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.drivers.evolution;
