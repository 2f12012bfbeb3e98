package dev.banyan.accounts.domains;

import static dev.banyan.schema.Tables.DOMAINS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.dns.HostName;
import org.jooq.Condition;
import org.jooq.Record;

final class DomainStore extends Store {

    private static final SqlCache OF_PAGES = new SqlCache();

    DomainStore(Tx tx) {
        super(tx);
    }

    void insert(Owner owner, Domain domain, Instant due) {
        sql.insertInto(DOMAINS)
                .set(DOMAINS.ID, domain.id())
                .set(DOMAINS.TENANT_ID, owner.tenant())
                .set(DOMAINS.ACCOUNT_ID, owner.account())
                .set(DOMAINS.HOST, domain.host().value())
                .set(DOMAINS.PAGE_ID, domain.page().orElse(null))
                .set(DOMAINS.SUB_CLIENT_ID, domain.workspace().orElse(null))
                .set(DOMAINS.STATE, domain.state().key())
                .set(DOMAINS.DUE_AT, due)
                .set(DOMAINS.CREATED_AT, domain.createdAt())
                .execute();
    }

    Optional<Domain> find(Owner owner, UUID id) {
        return sql.selectFrom(DOMAINS).where(owned(owner), DOMAINS.ID.eq(id)).fetchOptional(DomainStore::domain);
    }

    /// Returns an account’s domains, the oldest first.
    List<Domain> list(Owner owner, int limit) {
        return sql.selectFrom(DOMAINS)
                .where(owned(owner))
                .orderBy(DOMAINS.CREATED_AT, DOMAINS.ID)
                .limit(limit)
                .fetch(DomainStore::domain);
    }

    /// Returns domains that wait for their first proof, and those of these ids.
    ///
    /// @param since only later ones
    List<Domain> pending(Owner owner, Instant since, Collection<UUID> ids, int limit) {
        return sql.selectFrom(DOMAINS)
                .where(
                        owned(owner),
                        DOMAINS.STATE
                                .eq(Domain.State.PENDING.key())
                                .and(DOMAINS.CREATED_AT.ge(since))
                                .or(DOMAINS.ID.in(ids)))
                .orderBy(DOMAINS.CREATED_AT, DOMAINS.ID)
                .limit(limit)
                .fetch(DomainStore::domain);
    }

    Optional<Domain> named(AccountId tenant, HostName host) {
        return sql.selectFrom(DOMAINS)
                .where(DOMAINS.TENANT_ID.eq(tenant), DOMAINS.HOST.eq(host.value()))
                .fetchOptional(DomainStore::domain);
    }

    /// Returns the domains of a tenant whose proofs were seen, lapsed ones too.
    List<Domain> ofTenant(AccountId tenant) {
        return sql.selectFrom(DOMAINS)
                .where(DOMAINS.TENANT_ID.eq(tenant), DOMAINS.SERVING_HOST.isNotNull())
                .orderBy(DOMAINS.CREATED_AT, DOMAINS.ID)
                .fetch(DomainStore::domain);
    }

    @AllTenants("a job ends the days of grace of all")
    List<AccountId> lapsesDue(Instant now, int limit) {
        return sql.selectDistinct(DOMAINS.TENANT_ID)
                .from(DOMAINS)
                .where(DOMAINS.LAPSE_DUE_AT.le(now))
                .orderBy(DOMAINS.TENANT_ID)
                .limit(limit)
                .fetch(DOMAINS.TENANT_ID);
    }

    void lapsing(Owner owner, Domain domain) {
        sql.update(DOMAINS)
                .set(DOMAINS.LAPSES_AT, domain.lapse().map(Domain.Lapse::endsAt).orElse(null))
                .set(
                        DOMAINS.LAPSE_DUE_AT,
                        domain.lapse().flatMap(Domain.Lapse::due).orElse(null))
                .where(owned(owner), DOMAINS.ID.eq(domain.id()))
                .execute();
    }

    /// Returns the shown hosts of an account’s pages, the oldest first.
    List<Domain> ofPages(Owner owner) {
        return OF_PAGES.fetch(
                DomainStore::domain,
                sql,
                () -> sql.selectFrom(DOMAINS)
                        .where(
                                owned(owner),
                                DOMAINS.SERVING_HOST.isNotNull(),
                                DOMAINS.SUB_CLIENT_ID.isNull(),
                                DOMAINS.LAPSES_AT.isNull().or(DOMAINS.LAPSE_DUE_AT.isNotNull()))
                        .orderBy(DOMAINS.CREATED_AT, DOMAINS.ID),
                owner.tenant(),
                owner.account());
    }

