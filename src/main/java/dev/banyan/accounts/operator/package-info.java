/// The pages of the people who run the server: accounts, metrics, jobs, mails, limits, sign-ins, and the first
/// operator.
///
/// Owns no tables. May call every room of accounts.
///
/// `OperatorPage` is a parameter of each page: for anyone else the page does not exist. Counts come from indexes and
/// counters and are renewed at most once a minute. `SetupLink` makes the first operator. Begin with
/// `OperatorStartPageResource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.operator;
