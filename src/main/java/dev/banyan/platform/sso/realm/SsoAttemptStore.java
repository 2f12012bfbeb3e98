package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoAttempt;
import dev.banyan.platform.sso.SsoOwner;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;

/// Sign-ins that are on their way through a provider.
public abstract class SsoAttemptStore extends SsoTableStore {

    private final Field<String> stateHash = column("state_hash", String.class);
    private final Field<String> browserHash = column("browser_hash", String.class);
    private final Field<String> secrets = column("secrets", String.class);
    private final Field<Instant> expiresAt = column("expires_at", Instant.class);

    protected SsoAttemptStore(Tx tx, Table<?> attempts) {
        super(tx, attempts);
    }

    public void insert(SsoOwner owner, SsoAttempt attempt) {
        sql.insertInto(table)
                .set(whose(owner))
                .set(stateHash, attempt.stateHash())
                .set(browserHash, attempt.browserHash())
                .set(secrets, attempt.sealedSecrets())
                .set(expiresAt, attempt.expiresAt())
                .execute();
    }

    /// Finds an attempt and deletes it: a state works once, whatever becomes of it.
    public Optional<SsoAttempt> take(SsoOwner owner, String state) {
        Condition one = in(owner).and(stateHash.eq(state));
        Optional<SsoAttempt> found = sql.selectFrom(table)
                .where(one)
                .fetchOptional(
                        row -> new SsoAttempt(state, row.get(browserHash), row.get(secrets), row.get(expiresAt)));
        // Of two that take it at the same time, one deletes the row.
        return found.filter(_ -> sql.deleteFrom(table).where(one).execute() == 1);
    }

    @AllTenants("clears expired attempts of all tenants")
    public int deleteExpired(Instant now, int limit) {
        List<String> expired = sql.select(stateHash)
                .from(table)
                .where(expiresAt.le(now))
                .limit(limit)
                .fetch(stateHash);
        return sql.deleteFrom(table).where(stateHash.in(expired)).execute();
    }
}
