package dev.banyan.workspaces.migration;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.ProjectStore;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// What was migrated, by its old name, and which steps of the guide are done.
final class MigrationStore extends Store {

    /// What is migrated.
    enum Kind implements Keyed {
        USER,
        CONVERSATION,
        ATTACHMENT
    }

    MigrationStore(Tx tx) {
        super(tx);
    }

    /// Returns the new id; empty if it hasn't been migrated.
    Optional<String> target(AccountId tenant, WorkspaceId workspace, Kind kind, String source) {
        return sql.fetchOptionalValue(
                MOVED_ITEMS.TARGET,
                in(tenant, workspace).and(MOVED_ITEMS.KIND.eq(kind.key())).and(MOVED_ITEMS.SOURCE.eq(source)));
    }

    /// @return false if it was migrated already
    boolean insert(AccountId tenant, WorkspaceId workspace, Kind kind, String source, String target, Instant now) {
        return Tx.changed(sql.insertInto(MOVED_ITEMS)
                .set(MOVED_ITEMS.TENANT_ID, tenant)
                .set(MOVED_ITEMS.SUB_CLIENT_ID, workspace)
                .set(MOVED_ITEMS.KIND, kind.key())
                .set(MOVED_ITEMS.SOURCE, source)
                .set(MOVED_ITEMS.TARGET, target)
                .set(MOVED_ITEMS.CREATED_AT, now)
                .onConflictDoNothing());
    }

    /// Counts what shows that a project has migrated.
    MigrationChecklist.Facts facts(Owner owner, ProjectId project) {
        Condition theirs = in(owner, project);
        var there = sql.select(
                        DSL.count(),
                        DSL.coalesce(DSL.sum(SUB_CLIENTS.USER_COUNT), BigDecimal.ZERO),
                        DSL.count(SUB_CLIENTS.WHATSAPP_CLIENT_ID))
                .from(SUB_CLIENTS)
                .where(theirs)
                .fetchSingle();
        Map<String, Integer> moved = sql.select(MOVED_ITEMS.KIND, DSL.count())
                .from(MOVED_ITEMS)
                .join(SUB_CLIENTS)
                .on(SUB_CLIENTS.TENANT_ID.eq(MOVED_ITEMS.TENANT_ID), SUB_CLIENTS.ID.eq(MOVED_ITEMS.SUB_CLIENT_ID))
                .where(theirs)
                .groupBy(MOVED_ITEMS.KIND)
                .fetchMap(MOVED_ITEMS.KIND, DSL.count());
        return new MigrationChecklist.Facts(
                there.value1(),
                there.value2().longValue(),
                there.value3(),
                moved.getOrDefault(Kind.CONVERSATION.key(), 0),
                moved.getOrDefault(Kind.ATTACHMENT.key(), 0));
    }

    List<WorkspaceId> newest(Owner owner, ProjectId project, int limit) {
        return sql.select(SUB_CLIENTS.ID)
                .from(SUB_CLIENTS)
                .where(in(owner, project))
                .orderBy(SUB_CLIENTS.CREATED_AT.desc(), SUB_CLIENTS.ID.desc())
                .limit(limit)
                .fetch(row -> row.value1());
    }

    /// Returns the steps ticked by hand, with the time.
    Map<String, Instant> steps(Owner owner, ProjectId project) {
        return sql.select(MOVE_STEPS.STEP, MOVE_STEPS.DONE_AT)
                .from(MOVE_STEPS)
                .where(stepOf(owner, project))
                .fetchMap(MOVE_STEPS.STEP, MOVE_STEPS.DONE_AT);
    }

    void tick(Owner owner, ProjectId project, String step, Instant now) {
        sql.insertInto(MOVE_STEPS)
                .set(MOVE_STEPS.TENANT_ID, owner.tenant())
                .set(MOVE_STEPS.PROJECT_ID, project)
                .set(MOVE_STEPS.STEP, step)
                .set(MOVE_STEPS.DONE_AT, now)
                .onConflictDoNothing()
                .execute();
    }

    void untick(Owner owner, ProjectId project, String step) {
        sql.deleteFrom(MOVE_STEPS)
                .where(stepOf(owner, project), MOVE_STEPS.STEP.eq(step))
                .execute();
    }

    /// Returns at most two projects with this name: one is unambiguous, two aren't.
    List<ProjectId> projectsCalled(Owner owner, String name) {
        return sql.select(PROJECTS.ID)
                .from(PROJECTS)
                .where(
                        PROJECTS.TENANT_ID.eq(owner.tenant()),
                        PROJECTS.ACCOUNT_ID.eq(owner.account()),
                        PROJECTS.NAME.eq(name))
                .limit(2)
                .fetch(row -> row.value1());
    }

    /// The same for workspaces.
    List<WorkspaceId> workspacesCalled(Owner owner, ProjectId project, String name) {
        return sql.select(SUB_CLIENTS.ID)
                .from(SUB_CLIENTS)
                .where(in(owner, project), SUB_CLIENTS.NAME.eq(name))
                .limit(2)
                .fetch(row -> row.value1());
    }

    private static Condition in(Owner owner, ProjectId project) {
        return SUB_CLIENTS
                .TENANT_ID
                .eq(owner.tenant())
                .and(SUB_CLIENTS.PROJECT_ID.eq(project))
                .and(SUB_CLIENTS.DELETED_AT.isNull())
                .and(ProjectStore.isOf(owner, SUB_CLIENTS.PROJECT_ID));
    }

    private static Condition stepOf(Owner owner, ProjectId project) {
        return MOVE_STEPS
                .TENANT_ID
                .eq(owner.tenant())
                .and(MOVE_STEPS.PROJECT_ID.eq(project))
                .and(ProjectStore.isOf(owner, MOVE_STEPS.PROJECT_ID));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return MOVED_ITEMS.TENANT_ID.eq(tenant).and(MOVED_ITEMS.SUB_CLIENT_ID.eq(workspace));
    }
}
