package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberScope;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import jakarta.inject.Singleton;

/// Adds invented people to the sample agency, without sending email.
@Singleton
public record SampleMembers(Database database, Audit audit, Uuids uuids, Clock clock) {

    private static final Duration OPEN_FOR = Duration.ofDays(7);

    /// Makes a registered person a member; does nothing if they are one.
    public void join(AccountContext agency, String email, MemberRights rights) {
        AccountId tenant = agency.root().id();
        database.write(tx -> {
            new IdentityStore(tx).findByEmail(email).ifPresent(person -> {
                if (new MembershipStore(tx).insert(tenant, person.identity().id(), rights, clock.instant())) {
                    audit.note(
                            tx,
                            agency.actor(),
                            agency.root().owner(),
                            "InvitationAccepted",
                            person.identity().id().toString(),
                            Map.of("email", email, "role", rights.summary()));
                }
            });
            return email;
        });
    }

    /// Leaves an invitation open; does nothing if the person is invited already.
    public void invite(AccountContext agency, String email, MemberRights rights) {
        Instant now = clock.instant();
        var invitation = new AccountInvitation(
                uuids.next(),
                agency.root().id(),
                email,
                rights.membership(),
                true,
                now.plus(OPEN_FOR),
                now,
                now,
                false);
        database.write(tx -> new AccountInvitationStore(tx)
                .insert(
                        agency.root().id(),
                        invitation,
                        MemberScope.ALL,
                        Digests.sha256Hex(Digests.newToken()),
                        agency.identity()));
    }
}
