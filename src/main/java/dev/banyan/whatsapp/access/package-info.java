/// Who asks about numbers, in JSON or on a page, and what all these pages have in common.
///
/// Owns no tables. May call the core, `changes` and `history`.
///
/// Pools belong to root accounts, so a sub-account is refused before a resource method is called. Begin with
/// `PoolRequests` and `PoolPages`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.access;
