package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.UsedSessions;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Sessions that a provider opened.
///
/// @param <P> who a person is here
public abstract class SsoSessionStore<P> extends SsoTableStore {

    /// @param issuer as in [dev.banyan.platform.sso.SsoProvider#identity]
    /// @param renewal sealed: the refresh token, or the name in the directory; empty if the provider can't be asked
    /// @param idToken sealed; empty where nothing needs it
    /// @param askedAt when the provider was asked last
    /// @param answeredAt when it said last that the person may be in
    /// @param dueAt when it is to be asked next
    public record SsoSession<P>(
            String tokenHash,
            SsoOwner owner,
            P person,
            String issuer,
            String subject,
            Optional<String> renewal,
            Optional<String> idToken,
            Instant askedAt,
            Instant answeredAt,
            Instant dueAt) {}

    protected final Field<String> tokenHash = column("token_hash", String.class);
    private final Field<P> person;
    private final Field<String> issuer = column("issuer", String.class);
    private final Field<String> subject = column("subject", String.class);
    private final Field<String> renewal = column("renewal", String.class);
    private final Optional<Field<String>> idToken;
    private final Field<Instant> askedAt = column("asked_at", Instant.class);
    private final Field<Instant> answeredAt = column("answered_at", Instant.class);
    private final Field<Instant> dueAt = column("due_at", Instant.class);

    /// @param idToken empty if none is kept
    protected SsoSessionStore(Tx tx, Table<?> sessions, Field<P> person, Optional<Field<String>> idToken) {
        super(tx, sessions);
        this.person = person;
        this.idToken = idToken;
    }

    public void insert(SsoOwner owner, SsoSession<P> session) {
        sql.insertInto(table)
                .set(whose(owner))
                .set(tokenHash, session.tokenHash())
                .set(person, session.person())
                .set(issuer, session.issuer())
                .set(subject, session.subject())
                .set(tokens(session.renewal(), session.idToken()))
                .set(askedAt, session.askedAt())
                .set(answeredAt, session.answeredAt())
                .set(dueAt, session.dueAt())
                .execute();
    }

    /// Returns the columns of those tokens that are there.
    private Columns tokens(Optional<String> renewing, Optional<String> proving) {
        Columns columns = new Columns();
        renewing.ifPresent(token -> columns.with(renewal, token));
        proving.ifPresent(token -> columns.with(idToken.orElseThrow(), token));
        return columns;
    }

    public Optional<SsoSession<P>> find(SsoOwner owner, String hash) {
        return sql.selectFrom(table).where(is(owner, hash)).fetchOptional(this::session);
    }

    /// Returns the sessions whose provider is to be asked, and notes that it is asked now. They rest until they are
    /// used.
    @AllTenants("a job asks the providers of all tenants")
    public List<SsoSession<P>> takeDue(Instant now, int limit) {
        List<SsoSession<P>> due = sql.selectFrom(table)
                .where(dueAt.le(now))
                .orderBy(dueAt, tokenHash)
                .limit(limit)
                .fetch(this::session);
        sql.update(table)
                .set(askedAt, now)
                .set(dueAt, UsedSessions.NEVER)
                .where(tokenHash.in(due.stream().map(SsoSession::tokenHash).toList()))
                .execute();
        return due;
    }

    /// Finds a session that rests.
    @AllTenants("the holder of a session is known by its token alone")
    public Optional<SsoSession<P>> findResting(String hash) {
        return sql.selectFrom(table)
                .where(tokenHash.eq(hash), dueAt.eq(UsedSessions.NEVER), renewal.isNotNull())
                .fetchOptional(this::session);
    }

    /// Notes when the provider is to be asked next.
    public void setDue(SsoOwner owner, String hash, Instant due, Instant answered) {
        sql.update(table)
                .set(dueAt, due)
                .set(answeredAt, answered)
                .where(is(owner, hash))
                .execute();
    }

    /// Notes that the person may still be in, and by what the provider is asked next.
    public void answered(
            SsoOwner owner, String hash, Optional<String> renewing, Optional<String> proving, Instant now) {
        sql.update(table)
                .set(answeredAt, now)
                .set(tokens(renewing, proving))
                .where(is(owner, hash))
                .execute();
    }

    /// Returns the sessions of a person at the provider, by their tokens.
    public List<String> ofPerson(SsoOwner owner, String provider, String named) {
        return sql.select(tokenHash)
                .from(table)
                .where(in(owner), issuer.eq(provider), subject.eq(named))
                .fetch(tokenHash);
    }

    /// Returns the tokens of an owner’s sessions that a provider opened.
    protected final Select<Record1<String>> opened(SsoOwner owner) {
        return DSL.select(tokenHash).from(table).where(in(owner));
    }

    private Condition is(SsoOwner owner, String hash) {
        return in(owner).and(tokenHash.eq(hash));
    }

    private SsoSession<P> session(Record row) {
        return new SsoSession<>(
                row.get(tokenHash),
                owner(row),
                row.get(person),
                row.get(issuer),
                row.get(subject),
                Optional.ofNullable(row.get(renewal)),
                idToken.map(row::get),
                row.get(askedAt),
                row.get(answeredAt),
                row.get(dueAt));
    }
}
