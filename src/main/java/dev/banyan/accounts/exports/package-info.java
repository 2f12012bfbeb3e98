/// Exporting a brand or a whole account to one file, and importing a brand from it.
///
/// Owns the table `account_exports`. May call `brands` and everything below it. What an account has belongs to other
/// packages, which implement `AccountPart`: each writes its part of the archive, and reads it back.
///
/// An export is ordered by an owner who has proved who they are, made by `ExportJob` in the background, and kept for
/// seven days. `ImportArchive` trusts nothing of what is brought. An import gets new ids and comes in one transaction,
/// or not at all. The format is described in `docs/exports.md`. Begin with `Exports` and `Imports`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.exports;
