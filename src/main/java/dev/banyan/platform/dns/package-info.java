/// Looks names up in the DNS, for proofs that a name is somebody's own, and knows how host names are written.
///
/// Owns no tables. May call the core and `config`. Begin with `Dns`. A look-up waits for other servers: never within a
/// transaction.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.dns;
