/// The operator's pages: accounts, figures, jobs, mails, limits, sign-ins, and the first operator.
///
/// May call every room of accounts. Begin with `OperatorStartPageResource`.
@NullMarked
package dev.banyan.accounts.operator;

import org.jspecify.annotations.NullMarked;
