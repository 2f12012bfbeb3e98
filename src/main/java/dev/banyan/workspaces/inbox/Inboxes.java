package dev.banyan.workspaces.inbox;

import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.InboxQuery;
import dev.banyan.workspaces.InboxQuery.Cursor;
import dev.banyan.workspaces.WorkspaceInboxStore;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The inboxes of all workspaces of an account; a root account's include those of its brands.
@Singleton
final class Inboxes {

    /// @param next where the list continues; empty at its end
    record Listed(List<WorkspaceInboxStore.Row> inboxes, Optional<Cursor> next) {}

    private final Database database;

    Inboxes(Database database) {
        this.database = database;
    }

    /// Lists the last used first. The guard of the route has checked that the person may work on workspaces.
    Listed list(AccountContext context, InboxQuery query) {
        List<WorkspaceInboxStore.Row> found = database.read(tx -> new WorkspaceInboxStore(tx)
                .list(
                        context.owner(),
                        new InboxQuery(query.shown(), query.search(), query.after(), query.limit() + 1)));
        List<WorkspaceInboxStore.Row> shown = List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
        return new Listed(
                shown,
                found.size() > query.limit()
                        ? Optional.of(new Cursor(
                                shown.getLast().lastMessageAt().orElse(Instant.EPOCH),
                                shown.getLast().workspace()))
                        : Optional.empty());
    }
}
