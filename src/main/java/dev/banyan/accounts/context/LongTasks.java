package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.LongTask;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Collects what goes on for the account of a reader, as far as they may open the pages that it leads to.
@Singleton
record LongTasks(@All List<LongTaskSource> sources) {

    /// @param asked ids of tasks that the reader saw running; they are returned even if they are over
    List<LongTask> of(Tx tx, Optional<AccountContext> context, boolean operator, Set<String> asked) {
        var found = new ArrayList<LongTask>();
        for (LongTaskSource source : sources) {
            context.ifPresent(account -> {
                if (account.membership().everything()) {
                    AccountContext root = account.ofRoot();
                    add(found, root, source.ofRoot(tx, root, asked));
                }
                add(found, account, source.ofAccount(tx, account, asked));
            });
            if (operator) {
                found.addAll(source.ofServer(tx, asked));
            }
        }
        return found.stream()
                .filter(task -> task.running() || asked.contains(task.id()))
                .toList();
    }

    private static void add(List<LongTask> found, AccountContext context, List<LongTask> tasks) {
        tasks.stream()
                .filter(task -> RouteRights.permit("GET " + task.path(), context.membership()))
                .map(task -> task.at(context.acting().username()))
                .forEach(found::add);
    }
}
