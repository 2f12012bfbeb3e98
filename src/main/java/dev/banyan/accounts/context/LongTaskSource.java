package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;

/// Tells what goes on for an account while the page that started it is closed. Each package contributes its own;
/// [LongTasks] collects them for every page, so it is told from memory or with one indexed query that
/// [Tx#once] keeps. What a reader may not open, [LongTasks] leaves out.
///
/// Those that are over matter only if their ids are among `asked`, which a page has shown as running.
public interface LongTaskSource {

    /// Returns what goes on for a root account as a whole. Managers of single brands are not asked for.
    default List<LongTask> ofRoot(Tx tx, AccountContext root, Set<String> asked) {
        return List.of();
    }

    /// Returns what goes on for the account that a person acts on.
    default List<LongTask> ofAccount(Tx tx, AccountContext context, Set<String> asked) {
        return List.of();
    }

    /// Returns what goes on for the server. Only operators see it.
    default List<LongTask> ofServer(Tx tx, Set<String> asked) {
        return List.of();
    }
}
