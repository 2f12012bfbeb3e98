package dev.banyan.whatsapp.session;

import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Numbers that got to another pool and may still be open on the server that has the former one.
public final class MovedNumberStore extends Store {

    /// @param at when; another move since then is another row
    public record Moved(SenderKey number, SenderKey pool, Instant at) {}

    public MovedNumberStore(Tx tx) {
        super(tx);
    }

    /// Returns those of these accounts.
    ///
    /// @param accounts empty: of all
    @AllTenants("a server takes up numbers of all its pools")
    public List<Moved> moved(Optional<Set<AccountId>> accounts, int limit) {
        return moved(accounts.map(some -> SENDERS.TENANT_ID.in(some)).orElseGet(DSL::noCondition), limit);
    }

    public List<Moved> moved(AccountId tenant, SenderId number) {
        return moved(SENDERS.TENANT_ID.eq(tenant).and(SENDERS.ID.eq(number)), 1);
    }

    private List<Moved> moved(Condition which, int limit) {
        return sql.select(SENDERS.TENANT_ID, SENDERS.ID, SENDERS.MASTER_ID, SENDERS.MOVED_AT)
                .from(SENDERS)
                .where(which, SENDERS.MOVED_AT.isNotNull())
                .orderBy(SENDERS.TENANT_ID, SENDERS.MOVED_AT)
                .limit(limit)
                .fetch(row -> {
                    AccountId tenant = row.value1();
                    SenderId pool = Optional.ofNullable(row.value3()).orElse(row.value2());
                    return new Moved(new SenderKey(tenant, row.value2()), new SenderKey(tenant, pool), row.value4());
                });
    }

    /// Notes that no other server has a number open.
    ///
    /// @return false if it has moved again
    @AllTenants("a number says whose it is")
    public boolean arrived(Moved moved) {
        SenderKey pool = moved.pool();
        return Tx.changed(sql.update(SENDERS)
                .setNull(SENDERS.MOVED_AT)
                .where(
                        SENDERS.TENANT_ID.eq(moved.number().tenant()),
                        SENDERS.ID.eq(moved.number().id()),
                        DSL.coalesce(SENDERS.MASTER_ID, SENDERS.ID).eq(pool.id()),
                        SENDERS.MOVED_AT.eq(moved.at())));
    }
}
