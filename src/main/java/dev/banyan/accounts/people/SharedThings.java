package dev.banyan.accounts.people;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Identity;
import dev.banyan.accounts.IdentityStore;
import dev.banyan.accounts.Membership;
import dev.banyan.accounts.SetUpByPerson;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.audit.LastingActs;
import dev.banyan.platform.db.Tx;
import jakarta.inject.Singleton;

/// Tells the owners what someone set up for all, and could go on using after they left: gateways, models and mail
/// servers that get what is written, single sign-on, users of workspaces. It works for everyone, so it stays until
/// an owner decides.
@Singleton
record SharedThings(Audit audit, PeopleMails mails) implements SetUpByPerson {

    @Override
    public Set<String> columns() {
        return Set.of("assistants.endpoint", "whatsapp_connections.url", "workspace_mail_servers.from_address");
    }

    @Override
    public void reduced(Tx tx, Actor actor, Account root, IdentityId person, Optional<Membership> now) {
        List<String> done = audit.lasting(tx, root.id(), person, lost(now));
        if (!done.isEmpty()) {
            String who = new IdentityStore(tx).find(person).map(Identity::email).orElse("Someone");
            mails.leftBehind(tx, root, who, now.isEmpty(), done);
        }
    }

    /// Returns what they can’t do or undo any more.
    private static Set<String> lost(Optional<Membership> now) {
        Set<String> lost = new HashSet<>();
        if (now.filter(Membership::isOwner).isEmpty()) {
            lost.addAll(LastingActs.OF_OWNERS);
        }
        if (now.filter(Membership::workspaces).isEmpty()) {
            lost.addAll(LastingActs.OF_WORKSPACES);
        }
        if (now.filter(rights -> rights.permits("manage:users")).isEmpty()) {
            lost.addAll(LastingActs.OF_BRANDS);
        }
        return lost;
    }
}
