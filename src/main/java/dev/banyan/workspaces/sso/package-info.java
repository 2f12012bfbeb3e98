/// Single sign-on of workspaces: OpenID Connect, SAML 2.0 and LDAP.
///
/// Owns the tables `workspace_sso`, `workspace_sso_links`, `workspace_sso_cut_links`, `workspace_sso_attempts` and
/// `workspace_sso_sessions`. May call `users` and everything below it.
///
/// A person is known by issuer and subject, never by an email alone (docs/decisions/0055). Groups give the role, at
/// each sign-in and whenever a session is checked again, which a job does twice a minute: people who were switched
/// off at the provider are out within a minute. A user whose email was never proved here loses everything that let
/// them in when a provider proves it (0074). What speaks to them is `platform.sso`, and what is the same for
/// members of accounts is `platform.sso.realm` (0154). Begin with `SsoSignIn`; what becomes of a person whom a
/// provider has named is in `SsoPeople`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.sso;
