/// Reading the audit of an account and exporting it. The audit itself is written in `platform.audit`.
///
/// May call `context` and everything below it. Begin with `AuditPageResource`.
@NullMarked
package dev.banyan.accounts.audit;

import org.jspecify.annotations.NullMarked;
