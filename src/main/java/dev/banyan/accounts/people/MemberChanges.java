package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Changes a member's rights in an account. The change applies from their next request on.
@Singleton
record MemberChanges(
        Database database, OwnerRights rights, PeopleMails mails, Audit audit, Event<AccessChanged> accessChanged) {

    /// @param key the person's home account, or the person
    MembershipChanged change(AccountContext context, UUID key, MemberChange wanted) {
        if (!context.isInPerson()) {
            return MembershipChanged.Refused.NOT_IN_PERSON;
        }
        return database.write(tx -> {
            AccountId tenant = context.root().id();
            var members = new MembershipStore(tx);
            List<IdentityId> owners = members.lockOwners(tenant); // locked before the member is read
            Optional<MembershipStore.Member> member =
                    owners.contains(context.identity()) ? members.person(tenant, key) : Optional.empty();
            if (member.isEmpty()) {
                return MembershipChanged.Refused.NOT_FOUND;
            }
            MemberRights now = members.rights(tenant, member.get());
            return wanted.applyTo(tx, tenant, now)
                    .<MembershipChanged>fold(
                            rights -> set(tx, context, member.get(), now, rights, owners),
                            MembershipChanged.Refused::new);
        });
    }

    private MembershipChanged set(
            Tx tx,
            AccountContext context,
            MembershipStore.Member member,
            MemberRights now,
            MemberRights given,
            List<IdentityId> owners) {
        boolean loses = now.role() == MemberRole.OWNER && given.role() != MemberRole.OWNER;
        Optional<MembershipChanged.LastOwner> needed =
                loses ? rights.needed(tx, member.identity(), owners) : Optional.empty();
        if (needed.isPresent()) {
            return needed.get();
        }
        if (!given.equals(now)) {
            set(tx, context, member, given, loses);
        }
        return new MembershipChanged.Done();
    }

    private void set(
            Tx tx, AccountContext context, MembershipStore.Member member, MemberRights given, boolean losesOwnership) {
        Account root = context.root();
        var members = new MembershipStore(tx);
        members.change(root.id(), member.identity(), given);
        if (losesOwnership) {
            rights.end(tx, context.actor(), root, member, ApiKey.MAKER_NO_OWNER);
        }
        rights.reduced(tx, context.actor(), root, member.identity());
        List<String> listed = given.scope().everything()
                ? List.of()
                : members.listedNames(root.id(), Set.of(member.identity())).getOrDefault(member.identity(), List.of());
        audit.note(
                tx,
                context.actor(),
                root,
                "PersonChanged",
                Map.of(
                        "email",
                        member.email(),
                        "role",
                        given.summary(),
                        "scope",
                        given.scope().everything() ? "everything" : String.join(", ", listed)));
        mails.changed(tx, root, member.email(), given, listed);
        tx.afterCommit(() -> accessChanged.fire(new AccessChanged(root.id())));
    }
}
