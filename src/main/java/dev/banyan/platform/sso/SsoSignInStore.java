package dev.banyan.platform.sso;

import static dev.banyan.schema.Tables.SSO_SIGN_INS;
import static org.jooq.impl.DSL.noCondition;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.platform.sso.SignInFacts.Outcome;
import dev.banyan.platform.sso.SignInLog.Entry;
import org.jooq.Condition;

/// Rows of the log of sign-ins.
final class SsoSignInStore extends Store {

    SsoSignInStore(Tx tx) {
        super(tx);
    }

    private static Condition at(AccountId tenant, Optional<String> workspace) {
        return SSO_SIGN_INS
                .TENANT_ID
                .eq(tenant)
                .and(workspace.map(SSO_SIGN_INS.SUB_CLIENT_ID::eq).orElseGet(SSO_SIGN_INS.SUB_CLIENT_ID::isNull));
    }

    void insert(AccountId tenant, Optional<String> workspace, Entry entry) {
        sql.insertInto(SSO_SIGN_INS)
                .set(SSO_SIGN_INS.ID, entry.id())
                .set(SSO_SIGN_INS.TENANT_ID, tenant)
                .set(SSO_SIGN_INS.SUB_CLIENT_ID, workspace.orElse(null))
                .set(SSO_SIGN_INS.OUTCOME, entry.facts().outcome().key())
                .set(SSO_SIGN_INS.FACTS, JsonDocument.write(entry.facts()))
                .set(SSO_SIGN_INS.UNLISTED, entry.unlisted())
                .set(SSO_SIGN_INS.HAPPENED_AT, entry.at())
                .execute();
    }

    /// Returns those with this outcome, the newest first.
    ///
    /// @param first the oldest that counts
    List<UUID> since(AccountId tenant, Optional<String> workspace, Outcome outcome, UUID first, int limit) {
        return sql.select(SSO_SIGN_INS.ID)
                .from(SSO_SIGN_INS)
                .where(at(tenant, workspace), SSO_SIGN_INS.OUTCOME.eq(outcome.key()), SSO_SIGN_INS.ID.ge(first))
                .orderBy(SSO_SIGN_INS.ID.desc())
                .limit(limit)
                .fetch(SSO_SIGN_INS.ID);
    }

    /// Counts one that isn’t listed.
    void count(AccountId tenant, Optional<String> workspace, UUID id) {
        sql.update(SSO_SIGN_INS)
                .set(SSO_SIGN_INS.UNLISTED, SSO_SIGN_INS.UNLISTED.add(1))
                .where(at(tenant, workspace), SSO_SIGN_INS.ID.eq(id))
                .execute();
    }

    /// Returns the newest first.
    List<Entry> list(AccountId tenant, Optional<String> workspace, Optional<UUID> before, int limit) {
        return sql.selectFrom(SSO_SIGN_INS)
                .where(at(tenant, workspace), before.map(SSO_SIGN_INS.ID::lt).orElse(noCondition()))
                .orderBy(SSO_SIGN_INS.ID.desc())
                .limit(limit)
                .fetch(row -> new Entry(
                        row.get(SSO_SIGN_INS.ID),
                        row.get(SSO_SIGN_INS.HAPPENED_AT),
                        JsonDocument.read(row.get(SSO_SIGN_INS.FACTS), SignInFacts.class),
                        row.get(SSO_SIGN_INS.UNLISTED)));
    }

    @AllTenants("deletes what has expired")
    int deleteBefore(Instant then, int limit) {
        List<UUID> old = sql.select(SSO_SIGN_INS.ID)
                .from(SSO_SIGN_INS)
                .where(SSO_SIGN_INS.HAPPENED_AT.lt(then))
                .orderBy(SSO_SIGN_INS.HAPPENED_AT)
                .limit(limit)
                .fetch(SSO_SIGN_INS.ID);
        return sql.deleteFrom(SSO_SIGN_INS).where(SSO_SIGN_INS.ID.in(old)).execute();
    }
}
