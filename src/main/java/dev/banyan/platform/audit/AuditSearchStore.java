package dev.banyan.platform.audit;

import static dev.banyan.schema.Tables.AUDIT_EVENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Searches the audit log, newest first, paged by key.
final class AuditSearchStore extends Store {

    /// How far an id may be from the time of its row: a machine's clock may go back a little.
    private static final Duration CLOCK_MAY_JUMP = Duration.ofDays(2);

    AuditSearchStore(Tx tx) {
        super(tx);
    }

    List<AuditEntry> ofTenant(AccountId tenant, AuditFilter filter, Optional<UUID> after, int limit) {
        return list(AUDIT_EVENTS.TENANT_ID.eq(tenant), filter, after, limit);
    }

    /// Returns what was done to one thing of a tenant, such as a workspace; an index has these rows in order.
    List<AuditEntry> ofTarget(AccountId tenant, String target, AuditFilter filter, Optional<UUID> after, int limit) {
        return list(AUDIT_EVENTS.TENANT_ID.eq(tenant).and(AUDIT_EVENTS.TARGET.eq(target)), filter, after, limit);
    }

    /// Returns acts of a person, of those with the same details the latest.
    List<AuditEntry> doneBy(AccountId tenant, IdentityId person, Set<String> actions, int limit) {
        return latest(AUDIT_EVENTS.TENANT_ID.eq(tenant).and(AUDIT_EVENTS.IDENTITY_ID.eq(person)), actions, limit);
    }

    /// Returns acts of someone else on a target, of those with the same details the latest.
    List<AuditEntry> doneBy(AccountId tenant, AuditFilter.By.Named by, String target, Set<String> actions, int limit) {
        return latest(
                AUDIT_EVENTS
                        .TENANT_ID
                        .eq(tenant)
                        .and(AUDIT_EVENTS.TARGET.eq(target))
                        .and(names(by)),
                actions,
                limit);
    }

    private List<AuditEntry> latest(Condition which, Set<String> actions, int limit) {
        var latest = DSL.select(DSL.max(AUDIT_EVENTS.ID))
                .from(AUDIT_EVENTS)
                .where(which, AUDIT_EVENTS.ACTION.in(actions))
                .groupBy(AUDIT_EVENTS.ACTION, AUDIT_EVENTS.DETAILS);
        return list(AUDIT_EVENTS.ID.in(latest), AuditFilter.ALL, Optional.empty(), limit);
    }

    @AllTenants("the operator's audit of all tenants")
    List<AuditEntry> ofAll(AuditFilter filter, Optional<UUID> after, int limit) {
        return list(DSL.noCondition(), filter, after, limit);
    }

    private List<AuditEntry> list(Condition of, AuditFilter filter, Optional<UUID> after, int limit) {
        return sql.select(
                        AUDIT_EVENTS.ID,
                        AUDIT_EVENTS.TENANT_ID,
                        AUDIT_EVENTS.OCCURRED_AT,
                        AUDIT_EVENTS.IDENTITY_ID,
                        AUDIT_EVENTS.ACCOUNT_ID,
                        AUDIT_EVENTS.ACTION,
                        AUDIT_EVENTS.TARGET,
                        AUDIT_EVENTS.DETAILS,
                        AUDIT_EVENTS.IP,
                        AUDIT_EVENTS.SEQUENCE,
                        AUDIT_EVENTS.CHAIN_HASH)
                .from(AUDIT_EVENTS)
                .where(of)
                .and(matching(filter))
                .and(after.map(id -> AUDIT_EVENTS.ID.lt(id.toString())).orElse(DSL.noCondition()))
                .orderBy(AUDIT_EVENTS.ID.desc())
                .limit(limit)
                .fetch(AuditSearchStore::entry);
    }

