package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import jakarta.inject.Singleton;

/// Marks workspaces as templates, so that people find them first where others are made like one.
@Singleton
public record WorkspaceTemplates(Database database, Audit audit) {

    /// Whether a workspace that the caller has found is a template.
    boolean isTemplate(AccountId tenant, WorkspaceId workspace) {
        return database.read(tenant, tx -> new WorkspaceTemplateStore(tx).isTemplate(tenant, workspace));
    }

    public Outcome<Boolean> read(WorkspaceActor actor, ProjectId project, WorkspaceId id) {
        return database.read(tx -> Access.to(tx, actor, Right.GOVERN_WORKSPACE, project, id)
                .then(workspace -> Outcome.done(new WorkspaceTemplateStore(tx)
                        .isTemplate(workspace.owner().tenant(), id))));
    }

    public Outcome<Boolean> set(WorkspaceActor actor, ProjectId project, WorkspaceId id, boolean template) {
        return database.write(tx -> Access.locked(tx, actor, Right.GOVERN_WORKSPACE, project, id)
                .then(workspace -> {
                    var store = new WorkspaceTemplateStore(tx);
                    AccountId tenant = workspace.owner().tenant();
                    if (store.isTemplate(tenant, id) != template) {
                        store.set(tenant, id, template);
                        Map<String, Object> details = new HashMap<>(actor.auditDetails());
                        details.put("name", workspace.name());
                        details.put("template", template ? "a template" : "no template");
                        audit.note(tx, actor.actor(), workspace.owner(), "WorkspaceTemplateSet", id.value(), details);
                    }
                    return Outcome.done(template);
                }));
    }
}
