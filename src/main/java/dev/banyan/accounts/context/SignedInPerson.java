package dev.banyan.accounts.context;

import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import java.util.Map;
import java.util.Optional;

/// Somebody who looks after how they sign in themselves: in the account where they are at home, or without one:
/// operators, and people who only work for others.
///
/// @param around the account of others for which somebody without an own one acts: it stands around the page, and has
///     nothing to do with what is changed
public record SignedInPerson(
        Actor actor, IdentityId identity, Optional<AccountContext> context, Optional<AccountContext> around) {

    public static SignedInPerson of(AccountContext context) {
        return new SignedInPerson(context.actor(), context.identity(), Optional.of(context), Optional.of(context));
    }

    static SignedInPerson withoutAccount(Actor actor, IdentityId identity, Optional<AccountContext> around) {
        return new SignedInPerson(actor, identity, Optional.empty(), around);
    }

    /// The username of the account above, where they act for a sub-account, which nobody signs in to.
    public Optional<String> managedBy() {
        return context.flatMap(AccountContext::parent).map(Account::username);
    }

    /// Why nothing was changed where they act for a sub-account.
    public static String managedText(String parent) {
        return "Sign-in belongs to " + parent + ": go back to your own account first.";
    }

    /// A page of theirs, for the account around it.
    public String pathTo(String page) {
        return page
                + around.map(account -> "?as=" + account.acting().username()).orElse("");
    }

    /// @param done what the toast there says
    public String pathTo(String page, String done) {
        return pathTo(page) + (around.isPresent() ? "&" : "?") + "done=" + done;
    }

    /// Into the audit of their account, or the server's.
    public void note(Audit audit, Tx tx, String action, Map<String, Object> details) {
        if (context.isPresent()) {
            audit.note(tx, actor, context.get().root().owner(), action, identity.toString(), details);
        } else {
            audit.noteServer(tx, actor, action, identity.toString(), details);
        }
    }
}
