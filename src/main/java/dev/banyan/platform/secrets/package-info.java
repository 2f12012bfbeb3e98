/// Secrets of others that must be given out again, such as keys for servers outside: encrypted at rest.
///
/// Owns no tables. May call the core and the rooms up to `db`. What is sealed opens only with the key that sealed it
/// and for the purpose that it was sealed for; the key is in no backup. What is sent to other servers opens only for
/// the origin that it was entered for, too (`SentSecrets`, docs/decisions/0077). Begin with `SealedSecrets`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.secrets;
