package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Who people are at their providers.
///
/// @param <P> who a person is here
public abstract class SsoLinkStore<P> extends SsoTableStore {

    /// Who a person is at a provider.
    ///
    /// @param acceptedAt when a provider of the owner last let them in
    public record Link<P>(SsoOwner owner, String issuer, String subject, P person, Instant acceptedAt) {}

    private final Field<P> person;
    private final Field<String> issuer = column("issuer", String.class);
    private final Field<String> subject = column("subject", String.class);
    private final Field<Instant> createdAt = column("created_at", Instant.class);
    private final Field<Instant> acceptedAt = column("accepted_at", Instant.class);
    private final Field<Instant> refusedAt = column("refused_at", Instant.class);
    private final Field<Instant> dueAt = column("due_at", Instant.class);

    protected SsoLinkStore(Tx tx, Table<?> links, Field<P> person) {
        super(tx, links);
        this.person = person;
    }

    /// Returns who this person at the provider is here.
    public Optional<P> findLinked(SsoOwner owner, String provider, String named) {
        return sql.select(person).from(table).where(at(owner, provider, named)).fetchOptional(person);
    }

    /// Notes where a person’s directory is now, if it has moved since it last named them.
    public void follow(SsoOwner owner, String provider, String named) {
        if (!SsoProvider.isDirectory(provider)
                || findLinked(owner, provider, named).isPresent()) {
            return;
        }
        sql.select(issuer)
                .from(table)
                .where(in(owner), subject.eq(named), issuer.startsWith(SsoProvider.DIRECTORY))
                .orderBy(acceptedAt.desc())
                .limit(1)
                .fetchOptional(issuer)
                .ifPresent(before -> sql.update(table)
                        .set(issuer, provider)
                        .where(at(owner, before, named))
                        .execute());
    }

    /// Whether the person is somebody at this provider already.
    public boolean isLinked(SsoOwner owner, String provider, P who) {
        return sql.fetchExists(table, of(owner, who), issuer.eq(provider));
    }

    /// Whether the person comes from any provider of the owner, also from one that was set up before.
    public boolean isLinked(SsoOwner owner, P who) {
        return sql.fetchExists(table, of(owner, who));
    }

    /// Whether a provider of the owner has refused the person since then.
    public boolean isRefused(SsoOwner owner, P who, Instant then) {
        return sql.fetchExists(table, of(owner, who), refusedAt.le(then));
    }

    /// Returns the people whom a provider of the owner has refused since then.
    public List<P> refused(SsoOwner owner, Instant then) {
        return sql.selectDistinct(person)
                .from(table)
                .where(in(owner), refusedAt.le(then))
                .fetch(person);
    }

    /// Returns the people who are to be looked at, also those without a session, and notes when they are next.
    @AllTenants("a job asks the providers of all tenants")
    public List<Link<P>> takeDue(Instant now, int limit) {
        List<Link<P>> due = sql.selectFrom(table)
                .where(dueAt.le(now))
                .orderBy(dueAt)
                .limit(limit)
                .fetch(row -> new Link<>(
                        owner(row), row.get(issuer), row.get(subject), row.get(person), row.get(acceptedAt)));
        sql.update(table)
                .set(
                        dueAt,
                        DSL.when(issuer.startsWith(SsoProvider.DIRECTORY), after(now, Rechecks.RETRIED_AFTER))
                                .otherwise(after(now, Rechecks.NOTED_EVERY)))
                .where(among(due, key()))
                .execute();
        return due;
    }

    private <K> Condition among(List<Link<P>> links, Field<K> key) {
        return DSL.row(key, issuer, subject)
                .in(links.stream()
                        .map(link -> DSL.row(typed(key, link.owner().id()), link.issuer(), link.subject()))
                        .toList());
    }

    private Field<Instant> after(Instant now, Duration later) {
        return DSL.val(now.plus(later), dueAt);
    }

    /// Notes that the provider refuses a person, who isn’t looked at any more. An earlier time stays.
    ///
    /// @param since the epoch, if it said that the person may not be in
    public void refuse(SsoOwner owner, String provider, String named, Instant since) {
        sql.update(table)
                .set(refusedAt, since)
                .setNull(dueAt)
                .where(at(owner, provider, named), refusedAt.isNull().or(refusedAt.gt(since)))
                .execute();
    }

    /// Notes that the providers of these people refuse them since they last let them in, if that was before then.
    ///
    /// @return those of whom it was
    public List<P> refuseSilent(SsoOwner owner, Collection<P> people, Instant then) {
        Condition silent =
                in(owner).and(person.in(people)).and(refusedAt.isNull()).and(acceptedAt.le(then));
        List<P> refused = sql.selectDistinct(person).from(table).where(silent).fetch(person);
        sql.update(table)
                .set(refusedAt, acceptedAt)
                .setNull(dueAt)
                .where(silent)
                .execute();
        return refused;
    }

    /// Notes that a provider of the owner lets the person in, also for those that it had before. Written once a day.
    public void accept(SsoOwner owner, P who, Instant now) {
        sql.update(table)
                .setNull(refusedAt)
                .set(acceptedAt, now)
                .set(dueAt, now.plus(Rechecks.NOTED_EVERY))
                .where(of(owner, who), refusedAt.isNotNull().or(acceptedAt.le(now.minus(Rechecks.NOTED_EVERY))))
                .execute();
    }

    public void link(SsoOwner owner, String provider, String named, P who, Instant now) {
        sql.insertInto(table)
                .set(whose(owner))
                .set(issuer, provider)
                .set(subject, named)
                .set(person, who)
                .set(createdAt, now)
                .set(acceptedAt, now)
                .set(dueAt, now.plus(Rechecks.NOTED_EVERY))
                .execute();
    }

    protected final Condition of(SsoOwner owner, P who) {
        return in(owner).and(person.eq(who));
    }

    private Condition at(SsoOwner owner, String provider, String named) {
        return in(owner).and(issuer.eq(provider)).and(subject.eq(named));
    }
}
