package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.accounts.MemberRole;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.sso.SsoPerson;
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
record AccountSso(
        SsoSettings settings,
        Optional<String> sealedSecret,
        List<String> emailDomains,
        boolean passwordSignIn,
        boolean linkedPasswords,
        Optional<IdentityId> emergency,
        Instant createdAt,
        Instant updatedAt)
        implements StoredProvider {

    static final SsoRules.Roles ROLES = new SsoRules.Roles(
            Stream.of(MemberRole.values()).map(MemberRole::key).toList(), "Role must be 'owner' or 'manager'");

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
