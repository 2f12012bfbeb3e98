/// The first steps of a new account, as the dashboard lists them until they are done or dismissed.
///
/// Owns no tables. May call the core, `plans` and `context`.
///
/// What is done follows from the data, by queries for existence; nothing is counted, and nothing is asked once the list
/// is hidden, which the account's row remembers. Packages contribute their steps as [FirstSteps]. Begin with
/// `Checklists`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.checklist;
