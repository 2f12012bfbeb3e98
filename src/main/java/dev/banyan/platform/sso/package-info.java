/// What speaks to sign-in providers: OpenID Connect, SAML 2.0 and LDAP. Knows protocols, and neither workspaces nor
/// accounts, which both let their people sign in with it.
///
/// Owns the tables `sso_sign_ins`, the log for admins, and `saml_keys`. May call everything else in `platform`.
///
/// Everything that a provider says is checked here, and a person whom it names is a `SsoPerson`. All requests go
/// through `ProviderHttp`. Begin with `SsoProvider`; of SAML, only what a signature covers is ever read
/// (docs/decisions/0057).
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.sso;
