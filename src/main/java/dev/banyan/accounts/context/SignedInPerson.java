package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;

/// A person who manages their own sign-in settings: in their home account, or without one, such as operators and people
/// who only work for others.
///
/// @param around the account of other owners that a person without an own account acts for: shown around the page,
///     unaffected by the changes
public record SignedInPerson(
        Actor actor, IdentityId identity, Optional<AccountContext> context, Optional<AccountContext> around) {

    public static SignedInPerson of(AccountContext context) {
        return new SignedInPerson(context.actor(), context.identity(), Optional.of(context), Optional.of(context));
    }

    static SignedInPerson withoutAccount(Actor actor, IdentityId identity, Optional<AccountContext> around) {
        return new SignedInPerson(actor, identity, Optional.empty(), around);
    }

    /// Returns the username of the root account if they act for a sub-account, which has no sign-in.
    public Optional<String> managedBy() {
        return context.flatMap(AccountContext::parent).map(Account::username);
    }

    /// Returns why nothing was changed for a person who acts for a sub-account.
    public static String managedText(String parent) {
        return "This brand has no sign-in. Switch back to " + parent + " first.";
    }

    /// Returns the path of one of their pages, with the account around it.
    public String pathTo(String page) {
        return page
                + around.map(account -> "?as=" + account.acting().username()).orElse("");
    }

    /// @param done the message that the page shows as a toast
    public String pathTo(String page, String done) {
        return pathTo(page) + (around.isPresent() ? "&" : "?") + "done=" + done;
    }

    /// Writes to the audit log of their account, or the server's.
    public void note(Audit audit, Tx tx, String action, Map<String, Object> details) {
        if (context.isPresent()) {
            audit.note(tx, actor, context.get().root().owner(), action, identity.toString(), details);
        } else {
            audit.noteServer(tx, actor, action, identity.toString(), details);
        }
    }
}
