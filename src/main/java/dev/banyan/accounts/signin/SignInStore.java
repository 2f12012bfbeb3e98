package dev.banyan.accounts.signin;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Stores sign-ins and attempts to sign in.
public final class SignInStore extends Store {

    public SignInStore(Tx tx) {
        super(tx);
    }

    /// Stores a sign-in; does nothing if the person was erased meanwhile.
    @AllTenants("a row contains its person")
    public void insert(SignIn signIn) {
        sql.insertInto(
                        SIGN_INS,
                        SIGN_INS.ID,
                        SIGN_INS.IDENTITY_ID,
                        SIGN_INS.HAPPENED_AT,
                        SIGN_INS.NETWORK,
                        SIGN_INS.USER_AGENT,
                        SIGN_INS.WAY,
                        SIGN_INS.OUTCOME)
                .select(sql.select(
                                DSL.val(signIn.id().toString(), SIGN_INS.ID),
                                IDENTITIES.ID,
                                DSL.val(signIn.happenedAt(), SIGN_INS.HAPPENED_AT),
                                DSL.val(signIn.network(), SIGN_INS.NETWORK),
                                DSL.val(signIn.userAgent(), SIGN_INS.USER_AGENT),
                                DSL.val(signIn.way().key(), SIGN_INS.WAY),
                                DSL.val(signIn.outcome().key(), SIGN_INS.OUTCOME))
                        .from(IDENTITIES)
                        .where(IDENTITIES.ID.eq(signIn.identity())))
                .execute();
    }

    /// Returns the sign-ins of a root account's people, newest first.
    public List<SignIns.Listed> list(AccountId tenant, SignIns.Query query, int limit) {
        return sql.select(
                        SIGN_INS.ID,
                        SIGN_INS.IDENTITY_ID,
                        SIGN_INS.HAPPENED_AT,
                        SIGN_INS.NETWORK,
                        SIGN_INS.USER_AGENT,
                        SIGN_INS.WAY,
                        SIGN_INS.OUTCOME,
                        IDENTITIES.EMAIL)
                .from(SIGN_INS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(SIGN_INS.IDENTITY_ID))
                .where(
                        SIGN_INS.IDENTITY_ID.in(DSL.select(MEMBERSHIPS.IDENTITY_ID)
                                .from(MEMBERSHIPS)
                                .where(MEMBERSHIPS.TENANT_ID.eq(tenant))),
                        query.email().isEmpty() ? DSL.noCondition() : IDENTITIES.EMAIL.startsWith(query.email()),
                        came(query.shown()),
                        query.after().map(UUID::toString).map(SIGN_INS.ID::lt).orElse(DSL.noCondition()))
                .orderBy(SIGN_INS.ID.desc())
                .limit(limit)
                .fetch(row -> new SignIns.Listed(
                        new SignIn(
                                UUID.fromString(row.value1()),
                                row.value2(),
                                row.value3(),
                                row.value4(),
                                row.value5(),
                                Keyed.of(SignIn.Method.class, row.value6()),
                                Keyed.of(SignIn.Outcome.class, row.value7())),
                        row.value8()));
    }

    private static Condition came(SignIns.OutcomeFilter shown) {
        return switch (shown) {
            case ALL -> DSL.noCondition();
            case DONE -> SIGN_INS.OUTCOME.eq(SignIn.Outcome.SIGNED_IN.key());
            case FAILED -> SIGN_INS.OUTCOME.ne(SignIn.Outcome.SIGNED_IN.key());
        };
    }

    @AllTenants("a job deletes old rows of all users")
    int deleteBefore(Instant before, int limit) {
        List<String> old = sql.select(SIGN_INS.ID)
                .from(SIGN_INS)
                .where(SIGN_INS.HAPPENED_AT.lt(before))
                .limit(limit)
                .fetch(SIGN_INS.ID);
        return sql.deleteFrom(SIGN_INS).where(SIGN_INS.ID.in(old)).execute();
    }

    /// Returns the last sign-in of the account's people, as far as that is stored.
    public Optional<Instant> last(AccountId tenant) {
        return sql.select(SIGN_INS.HAPPENED_AT)
                .from(SIGN_INS)
                .where(
                        SIGN_INS.IDENTITY_ID.in(DSL.select(MEMBERSHIPS.IDENTITY_ID)
                                .from(MEMBERSHIPS)
                                .where(MEMBERSHIPS.TENANT_ID.eq(tenant))),
                        SIGN_INS.OUTCOME.eq(SignIn.Outcome.SIGNED_IN.key()))
                .orderBy(SIGN_INS.ID.desc())
                .limit(1)
                .fetchOptional(SIGN_INS.HAPPENED_AT);
    }
}
