package dev.banyan.pages;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Records changes of pages in the audit, and publishes [PageChanged] after the commit.
@Singleton
public record PageNews(Audit audit, Event<PageChanged> changed) {

    public void changed(Tx tx, AccountContext context, String action, PageId page, Map<String, ?> details) {
        changed(tx, context, context.acting(), action, page, details);
    }

    public void changed(
            Tx tx, AccountContext context, Account account, String action, PageId page, Map<String, ?> details) {
        audit.note(tx, context.actor(), account.owner(), action, page.toString(), details);
        tell(tx, account);
    }

    /// Records a change without publishing it: visitors see the same, or [#tell] follows.
    void note(Tx tx, AccountContext context, String action, String target, Map<String, ?> details) {
        audit.note(tx, context.actor(), context.owner(), action, target, details);
    }

    void tell(Tx tx, Account account) {
        tx.afterCommit(() -> changed.fire(new PageChanged(account.username())));
    }
}
