/// Signing in and out: sign-in, registration, confirmed e-mails, forgotten passwords.
///
/// May call `keys` and everything below it. Begin with `Logins`; every sign-in ends in `LoginResponses`.
@NullMarked
package dev.banyan.accounts.signin;

import org.jspecify.annotations.NullMarked;
