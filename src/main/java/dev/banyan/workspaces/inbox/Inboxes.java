package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.SubAccounts;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.workspaces.InboxQuery;
import dev.banyan.workspaces.InboxQuery.Cursor;
import dev.banyan.workspaces.WorkspaceInboxStore;
import jakarta.inject.Singleton;

/// The inboxes of all workspaces of an account; a root account's include those of its brands.
@Singleton
record Inboxes(Database database, SubAccounts subAccounts) {

    /// @param next where the list continues; empty at its end
    record Listed(List<WorkspaceInboxStore.Row> inboxes, Map<AccountId, String> usernames, Optional<Cursor> next) {

        /// Returns the username of the account that an inbox belongs to; empty if the account was deleted.
        Optional<String> username(WorkspaceInboxStore.Row row) {
            return Optional.ofNullable(usernames.get(row.account()));
        }
    }

    /// Lists the last used first. The guard of the route has checked that the person may work on workspaces.
    Listed list(AccountContext context, InboxQuery query) {
        List<WorkspaceInboxStore.Row> found = database.read(
                context.owner().tenant(),
                tx -> new WorkspaceInboxStore(tx)
                        .list(
                                context.owner(),
                                new InboxQuery(query.shown(), query.search(), query.after(), query.limit() + 1)));
        List<WorkspaceInboxStore.Row> shown = List.copyOf(found.subList(0, Math.min(query.limit(), found.size())));
        return new Listed(
                shown,
                usernames(context, shown),
                found.size() > query.limit()
                        ? Optional.of(new Cursor(
                                shown.getLast().lastMessageAt().orElse(Instant.EPOCH),
                                shown.getLast().workspace()))
                        : Optional.empty());
    }

    private Map<AccountId, String> usernames(AccountContext context, List<WorkspaceInboxStore.Row> rows) {
        var usernames = new HashMap<AccountId, String>();
        usernames.put(context.acting().id(), context.acting().username());
        List<AccountId> others = rows.stream()
                .map(WorkspaceInboxStore.Row::account)
                .filter(account -> !account.equals(context.acting().id()))
                .distinct()
                .toList();
        subAccounts
                .among(context, others)
                .forEach(brand ->
                        usernames.put(brand.account().id(), brand.account().username()));
        return Map.copyOf(usernames);
    }
}
