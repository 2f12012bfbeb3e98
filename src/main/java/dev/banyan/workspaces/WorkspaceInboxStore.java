package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectCount;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What the inbox of each workspace holds, counted with every change of a thread.
public final class WorkspaceInboxStore extends Store {

    /// The counters of an inbox.
    ///
    /// @param open open threads
    /// @param unread open threads with unread messages
    /// @param waiting threads whose customer waits for an answer
    public record Counted(long open, long unread, long waiting) {

        public static final Counted NOTHING = new Counted(0, 0, 0);

        public boolean isNothing() {
            return equals(NOTHING);
        }

        Counted minus(Counted other) {
            return new Counted(open - other.open, unread - other.unread, waiting - other.waiting);
        }
    }

    /// The inbox of a workspace in a list.
    ///
    /// @param account the account that the workspace belongs to
    /// @param open whether people can enter the workspace
    /// @param lastMessageAt empty before the first message
    public record Row(
            WorkspaceId workspace,
            String name,
            String shortId,
            String pathname,
            ProjectId project,
            String projectName,
            AccountId account,
            boolean open,
            Counted counted,
            Optional<Instant> lastMessageAt) {}

    private final WorkspaceWordStore words;

    public WorkspaceInboxStore(Tx tx) {
        super(tx);
        this.words = new WorkspaceWordStore(tx);
    }

    /// Starts counting for a new workspace.
    void insert(Owner owner, WorkspaceId workspace) {
        sql.insertInto(WORKSPACE_INBOXES)
                .set(WORKSPACE_INBOXES.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_INBOXES.TENANT_ID, owner.tenant())
                .set(WORKSPACE_INBOXES.ACCOUNT_ID, owner.account())
                .set(WORKSPACE_INBOXES.OPEN_COUNT, 0L)
                .set(WORKSPACE_INBOXES.UNREAD_COUNT, 0L)
                .set(WORKSPACE_INBOXES.WAITING_COUNT, 0L)
                .set(WORKSPACE_INBOXES.LAST_MESSAGE_AT, Instant.EPOCH)
                .execute();
    }

    /// Ends counting for a deleted workspace.
    void delete(AccountId tenant, WorkspaceId workspace) {
        sql.deleteFrom(WORKSPACE_INBOXES).where(is(tenant, workspace)).execute();
    }

    /// Adds to the counters.
    ///
    /// @param message when a message was written; empty if none was
    void add(AccountId tenant, WorkspaceId workspace, Counted more, Optional<Instant> message) {
        if (more.isNothing() && message.isEmpty()) {
            return;
        }
        Field<Instant> last = message.map(at ->
                        greatest(WORKSPACE_INBOXES.LAST_MESSAGE_AT, DSL.val(at, WORKSPACE_INBOXES.LAST_MESSAGE_AT)))
                .orElse(WORKSPACE_INBOXES.LAST_MESSAGE_AT);
        sql.update(WORKSPACE_INBOXES)
                .set(WORKSPACE_INBOXES.OPEN_COUNT, sum(WORKSPACE_INBOXES.OPEN_COUNT, more.open()))
                .set(WORKSPACE_INBOXES.UNREAD_COUNT, sum(WORKSPACE_INBOXES.UNREAD_COUNT, more.unread()))
                .set(WORKSPACE_INBOXES.WAITING_COUNT, sum(WORKSPACE_INBOXES.WAITING_COUNT, more.waiting()))
                .set(WORKSPACE_INBOXES.LAST_MESSAGE_AT, last)
                .where(is(tenant, workspace))
                .execute();
    }

    /// Never below zero: rows that something else deleted are counted anew by [#recount], and must not refuse a
    /// message.
    private static Field<Long> sum(Field<Long> counter, long more) {
        return more < 0 ? greatest(counter.plus(more), DSL.inline(0L)) : counter.plus(more);
    }

