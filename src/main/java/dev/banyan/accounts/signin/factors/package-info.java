/// The rows and checks of second factors: authenticator apps, mailed codes, backup codes, passkeys.
///
/// May call the core. Begin with `SecondFactorStore` and `Passkeys`.
@NullMarked
package dev.banyan.accounts.signin.factors;

import org.jspecify.annotations.NullMarked;
