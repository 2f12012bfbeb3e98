package dev.banyan.accounts.people;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/// Ends what depends on a person owning an account, when they leave it or become a manager: everything that acts or
/// invites in their name. An owner whose home account this is then has no home account; the account keeps an address.
@Singleton
final class OwnerRights {

    private final Audit audit;
    private final Clock clock;

    OwnerRights(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /// @param keysEnd the reason to record for the keys that the person made
    void end(Tx tx, Actor actor, Account root, MembershipStore.Member owner, String keysEnd) {
        new ApiKeyStore(tx).disableMadeBy(root.id(), owner.identity(), keysEnd);
        for (AccountInvitation ended : new AccountInvitationStore(tx).deletePendingBy(root.id(), owner.identity())) {
            audit.note(
                    tx,
                    actor,
                    root.owner(),
                    "InvitationWithdrawn",
                    ended.id().toString(),
                    Map.of("email", ended.email()));
        }
        if (owner.atHome()) {
            var identities = new IdentityStore(tx);
            identities.leaveHome(owner.identity(), root.id());
            identities.ownerEmails(root.id()).stream()
                    .findFirst()
                    .ifPresent(
                            heir -> new AccountStore(tx).replaceEmail(root.id(), owner.email(), heir, clock.instant()));
        }
    }
}
