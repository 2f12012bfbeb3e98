package dev.banyan.whatsapp.session;

import static dev.banyan.schema.Tables.SENDERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.SenderState;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Senders that are being linked.
public final class LinkingStore {

    private final DSLContext sql;

    public LinkingStore(Tx tx) {
        this.sql = tx.sql();
    }

    /// Resets the senders that were being linked when their server stopped.
    ///
    /// @param account empty: all
    /// @return how many there were
    @AllTenants("runs at startup for all tenants")
    public int giveUpLinkings(Optional<AccountId> account, Instant now) {
        return sql.update(SENDERS)
                .set(SENDERS.STATE, SenderState.PENDING.key())
                .set(SENDERS.STATE_CHANGED_AT, now)
                .set(SENDERS.UPDATED_AT, now)
                .where(account.map(SENDERS.TENANT_ID::eq).orElseGet(DSL::noCondition), isLinking())
                .execute();
    }

    private static Condition isLinking() {
        return SENDERS.STATE.in(SenderState.LINKING.key(), SenderState.PASSKEY_REQUIRED.key());
    }

    /// Returns whether a sender of an account is being linked.
    public boolean isLinking(AccountId tenant) {
        return sql.fetchExists(SENDERS, SENDERS.TENANT_ID.eq(tenant), isLinking());
    }

    /// Returns those of these accounts of which a sender is being linked.
    @AllTenants("a server takes the accounts of another one")
    public List<AccountId> linking(Collection<AccountId> accounts) {
        return sql.selectDistinct(SENDERS.TENANT_ID)
                .from(SENDERS)
                .where(SENDERS.TENANT_ID.in(accounts), isLinking())
                .fetch(row -> row.value1());
    }

    /// Returns all accounts that have senders.
    @AllTenants("runs at startup for all tenants")
    public List<AccountId> accounts() {
        return sql.selectDistinct(SENDERS.TENANT_ID).from(SENDERS).fetch(row -> row.value1());
    }
}
