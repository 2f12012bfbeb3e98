package dev.banyan.workspaces.trash;

import static dev.banyan.schema.Tables.PROJECTS;
import static dev.banyan.schema.Tables.SUB_CLIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceId;

/// When workspaces were deleted, and which are due to be erased.
public final class DeletedWorkspaceStore extends Store {

    /// A workspace to erase.
    ///
    /// @param owner the account of its project
    public record Due(Owner owner, ProjectId project, WorkspaceId id, String shortId) {}

    /// The number that went with a workspace.
    ///
    /// @param client its id
    record FormerNumber(String client, Optional<String> phone) {}

    public DeletedWorkspaceStore(Tx tx) {
        super(tx);
    }

    /// Returns when these workspaces were deleted, leaving out those that aren't.
    public Map<WorkspaceId, Instant> deletedAt(AccountId tenant, Collection<WorkspaceId> ids) {
        return sql.select(SUB_CLIENTS.ID, SUB_CLIENTS.DELETED_AT)
                .from(SUB_CLIENTS)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.DELETED_AT.isNotNull(), SUB_CLIENTS.ID.in(ids))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Returns what was deleted at that time or before, the oldest first.
    @AllTenants("a job erases what is due on the whole server")
    public List<Due> due(Instant until, int most) {
        return sql.select(SUB_CLIENTS.TENANT_ID, PROJECTS.ACCOUNT_ID, PROJECTS.ID, SUB_CLIENTS.ID, SUB_CLIENTS.SHORT_ID)
                .from(SUB_CLIENTS)
                .join(PROJECTS)
                .on(PROJECTS.TENANT_ID.eq(SUB_CLIENTS.TENANT_ID), PROJECTS.ID.eq(SUB_CLIENTS.PROJECT_ID))
                .where(SUB_CLIENTS.DELETED_AT.isNotNull(), SUB_CLIENTS.DELETED_AT.le(until))
                .orderBy(SUB_CLIENTS.DELETED_AT, SUB_CLIENTS.ID)
                .limit(most)
                .fetch(row -> new Due(new Owner(row.value1(), row.value2()), row.value3(), row.value4(), row.value5()));
    }

    /// Remembers the number that was removed with a workspace.
    public void rememberNumber(AccountId tenant, WorkspaceId id, String client, Optional<String> phone) {
        sql.update(SUB_CLIENTS)
                .set(SUB_CLIENTS.FORMER_CLIENT_ID, client)
                .set(SUB_CLIENTS.FORMER_PHONE, phone.orElse(null))
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id), SUB_CLIENTS.DELETED_AT.isNotNull())
                .execute();
    }

    /// Returns the number that was removed with a workspace, and forgets it.
    Optional<FormerNumber> takeNumber(AccountId tenant, WorkspaceId id) {
        Optional<FormerNumber> former = sql.select(SUB_CLIENTS.FORMER_CLIENT_ID, SUB_CLIENTS.FORMER_PHONE)
                .from(SUB_CLIENTS)
                .where(
                        SUB_CLIENTS.TENANT_ID.eq(tenant),
                        SUB_CLIENTS.ID.eq(id),
                        SUB_CLIENTS.DELETED_AT.isNotNull(),
                        SUB_CLIENTS.FORMER_CLIENT_ID.isNotNull())
                .fetchOptional(row -> new FormerNumber(row.value1(), Optional.ofNullable(row.value2())));
        sql.update(SUB_CLIENTS)
                .setNull(SUB_CLIENTS.FORMER_CLIENT_ID)
                .setNull(SUB_CLIENTS.FORMER_PHONE)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id), SUB_CLIENTS.DELETED_AT.isNotNull())
                .execute();
        return former;
    }

    /// Returns when a workspace was deleted, if it is.
    public Optional<Instant> deletedAt(AccountId tenant, WorkspaceId id) {
        return Optional.ofNullable(deletedAt(tenant, List.of(id)).get(id));
    }
}
