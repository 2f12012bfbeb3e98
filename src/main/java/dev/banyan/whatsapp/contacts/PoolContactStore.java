package dev.banyan.whatsapp.contacts;

import static dev.banyan.schema.Tables.POOL_CONTACTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Lookup;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Stores which number of a pool each contact talks to.
public final class PoolContactStore extends Store {

    public PoolContactStore(Tx tx) {
        super(tx);
    }

    public Optional<SenderId> find(AccountId tenant, SenderId master, ContactAddress contact) {
        return sql.select(POOL_CONTACTS.SENDER_ID)
                .from(POOL_CONTACTS)
                .where(
                        POOL_CONTACTS.TENANT_ID.eq(tenant),
                        POOL_CONTACTS.MASTER_ID.eq(master),
                        POOL_CONTACTS.PHONE.eq(contact))
                .fetchOptional(row -> row.value1());
    }

    /// Returns the assigned number of each of these contacts that has one, in one query.
    public Map<ContactAddress, SenderId> findAll(
            AccountId tenant, SenderId master, Collection<ContactAddress> contacts) {
        return sql.select(POOL_CONTACTS.PHONE, POOL_CONTACTS.SENDER_ID)
                .from(POOL_CONTACTS)
                .where(
                        POOL_CONTACTS.TENANT_ID.eq(tenant),
                        POOL_CONTACTS.MASTER_ID.eq(master),
                        POOL_CONTACTS.PHONE.in(contacts))
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    public void assign(AccountId tenant, SenderId master, ContactAddress contact, SenderId sender, Instant now) {
        assignAll(tenant, master, Map.of(contact, sender), now);
    }

    /// Assigns numbers to many contacts at once.
    public void assignAll(AccountId tenant, SenderId master, Map<ContactAddress, SenderId> senders, Instant now) {
        BatchBindStep all = sql.batch(sql.insertInto(POOL_CONTACTS)
                .set(POOL_CONTACTS.TENANT_ID, later(POOL_CONTACTS.TENANT_ID))
                .set(POOL_CONTACTS.MASTER_ID, later(POOL_CONTACTS.MASTER_ID))
                .set(POOL_CONTACTS.PHONE, later(POOL_CONTACTS.PHONE))
                .set(POOL_CONTACTS.SENDER_ID, later(POOL_CONTACTS.SENDER_ID))
                .set(POOL_CONTACTS.CHOSEN_AT, later(POOL_CONTACTS.CHOSEN_AT))
                .set(POOL_CONTACTS.LAST_AT, later(POOL_CONTACTS.LAST_AT))
                .onConflict(POOL_CONTACTS.TENANT_ID, POOL_CONTACTS.MASTER_ID, POOL_CONTACTS.PHONE)
                .doUpdate()
                .set(POOL_CONTACTS.SENDER_ID, DSL.excluded(POOL_CONTACTS.SENDER_ID))
                .set(POOL_CONTACTS.CHOSEN_AT, DSL.excluded(POOL_CONTACTS.CHOSEN_AT))
                .set(POOL_CONTACTS.LAST_AT, DSL.excluded(POOL_CONTACTS.LAST_AT)));
        for (var one : new TreeMap<>(senders.entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().key(), Map.Entry::getValue)))
                .entrySet()) {
            all = all.bind(tenant, master, one.getKey(), one.getValue(), now, now);
        }
        all.execute();
    }

    /// Moves contacts to another pool. Those that already talk to a number of that pool stay where they are.
    ///
    /// @param of only contacts of this number; empty: all
    /// @param lent whether the contacts go back to the first pool when it works again
    public int move(AccountId tenant, SenderId from, SenderId to, Optional<SenderId> of, boolean lent) {
        var other = POOL_CONTACTS.as("other");
        return sql.update(POOL_CONTACTS)
                .set(POOL_CONTACTS.MASTER_ID, to)
                .set(
                        POOL_CONTACTS.HOME_MASTER_ID,
                        lent
                                ? DSL.coalesce(POOL_CONTACTS.HOME_MASTER_ID, POOL_CONTACTS.MASTER_ID)
                                : DSL.castNull(POOL_CONTACTS.HOME_MASTER_ID))
                .set(
                        POOL_CONTACTS.HOME_SENDER_ID,
                        lent
                                ? DSL.coalesce(POOL_CONTACTS.HOME_SENDER_ID, POOL_CONTACTS.SENDER_ID)
                                : DSL.castNull(POOL_CONTACTS.HOME_SENDER_ID))
                .where(
                        POOL_CONTACTS.TENANT_ID.eq(tenant),
                        POOL_CONTACTS.MASTER_ID.eq(from),
                        of.<Condition>map(number -> POOL_CONTACTS.SENDER_ID.eq(number))
                                .orElseGet(DSL::noCondition),
                        Lookup.findsNone(sql.selectOne()
                                .from(other)
                                .where(
                                        other.TENANT_ID.eq(POOL_CONTACTS.TENANT_ID),
                                        other.MASTER_ID.eq(to),
                                        other.PHONE.eq(POOL_CONTACTS.PHONE))))
                .execute();
    }

    /// Returns contacts to the pool that they belong to. One that has got a number there in the meantime keeps both.
    ///
    /// @return how many were returned
    public int bringHome(AccountId tenant, SenderId home) {
        var other = POOL_CONTACTS.as("other");
        return sql.update(POOL_CONTACTS)
                .set(POOL_CONTACTS.MASTER_ID, POOL_CONTACTS.HOME_MASTER_ID)
                .set(POOL_CONTACTS.SENDER_ID, DSL.coalesce(POOL_CONTACTS.HOME_SENDER_ID, POOL_CONTACTS.SENDER_ID))
                .setNull(POOL_CONTACTS.HOME_MASTER_ID)
                .setNull(POOL_CONTACTS.HOME_SENDER_ID)
                .where(
                        POOL_CONTACTS.TENANT_ID.eq(tenant),
                        POOL_CONTACTS.HOME_MASTER_ID.eq(home),
                        Lookup.findsNone(sql.selectOne()
                                .from(other)
                                .where(
                                        other.TENANT_ID.eq(POOL_CONTACTS.TENANT_ID),
                                        other.MASTER_ID.eq(home),
                                        other.PHONE.eq(POOL_CONTACTS.PHONE))))
                .execute();
    }

    /// Notes the pool that these contacts belong to, which another pool is standing in for.
    public void lendTo(AccountId tenant, SenderId master, SenderId home, Collection<ContactAddress> contacts) {
        sql.update(POOL_CONTACTS)
                .set(POOL_CONTACTS.HOME_MASTER_ID, home)
                .where(
                        POOL_CONTACTS.TENANT_ID.eq(tenant),
                        POOL_CONTACTS.MASTER_ID.eq(master),
                        POOL_CONTACTS.PHONE.in(contacts),
                        POOL_CONTACTS.HOME_MASTER_ID.isNull())
                .execute();
    }

    /// Returns how many contacts talk to the numbers of a pool.
    public int count(AccountId tenant, SenderId master) {
        return sql.fetchCount(POOL_CONTACTS, POOL_CONTACTS.TENANT_ID.eq(tenant), POOL_CONTACTS.MASTER_ID.eq(master));
    }

    /// Returns the pool that a contact belongs to if another one is standing in for it.
    public Optional<SenderId> home(AccountId tenant, SenderId master, ContactAddress contact) {
        return sql.select(POOL_CONTACTS.HOME_MASTER_ID)
                .from(POOL_CONTACTS)
                .where(
                        POOL_CONTACTS.TENANT_ID.eq(tenant),
                        POOL_CONTACTS.MASTER_ID.eq(master),
                        POOL_CONTACTS.PHONE.eq(contact))
                .fetchOptional(POOL_CONTACTS.HOME_MASTER_ID);
    }

    /// Returns how many contacts talk to each number of a pool.
    public Map<SenderId, Integer> counts(AccountId tenant, SenderId master) {
        return sql.select(POOL_CONTACTS.SENDER_ID, DSL.count())
                .from(POOL_CONTACTS)
                .where(POOL_CONTACTS.TENANT_ID.eq(tenant), POOL_CONTACTS.MASTER_ID.eq(master))
                .groupBy(POOL_CONTACTS.SENDER_ID)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    public Map<SenderId, Long> counts(AccountId tenant, Collection<SenderId> masters) {
        return sql.select(POOL_CONTACTS.MASTER_ID, DSL.count())
                .from(POOL_CONTACTS)
                .where(POOL_CONTACTS.TENANT_ID.eq(tenant), POOL_CONTACTS.MASTER_ID.in(masters))
                .groupBy(POOL_CONTACTS.MASTER_ID)
                .fetchMap(row -> row.value1(), row -> row.value2().longValue());
    }
}
