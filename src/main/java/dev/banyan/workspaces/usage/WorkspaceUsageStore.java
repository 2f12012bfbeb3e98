package dev.banyan.workspaces.usage;

import static dev.banyan.schema.Tables.*;
import static org.jooq.impl.DSL.excluded;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Record;
import org.jooq.TableField;

/// What workspaces used, per day and month, and what they may use.
public final class WorkspaceUsageStore extends Store {

    public WorkspaceUsageStore(Tx tx) {
        super(tx);
    }

    /// Returns the tenants of these workspaces, leaving out those that no longer exist.
    @AllTenants("the counters of many workspaces are written together")
    Map<WorkspaceId, AccountId> tenants(Collection<WorkspaceId> workspaces) {
        return sql.select(SUB_CLIENTS.ID, SUB_CLIENTS.TENANT_ID)
                .from(SUB_CLIENTS)
                .where(SUB_CLIENTS.DELETED_AT.isNull(), SUB_CLIENTS.ID.in(workspaces))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Adds to the counters of a period, and sets the size of the files.
    void add(AccountId tenant, WorkspaceId workspace, String period, UsageCounts more) {
        sql.insertInto(WORKSPACE_USAGE)
                .set(WORKSPACE_USAGE.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_USAGE.PERIOD, period)
                .set(WORKSPACE_USAGE.TENANT_ID, tenant)
                .set(WORKSPACE_USAGE.MESSAGES_IN, more.messagesIn())
                .set(WORKSPACE_USAGE.MESSAGES_OUT, more.messagesOut())
                .set(WORKSPACE_USAGE.TOKENS, more.tokens())
                .set(WORKSPACE_USAGE.ACTIVE_USERS, more.activeUsers())
                .set(WORKSPACE_USAGE.STORED_BYTES, more.storedBytes())
                .onConflict(WORKSPACE_USAGE.SUB_CLIENT_ID, WORKSPACE_USAGE.PERIOD)
                .doUpdate()
                .set(Columns.adding(
                        WORKSPACE_USAGE.MESSAGES_IN,
                        WORKSPACE_USAGE.MESSAGES_OUT,
                        WORKSPACE_USAGE.TOKENS,
                        WORKSPACE_USAGE.ACTIVE_USERS))
                .set(WORKSPACE_USAGE.STORED_BYTES, excluded(WORKSPACE_USAGE.STORED_BYTES))
                .execute();
    }

    /// Remembers that a user was active in a period.
    ///
    /// @return whether they weren't known to be
    boolean isFirst(AccountId tenant, WorkspaceId workspace, String period, int user, Instant expiresAt) {
        return Tx.changed(sql.insertInto(WORKSPACE_ACTIVE_USERS)
                .set(WORKSPACE_ACTIVE_USERS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_ACTIVE_USERS.PERIOD, period)
                .set(WORKSPACE_ACTIVE_USERS.USER_ID, user)
                .set(WORKSPACE_ACTIVE_USERS.TENANT_ID, tenant)
                .set(WORKSPACE_ACTIVE_USERS.EXPIRES_AT, expiresAt)
                .onConflictDoNothing());
    }

    /// Deletes who was active in periods that are over.
    @AllTenants("a job forgets what has expired")
    int forgetActive(Instant now, int most) {
        var due = sql.select(
                        WORKSPACE_ACTIVE_USERS.SUB_CLIENT_ID,
                        WORKSPACE_ACTIVE_USERS.PERIOD,
                        WORKSPACE_ACTIVE_USERS.USER_ID)
                .from(WORKSPACE_ACTIVE_USERS)
                .where(WORKSPACE_ACTIVE_USERS.EXPIRES_AT.le(now))
                .orderBy(WORKSPACE_ACTIVE_USERS.EXPIRES_AT)
                .limit(most)
                .fetch();
        due.forEach(row -> sql.deleteFrom(WORKSPACE_ACTIVE_USERS)
                .where(
                        WORKSPACE_ACTIVE_USERS.SUB_CLIENT_ID.eq(row.value1()),
                        WORKSPACE_ACTIVE_USERS.PERIOD.eq(row.value2()),
                        WORKSPACE_ACTIVE_USERS.USER_ID.eq(row.value3()))
                .execute());
        return due.size();
    }

    UsageCounts find(AccountId tenant, WorkspaceId workspace, String period) {
        return sql.selectFrom(WORKSPACE_USAGE)
                .where(
                        WORKSPACE_USAGE.TENANT_ID.eq(tenant),
                        WORKSPACE_USAGE.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_USAGE.PERIOD.eq(period))
                .fetchOptional(WorkspaceUsageStore::counts)
                .orElse(UsageCounts.NONE);
    }

    /// Returns what was used from one period to another, both included, without those of no use. A month sorts before
    /// its days.
    public SortedMap<String, UsageCounts> list(AccountId tenant, WorkspaceId workspace, String from, String to) {
        return new TreeMap<>(sql.selectFrom(WORKSPACE_USAGE)
                .where(
                        WORKSPACE_USAGE.TENANT_ID.eq(tenant),
                        WORKSPACE_USAGE.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_USAGE.PERIOD.between(from, to))
                .fetchMap(row -> row.get(WORKSPACE_USAGE.PERIOD), WorkspaceUsageStore::counts));
    }

    /// Returns the size of the files as last seen before a period.
    public long storedBefore(AccountId tenant, WorkspaceId workspace, String period) {
        return sql.select(WORKSPACE_USAGE.STORED_BYTES)
                .from(WORKSPACE_USAGE)
                .where(
                        WORKSPACE_USAGE.TENANT_ID.eq(tenant),
                        WORKSPACE_USAGE.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_USAGE.PERIOD.lt(period),
                        WORKSPACE_USAGE.PERIOD.like("____-__-__"))
                .orderBy(WORKSPACE_USAGE.PERIOD.desc())
                .limit(1)
                .fetchOptional(WORKSPACE_USAGE.STORED_BYTES)
                .orElse(0L);
    }

    private static UsageCounts counts(Record row) {
        return new UsageCounts(
                row.get(WORKSPACE_USAGE.MESSAGES_IN),
                row.get(WORKSPACE_USAGE.MESSAGES_OUT),
                row.get(WORKSPACE_USAGE.TOKENS),
                row.get(WORKSPACE_USAGE.ACTIVE_USERS),
                row.get(WORKSPACE_USAGE.STORED_BYTES));
    }

    public UsageLimits limits(AccountId tenant, WorkspaceId workspace) {
        return sql.selectFrom(WORKSPACE_USAGE_LIMITS)
                .where(WORKSPACE_USAGE_LIMITS.TENANT_ID.eq(tenant), WORKSPACE_USAGE_LIMITS.SUB_CLIENT_ID.eq(workspace))
                .fetchOptional(WorkspaceUsageStore::limits)
                .orElse(UsageLimits.NONE);
    }

    @AllTenants("the counters of many workspaces are written together")
    Map<WorkspaceId, UsageLimits> limits(Collection<WorkspaceId> workspaces) {
        return sql.selectFrom(WORKSPACE_USAGE_LIMITS)
                .where(WORKSPACE_USAGE_LIMITS.SUB_CLIENT_ID.in(workspaces))
                .fetchMap(row -> row.get(WORKSPACE_USAGE_LIMITS.SUB_CLIENT_ID), WorkspaceUsageStore::limits);
    }

    private static UsageLimits limits(Record row) {
        var most = new EnumMap<UsageKind, Long>(UsageKind.class);
        for (UsageKind kind : UsageKind.values()) {
            Optional.ofNullable(row.get(column(kind))).ifPresent(limit -> most.put(kind, limit));
        }
        return new UsageLimits(most);
    }

    private static TableField<? extends Record, Long> column(UsageKind kind) {
        return switch (kind) {
            case MESSAGES_IN -> WORKSPACE_USAGE_LIMITS.MESSAGES_IN;
            case MESSAGES_OUT -> WORKSPACE_USAGE_LIMITS.MESSAGES_OUT;
            case TOKENS -> WORKSPACE_USAGE_LIMITS.TOKENS;
            case ACTIVE_USERS -> WORKSPACE_USAGE_LIMITS.ACTIVE_USERS;
            case STORAGE -> WORKSPACE_USAGE_LIMITS.STORED_BYTES;
        };
    }

    public void setLimits(AccountId tenant, WorkspaceId workspace, UsageLimits limits) {
        sql.deleteFrom(WORKSPACE_USAGE_LIMITS)
                .where(WORKSPACE_USAGE_LIMITS.TENANT_ID.eq(tenant), WORKSPACE_USAGE_LIMITS.SUB_CLIENT_ID.eq(workspace))
                .execute();
        if (!limits.isEmpty()) {
            sql.insertInto(WORKSPACE_USAGE_LIMITS)
                    .set(WORKSPACE_USAGE_LIMITS.SUB_CLIENT_ID, workspace)
                    .set(WORKSPACE_USAGE_LIMITS.TENANT_ID, tenant)
                    .set(
                            WORKSPACE_USAGE_LIMITS.MESSAGES_IN,
                            limits.of(UsageKind.MESSAGES_IN).orElse(null))
                    .set(
                            WORKSPACE_USAGE_LIMITS.MESSAGES_OUT,
                            limits.of(UsageKind.MESSAGES_OUT).orElse(null))
                    .set(
                            WORKSPACE_USAGE_LIMITS.TOKENS,
                            limits.of(UsageKind.TOKENS).orElse(null))
                    .set(
                            WORKSPACE_USAGE_LIMITS.ACTIVE_USERS,
                            limits.of(UsageKind.ACTIVE_USERS).orElse(null))
                    .set(
                            WORKSPACE_USAGE_LIMITS.STORED_BYTES,
                            limits.of(UsageKind.STORAGE).orElse(null))
                    .execute();
        }
    }

    /// Forgets the warnings of a month, so that other limits warn again.
    public void forgetWarnings(AccountId tenant, WorkspaceId workspace, LocalDate day) {
        sql.deleteFrom(WORKSPACE_USAGE_WARNINGS)
                .where(
                        WORKSPACE_USAGE_WARNINGS.TENANT_ID.eq(tenant),
                        WORKSPACE_USAGE_WARNINGS.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_USAGE_WARNINGS.PERIOD.eq(UsagePeriods.month(day)))
                .execute();
    }

    /// Remembers a warning.
    ///
    /// @return whether it was not given yet in this month
    boolean warn(AccountId tenant, WorkspaceId workspace, String month, UsageKind kind, int step) {
        return Tx.changed(sql.insertInto(WORKSPACE_USAGE_WARNINGS)
                .set(WORKSPACE_USAGE_WARNINGS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_USAGE_WARNINGS.PERIOD, month)
                .set(WORKSPACE_USAGE_WARNINGS.KIND, kind.key())
                .set(WORKSPACE_USAGE_WARNINGS.STEP, step)
                .set(WORKSPACE_USAGE_WARNINGS.TENANT_ID, tenant)
                .onConflictDoNothing());
    }
}
