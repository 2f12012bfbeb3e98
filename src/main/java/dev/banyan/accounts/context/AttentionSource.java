package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;

/// Finds what needs a person's attention in an account. Each package contributes its own; [Attention] collects them.
public interface AttentionSource {

    /// Returns what the person may know about and act on, from counters and indexed queries only.
    List<AttentionItem> items(Tx tx, AccountContext context);
}