    /// Counts anew, after a change of many threads at once. The lock makes others add to the result.
    public void recount(AccountId tenant, WorkspaceId workspace) {
        RowLock.on(
                        sql.select(WORKSPACE_INBOXES.SUB_CLIENT_ID)
                                .from(WORKSPACE_INBOXES)
                                .where(is(tenant, workspace)),
                        sql)
                .fetch();
        Condition open = INBOX_THREADS.STATE.eq(DSL.inline(InboxThread.State.OPEN.key()));
        Field<Instant> last = DSL.field(DSL.select(DSL.max(INBOX_THREADS.LAST_MESSAGE_AT))
                .from(INBOX_THREADS)
                .where(threads(tenant, workspace)));
        sql.update(WORKSPACE_INBOXES)
                .set(WORKSPACE_INBOXES.OPEN_COUNT, count(tenant, workspace, open))
                .set(
                        WORKSPACE_INBOXES.UNREAD_COUNT,
                        count(tenant, workspace, open.and(INBOX_THREADS.UNREAD_COUNT.gt(DSL.inline(0L)))))
                .set(WORKSPACE_INBOXES.WAITING_COUNT, count(tenant, workspace, INBOX_THREADS.WAITING_AT.isNotNull()))
                .set(
                        WORKSPACE_INBOXES.LAST_MESSAGE_AT,
                        DSL.coalesce(last, DSL.val(Instant.EPOCH, WORKSPACE_INBOXES.LAST_MESSAGE_AT)))
                .where(is(tenant, workspace))
                .execute();
    }

    private static Field<Long> count(AccountId tenant, WorkspaceId workspace, Condition which) {
        return DSL.field(selectCount().from(INBOX_THREADS).where(threads(tenant, workspace), which))
                .coerce(Long.class);
    }

    public Counted find(AccountId tenant, WorkspaceId workspace) {
        return sql.select(WORKSPACE_INBOXES.OPEN_COUNT, WORKSPACE_INBOXES.UNREAD_COUNT, WORKSPACE_INBOXES.WAITING_COUNT)
                .from(WORKSPACE_INBOXES)
                .where(is(tenant, workspace))
                .fetchOptional(found -> new Counted(found.value1(), found.value2(), found.value3()))
                .orElse(Counted.NOTHING);
    }

