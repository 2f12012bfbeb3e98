package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.ApiKey;
import dev.banyan.accounts.MemberRights;
import dev.banyan.accounts.MemberRole;
import dev.banyan.accounts.MembershipStore;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Gives members the roles that a sign-in provider’s groups give. An account never loses its last owner,
/// nor the last one who can come in without the provider.
@Singleton
public record ProvidedRoles(OwnerRights rights, Audit audit, Event<AccessChanged> accessChanged) {

    /// Changes the role of a member, if it is another one. A manager keeps the scope that an owner gave.
    public void set(Tx tx, Actor actor, Account root, IdentityId person, MemberRights given) {
        var members = new MembershipStore(tx);
        List<IdentityId> owners = members.lockOwners(root.id());
        Optional<MembershipStore.Member> member = members.person(root.id(), person.value());
        boolean isOwner = owners.contains(person);
        if (member.isEmpty()
                || isOwner == (given.role() == MemberRole.OWNER)
                || isOwner && rights.needed(tx, person, owners).isPresent()) {
            return;
        }
        members.change(root.id(), person, given);
        if (isOwner) {
            rights.end(tx, actor, root, member.get(), ApiKey.MAKER_NO_OWNER);
        }
        rights.reduced(tx, actor, root, person);
        audit.note(
                tx,
                actor,
                root,
                "PersonChanged",
                Map.of("email", member.get().email(), "role", given.summary(), "scope", "everything"));
        tx.afterCommit(() -> accessChanged.fire(new AccessChanged(root.id())));
    }
}
