package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountInvitation;
import dev.banyan.accounts.AccountInvitationStore;
import dev.banyan.accounts.AccountStore;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.accounts.keys.ApiKeyStore;
import dev.banyan.accounts.signin.SignInElsewhere;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Ends what depends on the rights of a person in an account, when they leave it or get others: what they set up, and
/// what acts or invites in the name of an owner. An owner whose home account this is then has no home account; the
/// account keeps an address.
@Singleton
record OwnerRights(SignInElsewhere elsewhere, @All List<SetUpByPerson> things, Audit audit, Clock clock) {

    /// Returns why an owner can't leave or become a manager: an account never ends without an owner who can come in,
    /// also if its sign-in provider fails. All ways that end an ownership ask here; the owners are locked.
    Optional<MembershipChanged.LastOwner> needed(Tx tx, IdentityId owner, List<IdentityId> owners) {
        List<IdentityId> others =
                owners.stream().filter(other -> !other.equals(owner)).toList();
        if (others.isEmpty()) {
            return Optional.of(new MembershipChanged.LastOwner(false));
        }
        return comesIn(tx, owner) && others.stream().noneMatch(other -> comesIn(tx, other))
                ? Optional.of(new MembershipChanged.LastOwner(true))
                : Optional.empty();
    }

    /// Whether a password of ours counts for them.
    private boolean comesIn(Tx tx, IdentityId owner) {
        return new IdentityStore(tx)
                .find(owner)
                .filter(person -> elsewhere.insteadOfPassword(tx, person).isEmpty())
                .isPresent();
    }

    /// Ends what a member set up and may not have any more. To be called whenever a membership changed or ended, after
    /// [#end] for an owner.
    void reduced(Tx tx, Actor actor, Account root, IdentityId person) {
        Optional<Membership> now = new MembershipStore(tx).find(root.id(), person);
        things.forEach(thing -> thing.reduced(tx, actor, root, person, now));
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
