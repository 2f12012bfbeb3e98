/// Signing in and out, registration, confirmed emails, forgotten passwords, known devices.
///
/// Owns the tables `email_changes`, `sign_ins`, `password_resets`, `known_devices` and `sample_people`. May call `keys`
/// and everything below it.
///
/// Every way in ends in `LoginResponses`, which sets the session's cookie and the device's. No answer reveals whether
/// an email is registered. Failed tries count per person and place, so strangers slow down but people at home get in
/// (docs/decisions/0036). Only a few Argon2 hashes run at once (`Passwords`); more callers are asked to come again. A
/// new email takes effect when its link is opened (`EmailConfirmations`). Begin with `Logins` and `Registrations`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.signin;