    private static Condition matching(AuditFilter filter) {
        Condition all = DSL.noCondition();
        if (filter.tenant().isPresent()) {
            all = all.and(AUDIT_EVENTS.TENANT_ID.eq(filter.tenant().get()));
        }
        if (filter.accounts().isPresent()) {
            all = all.and(AUDIT_EVENTS.ACCOUNT_ID.in(filter.accounts().get()));
        }
        if (filter.by().isPresent()) {
            all = all.and(doneBy(filter.by().get()));
        }
        if (filter.action().isPresent()) {
            all = all.and(AUDIT_EVENTS.ACTION.eq(filter.action().get()));
        }
        // Ids begin with their time, and have an index; the time column decides.
        if (filter.from().isPresent()) {
            Instant from = filter.from().get();
            all = all.and(AUDIT_EVENTS.OCCURRED_AT.ge(from)).and(AUDIT_EVENTS.ID.ge(begin(from.minus(CLOCK_MAY_JUMP))));
        }
        if (filter.before().isPresent()) {
            Instant before = filter.before().get();
            all = all.and(AUDIT_EVENTS.OCCURRED_AT.lt(before))
                    .and(AUDIT_EVENTS.ID.lt(begin(before.plus(CLOCK_MAY_JUMP))));
        }
        return filter.search().isEmpty() ? all : all.and(holds(filter.search()));
    }

    private static Condition doneBy(AuditFilter.By by) {
        return switch (by) {
            case AuditFilter.By.Person person -> AUDIT_EVENTS.IDENTITY_ID.eq(person.identity());
            case AuditFilter.By.Server _ ->
                AUDIT_EVENTS.IDENTITY_ID.isNull().and(AUDIT_EVENTS.IP.eq(Actor.SERVER.ip()));
            case AuditFilter.By.AnyPerson _ -> AUDIT_EVENTS.IDENTITY_ID.isNotNull();
            case AuditFilter.By.Named named -> names(named);
            case AuditFilter.By.Nobody _ -> DSL.falseCondition();
        };
    }

    /// The details are JSON on one line, with sorted keys and without spaces.
    private static Condition names(AuditFilter.By.Named named) {
        String field = "\"" + named.key() + "\":" + named.value();
        return AUDIT_EVENTS.DETAILS.contains(field + ",").or(AUDIT_EVENTS.DETAILS.contains(field + "}"));
    }

    private static Condition holds(String search) {
        return AUDIT_EVENTS
                .ACTION
                .in(AuditWords.found(search))
                .or(AUDIT_EVENTS.ACTION.startsWithIgnoreCase(search))
                .or(AUDIT_EVENTS.TARGET.startsWithIgnoreCase(search));
    }

    /// Returns the beginning of the ids of a moment: version 7 has 48 bits of milliseconds.
    private static String begin(Instant moment) {
        long millis = Math.clamp(moment.toEpochMilli(), 0, (1L << 48) - 1);
        return String.format(Locale.ROOT, "%08x-%04x", millis >> 16, millis & 0xffff);
    }

    private static AuditEntry entry(Record row) {
        Long sequence = row.get(AUDIT_EVENTS.SEQUENCE);
        return new AuditEntry(
                UUID.fromString(row.get(AUDIT_EVENTS.ID)),
                row.get(AUDIT_EVENTS.TENANT_ID),
                row.get(AUDIT_EVENTS.OCCURRED_AT),
                Optional.ofNullable(row.get(AUDIT_EVENTS.IDENTITY_ID)),
                Optional.ofNullable(row.get(AUDIT_EVENTS.ACCOUNT_ID)),
                row.get(AUDIT_EVENTS.ACTION),
                row.get(AUDIT_EVENTS.TARGET),
                Optional.ofNullable(row.get(AUDIT_EVENTS.DETAILS)),
                row.get(AUDIT_EVENTS.IP),
                sequence == null
                        ? Optional.empty()
                        : Optional.of(new AuditEntry.ChainPosition(
                                sequence, Objects.requireNonNullElse(row.get(AUDIT_EVENTS.CHAIN_HASH), ""))));
    }
}
