package dev.banyan.whatsapp.failover;

import static dev.banyan.schema.Tables.FAILOVER_DECISIONS;
import static dev.banyan.schema.Tables.POOL_STATES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.failover.FailoverDecision.Cause;
import dev.banyan.whatsapp.failover.FailoverDecision.Kind;
import dev.banyan.whatsapp.failover.FailoverDecision.Moved;
import dev.banyan.whatsapp.failover.FailoverDecision.Rejected;
import dev.banyan.whatsapp.failover.FailoverDecision.Verdict;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Lists in a column have a line for each entry; a rejected candidate's id and the reason are separated by a tab.
public final class FailoverDecisionStore extends Store {

    private static final int LONGEST_TRIGGER = 300;

    public FailoverDecisionStore(Tx tx) {
        super(tx);
    }

    void insert(AccountId tenant, FailoverDecision decision) {
        sql.insertInto(FAILOVER_DECISIONS)
                .set(FAILOVER_DECISIONS.ID, decision.id())
                .set(FAILOVER_DECISIONS.TENANT_ID, tenant)
                .set(FAILOVER_DECISIONS.MASTER_ID, decision.pool())
                .set(FAILOVER_DECISIONS.KIND, decision.kind().key())
                .set(FAILOVER_DECISIONS.CAUSE, decision.cause().key())
                .set(columns(decision))
                .set(FAILOVER_DECISIONS.TRIGGER_TEXT, cut(decision.trigger()))
                .set(FAILOVER_DECISIONS.SEEN, String.join("\n", decision.seen()))
                .set(FAILOVER_DECISIONS.RULES, String.join("\n", decision.rules()))
                .set(
                        FAILOVER_DECISIONS.REJECTED,
                        decision.rejected().stream()
                                .map(one -> one.candidate() + "\t" + one.why())
                                .collect(Collectors.joining("\n")))
                .set(FAILOVER_DECISIONS.CREATED_AT, decision.at())
                .execute();
    }

    void end(AccountId tenant, FailoverDecision decision) {
        sql.update(FAILOVER_DECISIONS)
                .set(columns(decision))
                .where(FAILOVER_DECISIONS.TENANT_ID.eq(tenant), FAILOVER_DECISIONS.ID.eq(decision.id()))
                .execute();
    }

    private static Columns columns(FailoverDecision decision) {
        return new Columns()
                .with(FAILOVER_DECISIONS.OUTCOME, decision.verdict().key())
                .with(FAILOVER_DECISIONS.ACTOR, decision.actor())
                .with(FAILOVER_DECISIONS.CHOSEN_ID, decision.chosen())
                .with(FAILOVER_DECISIONS.MOVED_SERVANTS, decision.moved().servants())
                .with(FAILOVER_DECISIONS.MOVED_CONTACTS, decision.moved().contacts())
                .with(FAILOVER_DECISIONS.MOVED_MESSAGES, decision.moved().messages())
                .with(FAILOVER_DECISIONS.TOOK_MS, decision.took().toMillis());
    }

    public Optional<FailoverDecision> find(AccountId tenant, UUID id) {
        return sql.selectFrom(FAILOVER_DECISIONS)
                .where(FAILOVER_DECISIONS.TENANT_ID.eq(tenant), FAILOVER_DECISIONS.ID.eq(id))
                .fetchOptional(FailoverDecisionStore::decision);
    }

    @AllTenants("a mailed link names the decision; the link's stamp is checked before")
    Optional<AccountId> tenantOf(UUID id) {
        return sql.fetchOptionalValue(FAILOVER_DECISIONS.TENANT_ID, FAILOVER_DECISIONS.ID.eq(id));
    }

    /// Returns the decisions about a pool, newest first.
    ///
    /// @param before the last decision of the previous page
    List<FailoverDecision> list(AccountId tenant, SenderId master, Optional<UUID> before, int limit) {
        return sql.selectFrom(FAILOVER_DECISIONS)
                .where(
                        FAILOVER_DECISIONS.TENANT_ID.eq(tenant),
                        FAILOVER_DECISIONS.MASTER_ID.eq(master),
                        before.<Condition>map(id -> FAILOVER_DECISIONS.ID.lt(id))
                                .orElseGet(DSL::noCondition))
                .orderBy(FAILOVER_DECISIONS.ID.desc())
                .limit(limit)
                .fetch(FailoverDecisionStore::decision);
    }