    /// Lists inboxes by last message, newest first, then by id. The root account's list includes those of its
    /// sub-accounts.
    public List<Row> list(Owner owner, InboxQuery query) {
        return sql.select(
                        WORKSPACE_INBOXES.SUB_CLIENT_ID,
                        SUB_CLIENTS.NAME,
                        SUB_CLIENTS.SHORT_ID,
                        SUB_CLIENTS.PATHNAME,
                        SUB_CLIENTS.SUSPENDED,
                        PROJECTS.ID,
                        PROJECTS.NAME,
                        PROJECTS.SUB_CLIENTS_ENABLED,
                        PROJECTS.IS_ACCOUNT_SUSPENDED,
                        WORKSPACE_INBOXES.ACCOUNT_ID,
                        WORKSPACE_INBOXES.OPEN_COUNT,
                        WORKSPACE_INBOXES.UNREAD_COUNT,
                        WORKSPACE_INBOXES.WAITING_COUNT,
                        WORKSPACE_INBOXES.LAST_MESSAGE_AT)
                .from(WORKSPACE_INBOXES)
                .join(SUB_CLIENTS)
                .onKey()
                .join(PROJECTS)
                .on(PROJECTS.TENANT_ID.eq(SUB_CLIENTS.TENANT_ID).and(PROJECTS.ID.eq(SUB_CLIENTS.PROJECT_ID)))
                .where(of(owner))
                .and(
                        switch (query.shown()) {
                            case ALL -> DSL.noCondition();
                            case UNREAD -> WORKSPACE_INBOXES.UNREAD_COUNT.gt(DSL.inline(0L));
                            case WAITING -> WORKSPACE_INBOXES.WAITING_COUNT.gt(DSL.inline(0L));
                        })
                .and(words.matching(owner, query.search()))
                .and(query.after()
                        .map(cursor -> row(WORKSPACE_INBOXES.LAST_MESSAGE_AT, WORKSPACE_INBOXES.SUB_CLIENT_ID)
                                .lt(cursor.at(), cursor.workspace()))
                        .orElseGet(DSL::noCondition))
                .orderBy(WORKSPACE_INBOXES.LAST_MESSAGE_AT.desc(), WORKSPACE_INBOXES.SUB_CLIENT_ID.desc())
                .limit(query.limit())
                .fetch(found -> new Row(
                        found.get(WORKSPACE_INBOXES.SUB_CLIENT_ID),
                        found.get(SUB_CLIENTS.NAME),
                        found.get(SUB_CLIENTS.SHORT_ID),
                        found.get(SUB_CLIENTS.PATHNAME),
                        found.get(PROJECTS.ID),
                        found.get(PROJECTS.NAME),
                        found.get(WORKSPACE_INBOXES.ACCOUNT_ID),
                        found.get(PROJECTS.SUB_CLIENTS_ENABLED)
                                && !found.get(SUB_CLIENTS.SUSPENDED)
                                && !found.get(PROJECTS.IS_ACCOUNT_SUSPENDED),
                        new Counted(
                                found.get(WORKSPACE_INBOXES.OPEN_COUNT),
                                found.get(WORKSPACE_INBOXES.UNREAD_COUNT),
                                found.get(WORKSPACE_INBOXES.WAITING_COUNT)),
                        Optional.of(found.get(WORKSPACE_INBOXES.LAST_MESSAGE_AT))
                                .filter(at -> at.isAfter(Instant.EPOCH))));
    }

    /// Adds up unread threads over all inboxes of an account.
    ///
    /// @param most how many inboxes are added up at most
    public long unread(Owner owner, int most) {
        var some = sql.select(WORKSPACE_INBOXES.UNREAD_COUNT.as("number"))
                .from(WORKSPACE_INBOXES)
                .where(of(owner), WORKSPACE_INBOXES.UNREAD_COUNT.gt(DSL.inline(0L)))
                .limit(most)
                .asTable("some");
        return sum(some.field("number", Long.class), some);
    }

    /// Adds up threads whose customers wait.
    ///
    /// @param most how many inboxes are added up at most
    public long waiting(Owner owner, int most) {
        var some = sql.select(WORKSPACE_INBOXES.WAITING_COUNT.as("number"))
                .from(WORKSPACE_INBOXES)
                .where(of(owner), WORKSPACE_INBOXES.WAITING_COUNT.gt(DSL.inline(0L)))
                .limit(most)
                .asTable("some");
        return sum(some.field("number", Long.class), some);
    }

    private long sum(@Nullable Field<Long> number, Table<?> some) {
        Long sum = sql.select(DSL.sum(Objects.requireNonNull(number)).coerce(Long.class))
                .from(some)
                .fetchOne(0, Long.class);
        return sum == null ? 0 : sum;
    }

    private static Condition of(Owner owner) {
        Condition tenant = WORKSPACE_INBOXES.TENANT_ID.eq(owner.tenant());
        return owner.account().equals(owner.tenant())
                ? tenant
                : tenant.and(WORKSPACE_INBOXES.ACCOUNT_ID.eq(owner.account()));
    }

    private static Condition is(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_INBOXES.TENANT_ID.eq(tenant).and(WORKSPACE_INBOXES.SUB_CLIENT_ID.eq(workspace));
    }

    private static Condition threads(AccountId tenant, WorkspaceId workspace) {
        return INBOX_THREADS.TENANT_ID.eq(tenant).and(INBOX_THREADS.SUB_CLIENT_ID.eq(workspace));
    }
}
