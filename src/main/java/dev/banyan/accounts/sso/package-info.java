/// Single sign-on for the members of an account: OpenID Connect, SAML 2.0 and LDAP.
///
/// Owns the tables `account_sso`, `account_sso_links`, `account_sso_cut_links`, `account_sso_attempts` and
/// `account_sso_sessions`. May call `people` and everything below it.
///
/// A person who signs in here has an identity, which may belong to other accounts, too. So a provider speaks only
/// for emails of domains that its account has proved to own: it could read their mail and set their passwords anyway
/// (docs/decisions/0058). What speaks to providers is `platform.sso`, and what is the same for users of workspaces is
/// `platform.sso.realm` (0154). Begin with `MemberSignIn`; what becomes of a person whom a provider has named is in
/// `MemberAdmission`.
@org.jspecify.annotations.NullMarked
package dev.banyan.accounts.sso;
