package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.PROJECTS;
import static dev.banyan.schema.Tables.SUB_CLIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Language;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.search.WordIndex;
import dev.banyan.workspaces.WorkspaceQuery.Cursor;
import dev.banyan.workspaces.WorkspaceQuery.Order;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

/// Workspaces, each read together with its project's owner and switches.
public final class WorkspaceStore {

    /// A workspace as visitors see it.
    ///
    /// @param workspace also suspended while its account is
    /// @param projectRegistration the project's switch
    /// @param proof what is required before a registration counts
    public record Visited(Workspace workspace, boolean enabled, boolean projectRegistration, RegistrationProof proof) {

        /// Whether its people can be in.
        public boolean isOpen() {
            return enabled && !workspace.suspended();
        }

        public boolean registrationOpen() {
            return projectRegistration && workspace.registrationEnabled();
        }
    }

    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            SUB_CLIENTS.ID,
            SUB_CLIENTS.TENANT_ID,
            SUB_CLIENTS.PROJECT_ID,
            SUB_CLIENTS.NAME,
            SUB_CLIENTS.DESCRIPTION,
            SUB_CLIENTS.WHATSAPP_CLIENT_ID,
            SUB_CLIENTS.SHORT_ID,
            SUB_CLIENTS.PATHNAME,
            SUB_CLIENTS.CUSTOM_DOMAIN,
            SUB_CLIENTS.REGISTRATION_ENABLED,
            SUB_CLIENTS.SUSPENDED,
            SUB_CLIENTS.IS_DEFAULT,
            SUB_CLIENTS.USER_COUNT,
            SUB_CLIENTS.CREATED_AT,
            SUB_CLIENTS.UPDATED_AT,
            SUB_CLIENTS.BRAND_COLOR,
            SUB_CLIENTS.MARK_LETTERS,
            SUB_CLIENTS.MARK_PATH,
            SUB_CLIENTS.WELCOME_TEXT,
            SUB_CLIENTS.LANGUAGE,
            PROJECTS.ACCOUNT_ID,
            PROJECTS.SUB_CLIENTS_ENABLED,
            PROJECTS.SUB_CLIENTS_REGISTRATION_ENABLED,
            PROJECTS.REGISTRATION_PROOF,
            PROJECTS.IS_ACCOUNT_SUSPENDED);

    private static final int CANDIDATES = 500;

    private final DSLContext sql;
    private final WorkspaceWordStore words;
    private final WorkspaceInboxStore inboxes;
    private final Condition state;

    public WorkspaceStore(Tx tx) {
        this(tx, SUB_CLIENTS.DELETED_AT.isNull());
    }

    private WorkspaceStore(Tx tx, Condition state) {
        this.sql = tx.sql();
        this.words = new WorkspaceWordStore(tx);
        this.inboxes = new WorkspaceInboxStore(tx);
        this.state = state;
    }

    /// Reads deleted workspaces, which can be restored until they are erased, instead of the others.
    @AllTenants("each method asks whose")
    public static WorkspaceStore ofDeleted(Tx tx) {
        return new WorkspaceStore(tx, SUB_CLIENTS.DELETED_AT.isNotNull());
    }

    /// @return false if another workspace has taken the short id meanwhile
    public boolean insert(Owner owner, Workspace workspace) {
        boolean inserted = Tx.changed(sql.insertInto(SUB_CLIENTS)
                .set(SUB_CLIENTS.ID, workspace.id())
                .set(SUB_CLIENTS.TENANT_ID, owner.tenant())
                .set(SUB_CLIENTS.PROJECT_ID, workspace.project())
                .set(columns(workspace))
                .set(SUB_CLIENTS.SHORT_ID, workspace.shortId())
                .set(SUB_CLIENTS.CREATED_AT, workspace.createdAt())
                .onConflict(SUB_CLIENTS.SHORT_ID)
                .doNothing());
        if (inserted) {
            inboxes.insert(owner, workspace.id());
        }
        return inserted;
    }

    /// Returns the short ids among these that are in use.
    @AllTenants("short ids are unique on the whole server")
    public Set<String> takenShortIds(Set<String> shortIds) {
        return Set.copyOf(sql.fetchValues(SUB_CLIENTS.SHORT_ID, SUB_CLIENTS.SHORT_ID.in(shortIds)));
    }

    public Optional<Workspace> find(Owner owner, ProjectId project, WorkspaceId id) {
        return select(inProject(owner, project).and(SUB_CLIENTS.ID.eq(id))).fetchOptional(WorkspaceStore::workspace);
    }

    /// Finds the workspace that uses a number of the tenant.
    public Optional<Workspace> findByWhatsappClient(AccountId tenant, String client) {
        return select(SUB_CLIENTS.TENANT_ID.eq(tenant).and(SUB_CLIENTS.WHATSAPP_CLIENT_ID.eq(client)))
                .fetchOptional(WorkspaceStore::workspace);
    }

    /// Returns the workspaces whose numbers have this id, in as many tenants.
    @AllTenants("the cookies of a browser tell which of them it means")
    public List<WorkspaceId> allWithWhatsappClient(String client, int limit) {
        return sql.select(SUB_CLIENTS.ID)
                .from(SUB_CLIENTS)
                .where(SUB_CLIENTS.WHATSAPP_CLIENT_ID.eq(client))
                .orderBy(SUB_CLIENTS.ID)
                .limit(limit)
                .fetch(row -> row.value1());
    }

    /// Finds a workspace in any project of its owner.
    public Optional<Workspace> find(Owner owner, WorkspaceId id) {
        return select(of(owner).and(SUB_CLIENTS.ID.eq(id))).fetchOptional(WorkspaceStore::workspace);
    }

    /// Returns whether a workspace is in a project of the tenant or of one of its sub-accounts.
    public boolean isOf(AccountId tenant, WorkspaceId id) {
        return sql.fetchExists(SUB_CLIENTS, SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id), state);
    }

    /// Returns the newest workspaces in all projects of a tenant and of its sub-accounts.
    public List<Workspace> newest(AccountId tenant, int limit) {
        return select(SUB_CLIENTS.TENANT_ID.eq(tenant))
                .orderBy(SUB_CLIENTS.ID.desc())
                .limit(limit)
                .fetch(WorkspaceStore::workspace);
    }

    /// Returns workspaces newest first, leaving out those that aren't in the project.
    public List<Workspace> findAll(Owner owner, ProjectId project, Collection<WorkspaceId> ids) {
        return select(inProject(owner, project).and(SUB_CLIENTS.ID.in(ids)))
                .orderBy(SUB_CLIENTS.CREATED_AT.desc(), SUB_CLIENTS.ID.desc())
                .fetch(WorkspaceStore::workspace);
    }

    /// Returns workspaces from any project of the owner, leaving out those of other owners.
    List<Workspace> findAll(Owner owner, Collection<WorkspaceId> ids) {
        return select(of(owner).and(SUB_CLIENTS.ID.in(ids))).fetch(WorkspaceStore::workspace);
    }

    /// Locks the workspace until the end of the transaction.
    public void lock(AccountId tenant, WorkspaceId id) {
        RowLock.on(
                        sql.select(SUB_CLIENTS.ID)
                                .from(SUB_CLIENTS)
                                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id)),
                        sql)
                .fetch();
    }

    /// Finds a workspace by the part of its public address that never changes.
    @AllTenants("visitors don't know the account")
    public Optional<Visited> findByShortId(String shortId) {
        return select(SUB_CLIENTS.SHORT_ID.eq(shortId)).fetchOptional(WorkspaceStore::visited);
    }

    /// Finds a workspace by its verified custom domain.
    @AllTenants("visitors don't know the account")
    public Optional<Visited> findByDomain(String domain) {
        return select(SUB_CLIENTS.CUSTOM_DOMAIN.eq(domain.toLowerCase(Locale.ROOT)))
                .fetchOptional(WorkspaceStore::visited);
    }

    /// Returns a project's workspaces that have a number, by id.
    ///
    /// @param after the last one of the previous page
    @AllTenants("a project was switched off, and only its id is known")
    public List<Workspace> withNumbers(ProjectId project, Optional<WorkspaceId> after, int limit) {
        return select(SUB_CLIENTS
                        .PROJECT_ID
                        .eq(project)
                        .and(SUB_CLIENTS.WHATSAPP_CLIENT_ID.isNotNull())
                        .and(SUB_CLIENTS.ID.gt(after.orElse(new WorkspaceId("")))))
                .orderBy(SUB_CLIENTS.ID)
                .limit(limit)
                .fetch(WorkspaceStore::workspace);
    }

    /// Finds a workspace for the holder of a session in it.
    @AllTenants("for the holder of a session in it")
    public Optional<Visited> findById(WorkspaceId id) {
        return select(SUB_CLIENTS.ID.eq(id)).fetchOptional(WorkspaceStore::visited);
    }

    public List<Workspace> list(Owner owner, ProjectId project, WorkspaceQuery query) {
        Order order = query.order();
        return select(matching(owner, project, query)
                        .and(query.after()
                                .map(cursor -> isBehind(cursor, order))
                                .orElse(DSL.noCondition())))
                .orderBy(
                        switch (order) {
                            case NEWEST -> List.of(SUB_CLIENTS.CREATED_AT.desc(), SUB_CLIENTS.ID.desc());
                            case OLDEST -> List.of(SUB_CLIENTS.CREATED_AT.asc(), SUB_CLIENTS.ID.asc());
                            case NAME -> List.of(SUB_CLIENTS.SORT_NAME.asc(), SUB_CLIENTS.ID.asc());
                            case USERS -> List.of(SUB_CLIENTS.USER_COUNT.desc(), SUB_CLIENTS.ID.desc());
                        })
                .limit(query.limit())
                .fetch(WorkspaceStore::workspace);
    }

    private Condition matching(Owner owner, ProjectId project, WorkspaceQuery query) {
        return inProject(owner, project)
                .and(words.matching(owner.tenant(), project, query.search()))
                .and(query.suspended().map(SUB_CLIENTS.SUSPENDED::eq).orElse(DSL.noCondition()))
                .and(query.registration()
                        .map(SUB_CLIENTS.REGISTRATION_ENABLED::eq)
                        .orElse(DSL.noCondition()));
    }

    /// Counts all that match, wherever a page of their list begins, up to the query's limit.
    public int count(Owner owner, ProjectId project, WorkspaceQuery query) {
        return sql.fetchCount(select(matching(owner, project, query)).limit(query.limit()));
    }

    /// Returns what a search in all projects of a tenant finds, the best first.
    ///
    /// @param among limits it to the projects of these accounts, if present
    public List<Workspace> search(
            AccountId tenant, Optional<? extends Collection<AccountId>> among, String search, int limit) {
        // Of the accounts left out there may be more, so all candidates are looked at.
        WordIndex.Candidates<WorkspaceId> found =
                words.candidates(tenant, search, among.isEmpty() ? limit : CANDIDATES);
        return found.best(
                select(SUB_CLIENTS
                                .TENANT_ID
                                .eq(tenant)
                                .and(SUB_CLIENTS.ID.in(found.ids()))
                                .and(of(among)))
                        .fetch(WorkspaceStore::workspace),
                Workspace::id,
                Workspace::searchWords,
                limit);
    }

    private static Condition of(Optional<? extends Collection<AccountId>> among) {
        return among.<Condition>map(PROJECTS.ACCOUNT_ID::in).orElse(DSL.noCondition());
    }

    private static Condition isBehind(Cursor cursor, Order order) {
        WorkspaceId id = cursor.id();
        return switch (order) {
            case NEWEST -> DSL.row(SUB_CLIENTS.CREATED_AT, SUB_CLIENTS.ID).lt(id.createdAt(), id);
            case OLDEST -> DSL.row(SUB_CLIENTS.CREATED_AT, SUB_CLIENTS.ID).gt(id.createdAt(), id);
            case NAME -> DSL.row(SUB_CLIENTS.SORT_NAME, SUB_CLIENTS.ID).gt(cursor.key(), id);
            case USERS -> DSL.row(SUB_CLIENTS.USER_COUNT, SUB_CLIENTS.ID).lt(Long.valueOf(cursor.key()), id);
        };
    }

    /// Returns the project's default workspace if it is active, else the oldest active one; empty if workspaces are
    /// switched off or the account is suspended.
    @AllTenants("visitors don't know the account")
    public Optional<Workspace> findOpenDefault(ProjectId project) {
        return select(SUB_CLIENTS
                        .PROJECT_ID
                        .eq(project)
                        .and(PROJECTS.SUB_CLIENTS_ENABLED.eq(true))
                        .and(PROJECTS.IS_ACCOUNT_SUSPENDED.eq(false))
                        .and(SUB_CLIENTS.SUSPENDED.eq(false)))
                .orderBy(SUB_CLIENTS.IS_DEFAULT.desc(), SUB_CLIENTS.CREATED_AT, SUB_CLIENTS.ID)
                .limit(1)
                .fetchOptional(WorkspaceStore::workspace);
    }

    public void clearDefault(Owner owner, ProjectId project) {
        sql.update(SUB_CLIENTS)
                .set(SUB_CLIENTS.IS_DEFAULT, false)
                .where(owned(owner), SUB_CLIENTS.PROJECT_ID.eq(project), SUB_CLIENTS.IS_DEFAULT.eq(true))
                .execute();
    }

    /// Writes everything that can be changed.
    public void update(Owner owner, Workspace workspace) {
        sql.update(SUB_CLIENTS)
                .set(columns(workspace))
                .set(SUB_CLIENTS.WHATSAPP_CLIENT_ID, workspace.whatsappClient().orElse(null))
                .set(SUB_CLIENTS.SUSPENDED, workspace.suspended())
                .set(SUB_CLIENTS.IS_DEFAULT, workspace.isDefault())
                .where(owned(owner), SUB_CLIENTS.ID.eq(workspace.id()))
                .execute();
    }

    private static Columns columns(Workspace workspace) {
        return new Columns()
                .with(SUB_CLIENTS.NAME, workspace.name())
                .with(SUB_CLIENTS.DESCRIPTION, workspace.description())
                .with(SUB_CLIENTS.SORT_NAME, workspace.sortName())
                .with(SUB_CLIENTS.PATHNAME, workspace.pathname())
                .with(SUB_CLIENTS.REGISTRATION_ENABLED, workspace.registrationEnabled())
                .with(SUB_CLIENTS.UPDATED_AT, workspace.updatedAt());
    }

    /// @param client the number to use from now on; empty for none
    public void setWhatsappClient(AccountId tenant, WorkspaceId id, Optional<String> client, Instant now) {
        change(tenant, id, now, new Columns().with(SUB_CLIENTS.WHATSAPP_CLIENT_ID, client));
    }

    /// @param host that was proved; empty: none any more
    public void setCustomDomain(AccountId tenant, WorkspaceId id, Optional<String> host, Instant now) {
        change(tenant, id, now, new Columns().with(SUB_CLIENTS.CUSTOM_DOMAIN, host));
    }

    private void change(AccountId tenant, WorkspaceId id, Instant now, Columns changed) {
        sql.update(SUB_CLIENTS)
                .set(changed)
                .set(SUB_CLIENTS.UPDATED_AT, now)
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id))
                .execute();
    }

    public void addUsers(AccountId tenant, WorkspaceId id, long added) {
        sql.update(SUB_CLIENTS)
                .set(SUB_CLIENTS.USER_COUNT, SUB_CLIENTS.USER_COUNT.plus(added))
                .where(SUB_CLIENTS.TENANT_ID.eq(tenant), SUB_CLIENTS.ID.eq(id))
                .execute();
    }

    /// Hides a workspace until it is restored or erased: no search, list or address finds it.
    public void markDeleted(Owner owner, WorkspaceId id, Instant now) {
        if (mark(owner, id, Optional.of(now), now)) {
            words.forget(owner.tenant(), id);
            inboxes.delete(owner.tenant(), id);
        }
    }

    /// @param deleted as it was found among the deleted ones
    public void restore(Owner owner, Workspace deleted, Instant now) {
        if (mark(owner, deleted.id(), Optional.empty(), now)) {
            words.refresh(owner.tenant(), deleted);
            inboxes.insert(owner, deleted.id());
            inboxes.recount(owner.tenant(), deleted.id());
        }
    }

    /// @return whether it was the owner's, in the other state
    private boolean mark(Owner owner, WorkspaceId id, Optional<Instant> deleted, Instant now) {
        return Tx.changed(sql.update(SUB_CLIENTS)
                .set(SUB_CLIENTS.DELETED_AT, deleted.orElse(null))
                .set(SUB_CLIENTS.IS_DEFAULT, false)
                .set(SUB_CLIENTS.UPDATED_AT, now)
                .where(
                        owned(owner),
                        SUB_CLIENTS.ID.eq(id),
                        deleted.isPresent() ? SUB_CLIENTS.DELETED_AT.isNull() : SUB_CLIENTS.DELETED_AT.isNotNull()));
    }

    /// Removes a workspace with its users, sessions and conversations for good.
    public void delete(Owner owner, WorkspaceId id) {
        sql.deleteFrom(SUB_CLIENTS).where(owned(owner), SUB_CLIENTS.ID.eq(id)).execute();
    }

    private SelectConditionStep<Record> select(Condition condition) {
        return sql.select(COLUMNS)
                .from(SUB_CLIENTS)
                .join(PROJECTS)
                .on(PROJECTS.ID.eq(SUB_CLIENTS.PROJECT_ID))
                .where(condition)
                .and(state);
    }

    private static Condition owned(Owner owner) {
        return SUB_CLIENTS.TENANT_ID.eq(owner.tenant()).and(ProjectStore.isOf(owner, SUB_CLIENTS.PROJECT_ID));
    }

    private static Condition inProject(Owner owner, ProjectId project) {
        return of(owner).and(SUB_CLIENTS.PROJECT_ID.eq(project));
    }

    private static Condition of(Owner owner) {
        return SUB_CLIENTS.TENANT_ID.eq(owner.tenant()).and(PROJECTS.ACCOUNT_ID.eq(owner.account()));
    }

    private static Visited visited(Record row) {
        Workspace workspace = workspace(row);
        return new Visited(
                row.get(PROJECTS.IS_ACCOUNT_SUSPENDED) ? workspace.withSuspension() : workspace,
                row.get(PROJECTS.SUB_CLIENTS_ENABLED),
                row.get(PROJECTS.SUB_CLIENTS_REGISTRATION_ENABLED),
                Keyed.of(RegistrationProof.class, row.get(PROJECTS.REGISTRATION_PROOF)));
    }

    private static Workspace workspace(Record row) {
        return new Workspace(
                row.get(SUB_CLIENTS.ID),
                new Owner(row.get(SUB_CLIENTS.TENANT_ID), row.get(PROJECTS.ACCOUNT_ID)),
                row.get(SUB_CLIENTS.PROJECT_ID),
                row.get(SUB_CLIENTS.NAME),
                Optional.ofNullable(row.get(SUB_CLIENTS.DESCRIPTION)),
                Optional.ofNullable(row.get(SUB_CLIENTS.WHATSAPP_CLIENT_ID)),
                row.get(SUB_CLIENTS.SHORT_ID),
                row.get(SUB_CLIENTS.PATHNAME),
                Optional.ofNullable(row.get(SUB_CLIENTS.CUSTOM_DOMAIN)),
                row.get(SUB_CLIENTS.REGISTRATION_ENABLED),
                row.get(SUB_CLIENTS.SUSPENDED),
                row.get(SUB_CLIENTS.IS_DEFAULT),
                row.get(SUB_CLIENTS.USER_COUNT),
                row.get(SUB_CLIENTS.CREATED_AT),
                row.get(SUB_CLIENTS.UPDATED_AT),
                brand(row));
    }

    private static WorkspaceBrand brand(Record row) {
        return new WorkspaceBrand(
                Optional.ofNullable(row.get(SUB_CLIENTS.BRAND_COLOR)).flatMap(WorkspaceColor::parse),
                Optional.ofNullable(row.get(SUB_CLIENTS.MARK_LETTERS)),
                Optional.ofNullable(row.get(SUB_CLIENTS.MARK_PATH)),
                Optional.ofNullable(row.get(SUB_CLIENTS.WELCOME_TEXT)),
                Language.of(row.get(SUB_CLIENTS.LANGUAGE)).orElse(Language.ENGLISH));
    }
}
