package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.MemberRole;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.sso.SsoPerson;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoReach;
import dev.banyan.platform.sso.SsoRules;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.platform.sso.StoredProvider;

/// The row of an account.
///
/// @param sealedSecret of the client
/// @param emailDomains whose people the provider speaks for
/// @param passwordSignIn whether they may also sign in with a password
/// @param linkedPasswords whether those who come from the provider may, too
/// @param emergency the owner who may, if it is off
/// @param told the username in the address that the provider knows; it stays when the account gets another one
record AccountSso(
        SsoSettings settings,
        Optional<String> sealedSecret,
        List<String> emailDomains,
        boolean passwordSignIn,
        boolean linkedPasswords,
        Optional<IdentityId> emergency,
        String told,
        Instant createdAt,
        Instant updatedAt)
        implements StoredProvider {

    static final SsoRules.Roles ROLES = new SsoRules.Roles(
            Stream.of(MemberRole.values()).map(MemberRole::key).toList(), "Role must be 'owner' or 'manager'");

    AccountSso with(String telling, Instant now) {
        return new AccountSso(
                settings,
                sealedSecret,
                emailDomains,
                passwordSignIn,
                linkedPasswords,
                emergency,
                telling,
                createdAt,
                now);
    }

    /// Returns whether the provider was told an address. A directory isn’t.
    boolean tells() {
        return !(settings.provider() instanceof SsoProvider.Ldap);
    }

    boolean isEmergency(IdentityId person) {
        return emergency.filter(person::equals).isPresent();
    }

    /// Returns the highest role that a person’s groups give; empty if they may not sign in.
    Optional<MemberRole> roleOf(SsoPerson person) {
        return settings.roleOf(person.groups(), ROLES.keys()).flatMap(MemberRole::of);
    }

    /// Says who could come in.
    static String reach(SsoSettings settings, List<String> emailDomains) {
        return SsoReach.of(settings, emailDomains, "members");
    }

    boolean speaksFor(String email) {
        return emailDomains.contains(domainOf(email));
    }

    /// Returns what follows the `@`; empty without one.
    static String domainOf(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }
}
