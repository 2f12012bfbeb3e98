package dev.banyan.whatsapp.failover;

import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import org.jooq.impl.DSL;

/// Servants that work for the pool that stands in for theirs, and masters that may need one.
public final class LentSenderStore extends Store {

    public LentSenderStore(Tx tx) {
        super(tx);
    }

    /// Lends all servants of a master to the one that stands in for it.
    ///
    /// @return how many servants were lent
    public int lendAll(AccountId tenant, SenderId from, SenderId to, Instant now) {
        return sql.update(SENDERS)
                .set(SENDERS.HOME_MASTER_ID, DSL.coalesce(SENDERS.HOME_MASTER_ID, SENDERS.MASTER_ID))
                .set(SENDERS.MASTER_ID, to)
                .set(SENDERS.MOVED_AT, now)
                .set(SENDERS.UPDATED_AT, now)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.MASTER_ID.eq(from))
                .execute();
    }

    /// Returns how many of a master's servants are lent, by the master that has them.
    public Map<SenderId, Integer> lent(AccountId tenant, SenderId home) {
        return sql.select(SENDERS.MASTER_ID, DSL.count())
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.HOME_MASTER_ID.eq(home))
                .groupBy(SENDERS.MASTER_ID)
                .fetchMap(row -> row.value1(), row -> row.value2());
    }

    /// Returns all servants of a master that were lent.
    public void bringHome(AccountId tenant, SenderId home, Instant now) {
        sql.update(SENDERS)
                .set(SENDERS.MASTER_ID, home)
                .setNull(SENDERS.HOME_MASTER_ID)
                .set(SENDERS.MOVED_AT, now)
                .set(SENDERS.UPDATED_AT, now)
                .where(SENDERS.TENANT_ID.eq(tenant), SENDERS.HOME_MASTER_ID.eq(home))
                .execute();
    }

    /// Returns the masters of all tenants that were linked once and cannot send.
    @AllTenants("a job looks for pools that have failed, of all tenants")
    public List<SenderKey> mastersDown(int limit) {
        return sql.select(SENDERS.TENANT_ID, SENDERS.ID)
                .from(SENDERS)
                .where(
                        SENDERS.STATE.in(
                                SenderState.DISCONNECTED.key(), SenderState.BANNED.key(), SenderState.UNLINKED.key()),
                        SenderStore.IS_MASTER,
                        SENDERS.LINKED_AT.isNotNull())
                .orderBy(SENDERS.TENANT_ID, SENDERS.ID)
                .limit(limit)
                .fetch(row -> new SenderKey(row.value1(), row.value2()));
    }
}
