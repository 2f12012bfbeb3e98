/// Sub-accounts that leave their agency: for another agency (a transfer), or to become an independent account (a
/// conversion).
///
/// Owns the table `account_moves`. May call the core, `plans`, `context`, `signin` and `settings`.
///
/// Both sides consent, each as a sensitive act; then everything changes its tenant in one transaction
/// (docs/decisions/0054, `TenantRows`). Packages that count, cache or run something for an account take part through
/// `MovePart`. A transfer can be undone for 48 hours by either side. Begin with `Moves`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.moves;
