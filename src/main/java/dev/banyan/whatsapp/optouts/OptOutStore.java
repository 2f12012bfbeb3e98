package dev.banyan.whatsapp.optouts;

import static dev.banyan.schema.Tables.OPT_OUTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import org.jooq.Record;
import org.jooq.impl.DSL;

public final class OptOutStore extends Store {

    public OptOutStore(Tx tx) {
        super(tx);
    }

    /// @return false if the contact has opted out already
    public boolean insert(AccountId tenant, OptOut one) {
        return Tx.changed(sql.insertInto(OPT_OUTS)
                .set(OPT_OUTS.TENANT_ID, tenant)
                .set(OPT_OUTS.PHONE, one.contact())
                .set(OPT_OUTS.CAUSE, one.cause().key())
                .set(OPT_OUTS.SENDER_ID, one.sender().orElse(null))
                .set(OPT_OUTS.WORD, one.word().orElse(null))
                .set(OPT_OUTS.NOTE, one.note())
                .set(OPT_OUTS.CREATED_AT, one.at())
                .onConflictDoNothing());
    }

    /// @return whether the contact had opted out
    public boolean delete(AccountId tenant, ContactAddress contact) {
        return Tx.changed(sql.deleteFrom(OPT_OUTS).where(OPT_OUTS.TENANT_ID.eq(tenant), OPT_OUTS.PHONE.eq(contact)));
    }

    public Optional<OptOut> find(AccountId tenant, ContactAddress contact) {
        return sql.selectFrom(OPT_OUTS)
                .where(OPT_OUTS.TENANT_ID.eq(tenant), OPT_OUTS.PHONE.eq(contact))
                .fetchOptional(OptOutStore::optOut);
    }

    /// Returns those of these contacts who have opted out, in one query.
    public Set<ContactAddress> among(AccountId tenant, Collection<ContactAddress> contacts) {
        return contacts.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.fetchValues(
                        OPT_OUTS.PHONE, OPT_OUTS.TENANT_ID.eq(tenant).and(OPT_OUTS.PHONE.in(Set.copyOf(contacts)))));
    }

    /// Lists contacts by number.
    ///
    /// @param after the last one of the previous page
    public List<OptOut> list(AccountId tenant, Optional<ContactAddress> after, int limit) {
        return sql.selectFrom(OPT_OUTS)
                .where(
                        OPT_OUTS.TENANT_ID.eq(tenant),
                        after.map(contact -> OPT_OUTS.PHONE.gt(contact)).orElseGet(DSL::noCondition))
                .orderBy(OPT_OUTS.PHONE)
                .limit(limit)
                .fetch(OptOutStore::optOut);
    }

    private static OptOut optOut(Record row) {
        return new OptOut(
                row.get(OPT_OUTS.PHONE),
                Keyed.of(OptOut.Cause.class, row.get(OPT_OUTS.CAUSE)),
                Optional.ofNullable(row.get(OPT_OUTS.SENDER_ID)),
                Optional.ofNullable(row.get(OPT_OUTS.WORD)),
                row.get(OPT_OUTS.NOTE),
                row.get(OPT_OUTS.CREATED_AT));
    }
}
