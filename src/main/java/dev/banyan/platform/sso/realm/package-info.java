/// What is kept of the people whom a provider signs in, alike for the members of accounts and the users of workspaces:
/// settings, links, sessions and attempts, and asking the provider about them again.
///
/// Its stores have a table for either kind of owner, which `accounts.sso` and `workspaces.sso` own and name; those also
/// say who is admitted (`SsoRealm`, docs/decisions/0154). May call `sso` and everything below it. Begin with
/// `SsoRealm`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.sso.realm;
