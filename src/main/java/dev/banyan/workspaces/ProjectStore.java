package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.PROJECTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

public final class ProjectStore extends Store {

    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            PROJECTS.ID,
            PROJECTS.TENANT_ID,
            PROJECTS.ACCOUNT_ID,
            PROJECTS.NAME,
            PROJECTS.DESCRIPTION,
            PROJECTS.SUB_CLIENTS_ENABLED,
            PROJECTS.SUB_CLIENTS_REGISTRATION_ENABLED,
            PROJECTS.REGISTRATION_PROOF,
            PROJECTS.WORKSPACE_COUNT,
            PROJECTS.CREATED_AT,
            PROJECTS.UPDATED_AT);

    public ProjectStore(Tx tx) {
        super(tx);
    }

    /// @param accountSuspended whether the project's account is suspended or deleted
    public void insert(Owner owner, Project project, boolean accountSuspended) {
        sql.insertInto(PROJECTS)
                .set(PROJECTS.ID, project.id())
                .set(PROJECTS.TENANT_ID, owner.tenant())
                .set(PROJECTS.ACCOUNT_ID, owner.account())
                .set(columns(project))
                .set(PROJECTS.WORKSPACE_COUNT, project.workspaces())
                .set(PROJECTS.IS_ACCOUNT_SUSPENDED, accountSuspended)
                .set(PROJECTS.CREATED_AT, project.createdAt())
                .execute();
    }

    public Optional<Project> find(Owner owner, ProjectId id) {
        return select(owner, PROJECTS.ID.eq(id)).fetchOptional(ProjectStore::project);
    }

    /// Returns whether the tenant or one of its sub-accounts has a project.
    public boolean isOf(AccountId tenant, ProjectId id) {
        return sql.fetchExists(PROJECTS, PROJECTS.TENANT_ID.eq(tenant), PROJECTS.ID.eq(id));
    }

    /// Locks the project until the end of the transaction. Code that also locks workspaces must lock the project first.
    public Optional<Project> lock(Owner owner, ProjectId id) {
        return RowLock.on(select(owner, PROJECTS.ID.eq(id)), sql).fetchOptional(ProjectStore::project);
    }

    /// Returns true if a project of the tenant, or of one of its sub-accounts, has a workspace.
    public boolean hasWorkspaces(AccountId tenant) {
        return sql.fetchExists(PROJECTS, PROJECTS.TENANT_ID.eq(tenant), PROJECTS.WORKSPACE_COUNT.gt(0L));
    }

    /// Lists projects, newest first.
    public List<Project> list(Owner owner, Optional<ProjectId> after, int limit) {
        return select(owner, after.map(id -> PROJECTS.ID.lt(id)).orElse(DSL.noCondition()))
                .orderBy(PROJECTS.ID.desc())
                .limit(limit)
                .fetch(ProjectStore::project);
    }

    /// Returns the projects of all accounts of a tenant whose name contains a text, newest first.
    ///
    /// @param among limits them to these accounts, if present
    public List<Project> search(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        return sql.select(COLUMNS)
                .from(PROJECTS)
                .where(
                        PROJECTS.TENANT_ID.eq(tenant),
                        among.<Condition>map(PROJECTS.ACCOUNT_ID::in).orElse(DSL.noCondition()),
                        PROJECTS.NAME.containsIgnoreCase(search))
                .orderBy(PROJECTS.ID.desc())
                .limit(limit)
                .fetch(ProjectStore::project);
    }

    /// Writes everything an owner may change.
    public void update(Owner owner, Project project) {
        sql.update(PROJECTS)
                .set(columns(project))
                .where(owned(owner), PROJECTS.ID.eq(project.id()))
                .execute();
    }

    private static Columns columns(Project project) {
        return new Columns()
                .with(PROJECTS.NAME, project.name())
                .with(PROJECTS.DESCRIPTION, project.description())
                .with(PROJECTS.SUB_CLIENTS_ENABLED, project.enabled())
                .with(PROJECTS.SUB_CLIENTS_REGISTRATION_ENABLED, project.registrationEnabled())
                .with(PROJECTS.REGISTRATION_PROOF, project.registrationProof().key())
                .with(PROJECTS.UPDATED_AT, project.updatedAt());
    }

    public void addWorkspaces(Owner owner, ProjectId id, long added) {
        sql.update(PROJECTS)
                .set(PROJECTS.WORKSPACE_COUNT, PROJECTS.WORKSPACE_COUNT.plus(added))
                .where(owned(owner), PROJECTS.ID.eq(id))
                .execute();
    }

    /// Records on all projects of an account whether the account is suspended.
    public List<ProjectId> setAccountSuspended(Owner owner, boolean suspended) {
        sql.update(PROJECTS)
                .set(PROJECTS.IS_ACCOUNT_SUSPENDED, suspended)
                .where(owned(owner))
                .execute();
        return ids(owner);
    }

    public List<ProjectId> ids(Owner owner) {
        return sql.fetchValues(PROJECTS.ID, owned(owner));
    }

    /// Returns how many workspaces all projects of an account have, by their counters.
    public long countWorkspaces(Owner owner) {
        return sql.select(DSL.coalesce(DSL.sum(PROJECTS.WORKSPACE_COUNT), BigDecimal.ZERO))
                .from(PROJECTS)
                .where(owned(owner))
                .fetchSingle()
                .value1()
                .longValue();
    }

    public void delete(Owner owner, ProjectId id) {
        sql.deleteFrom(PROJECTS).where(owned(owner), PROJECTS.ID.eq(id)).execute();
    }

    /// A condition for rows that belong to a project: the owner owns the project.
    public static Condition isOf(Owner owner, Field<ProjectId> project) {
        return DSL.exists(DSL.selectOne().from(PROJECTS).where(owned(owner), PROJECTS.ID.eq(project)));
    }

    private SelectConditionStep<Record> select(Owner owner, Condition condition) {
        return sql.select(COLUMNS).from(PROJECTS).where(owned(owner), condition);
    }

    private static Condition owned(Owner owner) {
        return PROJECTS.TENANT_ID.eq(owner.tenant()).and(PROJECTS.ACCOUNT_ID.eq(owner.account()));
    }

    private static Project project(Record row) {
        return new Project(
                row.get(PROJECTS.ID),
                new Owner(row.get(PROJECTS.TENANT_ID), row.get(PROJECTS.ACCOUNT_ID)),
                row.get(PROJECTS.NAME),
                Optional.ofNullable(row.get(PROJECTS.DESCRIPTION)),
                row.get(PROJECTS.SUB_CLIENTS_ENABLED),
                row.get(PROJECTS.SUB_CLIENTS_REGISTRATION_ENABLED),
                Keyed.of(RegistrationProof.class, row.get(PROJECTS.REGISTRATION_PROOF)),
                row.get(PROJECTS.WORKSPACE_COUNT),
                row.get(PROJECTS.CREATED_AT),
                row.get(PROJECTS.UPDATED_AT));
    }
}
