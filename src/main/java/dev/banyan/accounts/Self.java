package dev.banyan.accounts;

import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import java.util.Map;
import java.util.Optional;

/// Somebody who looks after how they sign in themselves: in the account where they are at home, or without one:
/// operators, and people who only work for others.
record Self(Actor actor, IdentityId identity, Optional<AccountContext> context) {

    static Self of(AccountContext context) {
        return new Self(context.actor(), context.identity(), Optional.of(context));
    }

    static Self withoutAccount(Actor actor, IdentityId identity) {
        return new Self(actor, identity, Optional.empty());
    }

    /// The username of the account above, where they act for a sub-account, which nobody signs in to.
    Optional<String> managedBy() {
        return context.flatMap(AccountContext::parent).map(Account::username);
    }

    /// Into the audit of their account, or the server's.
    void note(Audit audit, Tx tx, String action, Map<String, Object> details) {
        if (context.isPresent()) {
            audit.note(tx, actor, context.get().root().owner(), action, identity.toString(), details);
        } else {
            audit.noteServer(tx, actor, action, identity.toString(), details);
        }
    }
}