    /// Deletes decisions from before a time, without those that explain the present state of a pool.
    @AllTenants("a job deletes old decisions of all tenants")
    int deleteBefore(Instant time, int limit) {
        return sql.deleteFrom(FAILOVER_DECISIONS)
                .where(FAILOVER_DECISIONS.ID.in(sql.select(FAILOVER_DECISIONS.ID)
                        .from(FAILOVER_DECISIONS)
                        .where(
                                FAILOVER_DECISIONS.CREATED_AT.lt(time),
                                DSL.notExists(sql.selectOne()
                                        .from(POOL_STATES)
                                        .where(
                                                POOL_STATES.TENANT_ID.eq(FAILOVER_DECISIONS.TENANT_ID),
                                                POOL_STATES.MASTER_ID.eq(FAILOVER_DECISIONS.MASTER_ID),
                                                POOL_STATES.DECISION_ID.eq(FAILOVER_DECISIONS.ID))))
                        .orderBy(FAILOVER_DECISIONS.CREATED_AT)
                        .limit(limit)))
                .execute();
    }

    /// Returns the decisions that wait for a person, newest first.
    List<FailoverDecision> proposed(AccountId tenant, int limit) {
        return sql.select(FAILOVER_DECISIONS.fields())
                .from(POOL_STATES)
                .join(FAILOVER_DECISIONS)
                .on(
                        FAILOVER_DECISIONS.ID.eq(POOL_STATES.DECISION_ID),
                        FAILOVER_DECISIONS.TENANT_ID.eq(POOL_STATES.TENANT_ID))
                .where(
                        POOL_STATES.TENANT_ID.eq(tenant),
                        POOL_STATES.DECISION_ID.isNotNull(),
                        POOL_STATES.FAILOVER.eq(FailoverState.WAITING_FOR_APPROVAL.key()))
                .orderBy(FAILOVER_DECISIONS.ID.desc())
                .limit(limit)
                .fetch(FailoverDecisionStore::decision);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TRIGGER ? text : text.substring(0, LONGEST_TRIGGER - 1) + "…";
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : text.lines().toList();
    }

    private static FailoverDecision decision(Record row) {
        return new FailoverDecision(
                row.get(FAILOVER_DECISIONS.ID),
                row.get(FAILOVER_DECISIONS.MASTER_ID),
                Keyed.of(Kind.class, row.get(FAILOVER_DECISIONS.KIND)),
                Keyed.of(Cause.class, row.get(FAILOVER_DECISIONS.CAUSE)),
                Keyed.of(Verdict.class, row.get(FAILOVER_DECISIONS.OUTCOME)),
                row.get(FAILOVER_DECISIONS.CREATED_AT),
                row.get(FAILOVER_DECISIONS.TRIGGER_TEXT),
                row.get(FAILOVER_DECISIONS.ACTOR),
                lines(row.get(FAILOVER_DECISIONS.SEEN)),
                lines(row.get(FAILOVER_DECISIONS.RULES)),
                Optional.ofNullable(row.get(FAILOVER_DECISIONS.CHOSEN_ID)),
                lines(row.get(FAILOVER_DECISIONS.REJECTED)).stream()
                        .map(line -> line.split("\t", 2))
                        .map(parts -> new Rejected(new SenderId(parts[0]), parts[1]))
                        .toList(),
                new Moved(
                        row.get(FAILOVER_DECISIONS.MOVED_SERVANTS),
                        row.get(FAILOVER_DECISIONS.MOVED_CONTACTS),
                        row.get(FAILOVER_DECISIONS.MOVED_MESSAGES)),
                Duration.ofMillis(row.get(FAILOVER_DECISIONS.TOOK_MS)));
    }
}