    List<Domain> ofWorkspace(Owner owner, String workspace) {
        return sql.selectFrom(DOMAINS)
                .where(owned(owner), DOMAINS.SUB_CLIENT_ID.eq(workspace))
                .orderBy(DOMAINS.CREATED_AT, DOMAINS.ID)
                .fetch(DomainStore::domain);
    }

    /// Takes a host from its workspace. It leads to the account's default page then.
    void release(Owner owner, UUID id) {
        sql.update(DOMAINS)
                .setNull(DOMAINS.SUB_CLIENT_ID)
                .where(owned(owner), DOMAINS.ID.eq(id))
                .execute();
    }

    /// Returns whose host it is. The server has at most one such row.
    @AllTenants("visitors of a host don’t know whose it is")
    Optional<Domain> served(HostName host) {
        return sql.selectFrom(DOMAINS)
                .where(DOMAINS.SERVING_HOST.eq(host.value()))
                .fetchOptional(DomainStore::domain);
    }

    /// Writes what a check has found.
    void checked(Owner owner, Domain domain, Instant due) {
        sql.update(DOMAINS)
                .set(
                        DOMAINS.SERVING_HOST,
                        domain.state().isServed() ? domain.host().value() : null)
                .set(DOMAINS.STATE, domain.state().key())
                .set(DOMAINS.PROBLEM, domain.problem().orElse(null))
                .set(DOMAINS.PROVED_AT, domain.provedAt().orElse(null))
                .set(DOMAINS.MISSING_SINCE_AT, domain.missingSince().orElse(null))
                .set(DOMAINS.CHECKED_AT, domain.checkedAt().orElse(null))
                .set(DOMAINS.DUE_AT, due)
                .where(owned(owner), DOMAINS.ID.eq(domain.id()))
                .execute();
    }

    boolean delete(Owner owner, UUID id) {
        return Tx.changed(sql.deleteFrom(DOMAINS).where(owned(owner), DOMAINS.ID.eq(id)));
    }

    /// Returns domains whose next check is due, those that wait the longest first.
    @AllTenants("a job checks the domains of all")
    List<Domain> due(Instant now, int limit) {
        return sql.selectFrom(DOMAINS)
                .where(DOMAINS.DUE_AT.le(now))
                .orderBy(DOMAINS.DUE_AT, DOMAINS.ID)
                .limit(limit)
                .fetch(DomainStore::domain);
    }

    int deleteSome(Owner owner, int most) {
        return sql.deleteFrom(DOMAINS)
                .where(DOMAINS.ID.in(
                        sql.select(DOMAINS.ID).from(DOMAINS).where(owned(owner)).limit(most)))
                .execute();
    }

    private static Condition owned(Owner owner) {
        return DOMAINS.TENANT_ID.eq(owner.tenant()).and(DOMAINS.ACCOUNT_ID.eq(owner.account()));
    }

    private static Domain domain(Record row) {
        return new Domain(
                row.get(DOMAINS.ID),
                new Owner(row.get(DOMAINS.TENANT_ID), row.get(DOMAINS.ACCOUNT_ID)),
                new HostName(row.get(DOMAINS.HOST)),
                Optional.ofNullable(row.get(DOMAINS.PAGE_ID)),
                Optional.ofNullable(row.get(DOMAINS.SUB_CLIENT_ID)),
                Keyed.of(Domain.State.class, row.get(DOMAINS.STATE)),
                Optional.ofNullable(row.get(DOMAINS.PROBLEM)),
                Optional.ofNullable(row.get(DOMAINS.PROVED_AT)),
                Optional.ofNullable(row.get(DOMAINS.MISSING_SINCE_AT)),
                Optional.ofNullable(row.get(DOMAINS.CHECKED_AT)),
                row.get(DOMAINS.CREATED_AT),
                Optional.ofNullable(row.get(DOMAINS.LAPSES_AT))
                        .map(end -> new Domain.Lapse(end, Optional.ofNullable(row.get(DOMAINS.LAPSE_DUE_AT)))));
    }
}
