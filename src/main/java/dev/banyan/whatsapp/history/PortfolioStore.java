package dev.banyan.whatsapp.history;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;
import org.jooq.BatchBindStep;
import org.jooq.impl.DSL;

/// Whom business portfolios have written to first.
public final class PortfolioStore extends Store {

    /// How exactly is known when a place gets free again.
    static final Duration STEP = Duration.ofMinutes(10);

    /// @param most people that it may write to first in 24 hours
    public record Portfolio(String id, long most) {}

    public PortfolioStore(Tx tx) {
        super(tx);
    }

    /// Returns the portfolios of these numbers, of those that have one with a limit that is known.
    public Map<SenderId, Portfolio> of(AccountId tenant, Collection<SenderId> senders) {
        Map<SenderId, Portfolio> told = new HashMap<>();
        var least = new HashMap<String, Long>();
        sql.select(SENDERS.ID, WHATSAPP_CONNECTIONS.PORTFOLIO_ID, SENDER_RATINGS.MESSAGING_LIMIT)
                .from(SENDERS)
                .join(WHATSAPP_CONNECTIONS)
                .on(WHATSAPP_CONNECTIONS.TENANT_ID.eq(SENDERS.TENANT_ID))
                .and(WHATSAPP_CONNECTIONS.ID.eq(SENDERS.CONNECTION_ID))
                .join(SENDER_RATINGS)
                .on(SENDER_RATINGS.TENANT_ID.eq(SENDERS.TENANT_ID))
                .and(SENDER_RATINGS.SENDER_ID.eq(SENDERS.ID))
                .where(
                        SENDERS.TENANT_ID.eq(tenant),
                        SENDERS.ID.in(senders),
                        WHATSAPP_CONNECTIONS.PORTFOLIO_ID.isNotNull())
                .forEach(row -> new SenderRating("", row.value3()).mostPeople().ifPresent(most -> {
                    told.put(row.value1(), new Portfolio(row.value2(), most));
                    // Numbers are asked one after the other: for a minute, they tell different limits.
                    least.merge(row.value2(), most, Math::min);
                }));
        told.replaceAll((_, one) -> new Portfolio(one.id(), least.getOrDefault(one.id(), one.most())));
        return told;
    }

    /// Keeps others from counting for these portfolios until the end of the transaction.
    public void lock(AccountId tenant, Collection<String> portfolios) {
        RowLock.on(
                        sql.select(WHATSAPP_CONNECTIONS.ID)
                                .from(WHATSAPP_CONNECTIONS)
                                .where(
                                        WHATSAPP_CONNECTIONS.TENANT_ID.eq(tenant),
                                        WHATSAPP_CONNECTIONS.PORTFOLIO_ID.in(portfolios))
                                .orderBy(WHATSAPP_CONNECTIONS.ID),
                        sql)
                .fetch();
    }

    /// Returns how many people a portfolio has reached since then, in steps, by their beginning.
    public SortedMap<Instant, Integer> counts(AccountId tenant, String portfolio, Instant since) {
        return new TreeMap<>(sql.select(PORTFOLIO_COUNTS.BEGAN_AT, PORTFOLIO_COUNTS.PEOPLE)
                .from(PORTFOLIO_COUNTS)
                .where(
                        PORTFOLIO_COUNTS.TENANT_ID.eq(tenant),
                        PORTFOLIO_COUNTS.PORTFOLIO_ID.eq(portfolio),
                        PORTFOLIO_COUNTS.BEGAN_AT.gt(since.minus(STEP)))
                .fetchMap(row -> row.value1(), row -> row.value2()));
    }

    public Set<ContactAddress> reached(
            AccountId tenant, String portfolio, Collection<ContactAddress> contacts, Instant since) {
        return new HashSet<>(sql.select(PORTFOLIO_PEOPLE.PHONE)
                .from(PORTFOLIO_PEOPLE)
                .where(
                        PORTFOLIO_PEOPLE.TENANT_ID.eq(tenant),
                        PORTFOLIO_PEOPLE.PORTFOLIO_ID.eq(portfolio),
                        PORTFOLIO_PEOPLE.PHONE.in(contacts),
                        PORTFOLIO_PEOPLE.REACHED_AT.gt(since))
                .fetch(row -> row.value1()));
    }

    /// Counts people whom a portfolio writes to first.
    public void add(AccountId tenant, String portfolio, Collection<ContactAddress> people, Instant now) {
        BatchBindStep batch = sql.batch(sql.insertInto(PORTFOLIO_PEOPLE)
                .set(PORTFOLIO_PEOPLE.TENANT_ID, later(PORTFOLIO_PEOPLE.TENANT_ID))
                .set(PORTFOLIO_PEOPLE.PORTFOLIO_ID, later(PORTFOLIO_PEOPLE.PORTFOLIO_ID))
                .set(PORTFOLIO_PEOPLE.PHONE, later(PORTFOLIO_PEOPLE.PHONE))
                .set(PORTFOLIO_PEOPLE.REACHED_AT, later(PORTFOLIO_PEOPLE.REACHED_AT))
                .onConflict(PORTFOLIO_PEOPLE.TENANT_ID, PORTFOLIO_PEOPLE.PORTFOLIO_ID, PORTFOLIO_PEOPLE.PHONE)
                .doUpdate()
                .set(PORTFOLIO_PEOPLE.REACHED_AT, DSL.excluded(PORTFOLIO_PEOPLE.REACHED_AT)));
        for (ContactAddress one : people) {
            batch = batch.bind(tenant, portfolio, one, now);
        }
        batch.execute();
        long step = now.toEpochMilli() / STEP.toMillis();
        sql.insertInto(PORTFOLIO_COUNTS)
                .set(PORTFOLIO_COUNTS.TENANT_ID, tenant)
                .set(PORTFOLIO_COUNTS.PORTFOLIO_ID, portfolio)
                .set(PORTFOLIO_COUNTS.BEGAN_AT, Instant.ofEpochMilli(step * STEP.toMillis()))
                .set(PORTFOLIO_COUNTS.PEOPLE, people.size())
                .onConflict(PORTFOLIO_COUNTS.TENANT_ID, PORTFOLIO_COUNTS.PORTFOLIO_ID, PORTFOLIO_COUNTS.BEGAN_AT)
                .doUpdate()
                .set(Columns.adding(PORTFOLIO_COUNTS.PEOPLE))
                .execute();
    }

    @AllTenants("a job deletes what counts no longer, of all tenants")
    int deleteBefore(Instant time) {
        return sql.deleteFrom(PORTFOLIO_COUNTS)
                        .where(PORTFOLIO_COUNTS.BEGAN_AT.lt(time))
                        .execute()
                + sql.deleteFrom(PORTFOLIO_PEOPLE)
                        .where(PORTFOLIO_PEOPLE.REACHED_AT.lt(time))
                        .execute();
    }
}
