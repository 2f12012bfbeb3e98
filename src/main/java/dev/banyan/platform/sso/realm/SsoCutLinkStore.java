package dev.banyan.platform.sso.realm;

import module java.base;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoOwner;
import dev.banyan.platform.sso.SsoProvider;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// People of providers whose links were cut, because the email by which they had been recognized was never proved here.
/// A row ends when the person signs in at the provider again.
///
/// @param <P> who a person is here
public abstract class SsoCutLinkStore<P> extends SsoTableStore {

    /// @param email of the person when the link was cut
    public record CutLink<P>(SsoOwner owner, String issuer, P person, String email, Instant cutAt) {}

    private final Field<P> person;
    private final Field<String> issuer = column("issuer", String.class);
    private final Field<String> subject = column("subject", String.class);
    private final Field<String> email = column("email", String.class);
    private final Field<Instant> cutAt = column("cut_at", Instant.class);
    private final Field<Instant> toldAt = column("told_at", Instant.class);

    protected SsoCutLinkStore(Tx tx, Table<?> cutLinks, Field<P> person) {
        super(tx, cutLinks);
        this.person = person;
    }

    /// Returns who this person at the provider was here.
    public Optional<P> find(SsoOwner owner, String provider, String named) {
        return sql.select(person)
                .from(table)
                .where(in(owner), at(provider), subject.eq(named))
                .orderBy(cutAt.desc())
                .limit(1)
                .fetchOptional(person);
    }

    /// Whether the person has to sign in at this provider once more.
    public boolean isCut(SsoOwner owner, String provider, P who) {
        return sql.fetchExists(table, in(owner), at(provider), person.eq(who));
    }

    /// Wherever a directory was then.
    private Condition at(String provider) {
        return SsoProvider.isDirectory(provider) ? issuer.startsWith(SsoProvider.DIRECTORY) : issuer.eq(provider);
    }

    public List<CutLink<P>> list(SsoOwner owner, int limit) {
        return sql.selectFrom(table)
                .where(in(owner))
                .orderBy(email, issuer)
                .limit(limit)
                .fetch(this::link);
    }

    public void delete(SsoOwner owner, P who) {
        sql.deleteFrom(table).where(in(owner), person.eq(who)).execute();
    }

    /// Returns links of which those who manage the people were not told yet, and notes that they are told now.
    @AllTenants("a job tells of the links of all tenants")
    public List<CutLink<P>> takeUntold(Instant now, int limit) {
        List<CutLink<P>> untold = sql.selectFrom(table)
                .where(toldAt.isNull())
                .orderBy(key(), person)
                .limit(limit)
                .fetch(this::link);
        for (CutLink<P> link : untold) {
            sql.update(table)
                    .set(toldAt, now)
                    .where(in(link.owner()), person.eq(link.person()))
                    .execute();
        }
        return untold;
    }

    private CutLink<P> link(Record row) {
        return new CutLink<>(owner(row), row.get(issuer), row.get(person), row.get(email), row.get(cutAt));
    }
}
