/// Reading the audit of an account, as a page and as a file. The audit is written in `platform.audit`.
///
/// Owns no tables. May call `subscription` and everything below it; it needs the core and `context`.
///
/// The page lies here because only accounts know what ids are called (`AuditNames`). Files are read and sent in parts,
/// so their length does not matter. Begin with `AuditPageResource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.audit;
