package dev.banyan.workspaces.administration;

import static dev.banyan.schema.Tables.SUB_CLIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.WorkspaceId;

/// Which workspaces are templates for others.
public final class WorkspaceTemplateStore extends Store {

    public WorkspaceTemplateStore(Tx tx) {
        super(tx);
    }

    public boolean isTemplate(AccountId tenant, WorkspaceId workspace) {
        return sql.fetchExists(
                SUB_CLIENTS,
                SUB_CLIENTS.TENANT_ID.eq(tenant),
                SUB_CLIENTS.ID.eq(workspace),
                SUB_CLIENTS.DELETED_AT.isNull(),
                SUB_CLIENTS.IS_TEMPLATE.isTrue());
    }

    public void set(AccountId tenant, WorkspaceId workspace, boolean template) {
        sql.update(SUB_CLIENTS)
                .set(SUB_CLIENTS.IS_TEMPLATE, template)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(workspace))
                .execute();
    }

    /// Returns the templates of a project, the newest first.
    public List<WorkspaceId> list(AccountId tenant, ProjectId project, int most) {
        return sql.select(SUB_CLIENTS.ID)
                .from(SUB_CLIENTS)
                .where(
                        SUB_CLIENTS.TENANT_ID.eq(tenant),
                        SUB_CLIENTS.PROJECT_ID.eq(project),
                        SUB_CLIENTS.DELETED_AT.isNull(),
                        SUB_CLIENTS.IS_TEMPLATE.isTrue())
                .orderBy(SUB_CLIENTS.ID.desc())
                .limit(most)
                .fetch(row -> row.value1());
    }
}
