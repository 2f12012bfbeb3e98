package dev.banyan.accounts.people;

import module java.base;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.ManagedAccount;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;

/// A person who manages an account, or an account that a person manages, as the LinkToMe client shows both.
///
/// @param UserId the person's account; for a person without one, the person or the invitation
/// @param scope all, or listed
/// @param subAccounts usernames, if the scope is listed
/// @param workspaces whether they also have projects, workspaces and WhatsApp numbers
/// @param readOnly whether they see what a manager sees, and change nothing
record Relation(
        @JsonProperty("UserId") UUID userId,
        String username,
        String email,
        String role,
        String scope,
        List<String> subAccounts,
        boolean workspaces,
        boolean readOnly,
        String state,
        Instant created,
        Instant updated) {

    static Relation manager(People.Staff staff) {
        MembershipStore.Member member = staff.member();
        return relation(
                member.key(),
                member.username().orElse(""),
                member.email(),
                member.membership(),
                staff.listed(),
                "accepted",
                member.since(),
                member.since());
    }

    static Relation invited(People.Open open) {
        AccountInvitation invitation = open.invitation();
        return relation(
                // Until the invitation is accepted, the id does not reveal whether the address belongs to a user of
                // this server.
                invitation.id(),
                "",
                invitation.email(),
                invitation.membership(),
                open.listed(),
                invitation.state(),
                invitation.createdAt(),
                invitation.updatedAt());
    }

    static Relation managee(List<ManagedAccount> of) {
        ManagedAccount first = of.getFirst();
        Account root = first.root();
        return relation(
                root.id().value(),
                root.username(),
                root.email().orElse(""),
                first.membership(),
                of.stream()
                        .map(ManagedAccount::account)
                        .filter(Account::isSubAccount)
                        .map(Account::username)
                        .toList(),
                "accepted",
                first.since(),
                first.since());
    }

    static Relation asking(People.Asked asked) {
        AccountInvitation invitation = asked.invitation();
        Account root = asked.root();
        return relation(
                root.id().value(),
                root.username(),
                root.email().orElse(""),
                invitation.membership(),
                asked.listed(),
                invitation.state(),
                invitation.createdAt(),
                invitation.updatedAt());
    }

    private static Relation relation(
            UUID key,
            String username,
            String email,
            Membership membership,
            List<String> listed,
            String state,
            Instant created,
            Instant updated) {
        return new Relation(
                key,
                username,
                email,
                UserManagersResource.role(membership.role()),
                membership.everything() ? UserManagersResource.ALL : UserManagersResource.LISTED,
                membership.everything() ? List.of() : listed,
                membership.workspaces(),
                membership.readOnly(),
                state,
                created,
                updated);
    }
}
