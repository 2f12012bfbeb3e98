package dev.banyan.accounts;

import static dev.banyan.schema.Tables.RECENT_CONTEXTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.impl.DSL;

/// The sub-accounts that people switched to most recently. A person's list stays short, however often they switch.
public final class RecentContextStore extends Store {

    /// More than are shown, because some of them may be suspended.
    public static final int KEPT = 20;

    public RecentContextStore(Tx tx) {
        super(tx);
    }

    public void remember(Owner owner, IdentityId identity, Instant now) {
        sql.insertInto(RECENT_CONTEXTS)
                .set(RECENT_CONTEXTS.IDENTITY_ID, identity)
                .set(RECENT_CONTEXTS.TENANT_ID, owner.tenant())
                .set(RECENT_CONTEXTS.ACCOUNT_ID, owner.account())
                .set(RECENT_CONTEXTS.USED_AT, now)
                .onConflict(RECENT_CONTEXTS.IDENTITY_ID, RECENT_CONTEXTS.ACCOUNT_ID)
                .doUpdate()
                .set(RECENT_CONTEXTS.USED_AT, now)
                .execute();
        sql.deleteFrom(RECENT_CONTEXTS)
                .where(
                        RECENT_CONTEXTS.IDENTITY_ID.eq(identity),
                        RECENT_CONTEXTS.USED_AT.lt(DSL.select(RECENT_CONTEXTS.USED_AT)
                                .from(RECENT_CONTEXTS)
                                .where(RECENT_CONTEXTS.IDENTITY_ID.eq(identity))
                                .orderBy(RECENT_CONTEXTS.USED_AT.desc())
                                .limit(1)
                                .offset(KEPT - 1)))
                .execute();
    }

    /// Returns the list, newest first, whatever the accounts' current state.
    public List<AccountId> list(AccountId tenant, IdentityId identity) {
        return sql.select(RECENT_CONTEXTS.ACCOUNT_ID)
                .from(RECENT_CONTEXTS)
                .where(RECENT_CONTEXTS.TENANT_ID.eq(tenant), RECENT_CONTEXTS.IDENTITY_ID.eq(identity))
                .orderBy(RECENT_CONTEXTS.USED_AT.desc(), RECENT_CONTEXTS.ACCOUNT_ID.desc())
                .limit(KEPT)
                .fetch(RECENT_CONTEXTS.ACCOUNT_ID);
    }
}
