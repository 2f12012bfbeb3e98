package dev.banyan.accounts;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What somebody who works for an account may do in it, changed while they stay. It holds from their next request on.
@Singleton
final class MemberChanges {

    /// @param everything false for a manager of `subAccounts` alone
    /// @param subAccounts usernames
    record Wanted(MemberRole role, boolean everything, Collection<String> subAccounts) {}

    /// What came of it.
    sealed interface Changed {

        record Done() implements Changed {}

        /// Nobody of this name works for the account, or who asks owns it no more.
        record Unknown() implements Changed {}

        record LastOwner() implements Changed {}

        record Rejected(Invalid invalid) implements Changed {}
    }

    private final Database database;
    private final OwnerRights rights;
    private final PeopleMails mails;
    private final Audit audit;
    private final Event<AccessChanged> accessChanged;

    MemberChanges(
            Database database, OwnerRights rights, PeopleMails mails, Audit audit, Event<AccessChanged> accessChanged) {
        this.database = database;
        this.rights = rights;
        this.mails = mails;
        this.audit = audit;
        this.accessChanged = accessChanged;
    }

    /// @param key the account in which the person is at home, or the person
    Changed change(AccountContext context, UUID key, Wanted wanted) {
        return database.write(tx -> {
            AccountId tenant = context.root().id();
            var members = new MembershipStore(tx);
            List<IdentityId> owners = members.lockOwners(tenant); // and only then look at anybody
            Optional<MembershipStore.Member> member =
                    owners.contains(context.identity()) ? members.person(tenant, key) : Optional.empty();
            if (member.isEmpty()) {
                return new Changed.Unknown();
            }
            boolean loses = member.get().membership().isOwner() && wanted.role() != MemberRole.OWNER;
            if (loses && owners.size() <= 1) {
                return new Changed.LastOwner();
            }
            return switch (WantedScope.of(tx, tenant, wanted.role(), wanted.everything(), wanted.subAccounts())) {
                case WantedScope.Bad bad -> new Changed.Rejected(bad.invalid());
                case WantedScope.Good good -> {
                    if (!isSo(members, tenant, member.get(), wanted.role(), good.scope())) {
                        set(tx, context, member.get(), wanted.role(), good.scope(), loses);
                    }
                    yield new Changed.Done();
                }
            };
        });
    }

    private static boolean isSo(
            MembershipStore members,
            AccountId tenant,
            MembershipStore.Member member,
            MemberRole role,
            MemberScope scope) {
        return member.membership().equals(new Membership(role, scope.everything()))
                && (scope.everything()
                        || scope.accounts().equals(new HashSet<>(members.listed(tenant, member.identity()))));
    }

    private void set(
            Tx tx,
            AccountContext context,
            MembershipStore.Member member,
            MemberRole role,
            MemberScope scope,
            boolean losesOwnership) {
        Account root = context.root();
        var members = new MembershipStore(tx);
        members.change(root.id(), member.identity(), role, scope);
        if (losesOwnership) {
            rights.end(tx, context.actor(), root, member, "Its maker does not own the account any more");
        }
        List<String> listed = scope.everything()
                ? List.of()
                : members.listedNames(root.id(), Set.of(member.identity())).getOrDefault(member.identity(), List.of());
        audit.note(
                tx,
                context.actor(),
                root.owner(),
                "PersonChanged",
                root.id().toString(),
                Map.of(
                        "email",
                        member.email(),
                        "role",
                        role.key(),
                        "scope",
                        scope.everything() ? "everything" : String.join(", ", listed)));
        mails.changed(tx, root, member.email(), role, listed);
        tx.afterCommit(() -> accessChanged.fire(new AccessChanged(root.id())));
    }
}
