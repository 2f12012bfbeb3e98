package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO;
import static dev.banyan.schema.Tables.ACCOUNT_SSO_LINKS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Settings of single sign-on, and who people are at their providers.
final class AccountSsoStore {

    private final DSLContext sql;

    AccountSsoStore(Tx tx) {
        this.sql = tx.sql();
    }

    Optional<AccountSso> find(AccountId tenant) {
        return sql.selectFrom(ACCOUNT_SSO)
                .where(ACCOUNT_SSO.TENANT_ID.eq(tenant))
                .fetchOptional(row -> new AccountSso(
                        SsoSettings.read(row.get(ACCOUNT_SSO.SETTINGS)),
                        Optional.ofNullable(row.get(ACCOUNT_SSO.SECRET)),
                        List.of(row.get(ACCOUNT_SSO.EMAIL_DOMAINS).split(" ")),
                        row.get(ACCOUNT_SSO.IS_PASSWORD_ON),
                        row.get(ACCOUNT_SSO.IS_LINKED_PASSWORD_ON),
                        Optional.ofNullable(row.get(ACCOUNT_SSO.EMERGENCY_IDENTITY_ID)),
                        Objects.requireNonNull(row.get(ACCOUNT_SSO.TOLD_USERNAME)),
                        row.get(ACCOUNT_SSO.CREATED_AT),
                        row.get(ACCOUNT_SSO.UPDATED_AT)));
    }

    void put(AccountId tenant, AccountSso wanted) {
        SsoSettings settings = wanted.settings();
        Columns columns = new Columns()
                .with(ACCOUNT_SSO.KIND, settings.provider().kind())
                .with(ACCOUNT_SSO.SETTINGS, settings.written())
                .with(ACCOUNT_SSO.SECRET, wanted.sealedSecret())
                .with(ACCOUNT_SSO.EMAIL_DOMAINS, String.join(" ", wanted.emailDomains()))
                .with(ACCOUNT_SSO.IS_PASSWORD_ON, wanted.passwordSignIn())
                .with(ACCOUNT_SSO.IS_LINKED_PASSWORD_ON, wanted.linkedPasswords())
                .with(ACCOUNT_SSO.EMERGENCY_IDENTITY_ID, wanted.emergency())
                .with(ACCOUNT_SSO.TOLD_USERNAME, wanted.told())
                .with(ACCOUNT_SSO.UPDATED_AT, wanted.updatedAt());
        sql.insertInto(ACCOUNT_SSO)
                .set(ACCOUNT_SSO.TENANT_ID, tenant)
                .set(columns)
                .set(ACCOUNT_SSO.CREATED_AT, wanted.createdAt())
                .onConflict(ACCOUNT_SSO.TENANT_ID)
                .doUpdate()
                .set(columns)
                .execute();
    }

    boolean delete(AccountId tenant) {
        return sql.deleteFrom(ACCOUNT_SSO)
                        .where(ACCOUNT_SSO.TENANT_ID.eq(tenant))
                        .execute()
                > 0;
    }

    @AllTenants("only checks that the secrets can be opened")
    List<String> sealedSecrets() {
        return sql
                .select(ACCOUNT_SSO.SECRET)
                .from(ACCOUNT_SSO)
                .where(ACCOUNT_SSO.SECRET.isNotNull())
                .fetch(ACCOUNT_SSO.SECRET)
                .stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    /// A secret as it is sealed, and the provider that it is used at.
    record SealedSecret(AccountId tenant, SsoSettings settings, String sealed) {}

    @AllTenants("binds secrets to their providers once, after an update")
    List<SealedSecret> sealedBefore(String prefix) {
        return sql.selectFrom(ACCOUNT_SSO)
                .where(ACCOUNT_SSO.SECRET.startsWith(prefix))
                .fetch(row -> new SealedSecret(
                        row.get(ACCOUNT_SSO.TENANT_ID),
                        SsoSettings.read(row.get(ACCOUNT_SSO.SETTINGS)),
                        Objects.requireNonNull(row.get(ACCOUNT_SSO.SECRET))));
    }

    void reseal(AccountId tenant, SealedSecret before, String sealed) {
        sql.update(ACCOUNT_SSO)
                .set(ACCOUNT_SSO.SECRET, sealed)
                .where(ACCOUNT_SSO.TENANT_ID.eq(tenant), ACCOUNT_SSO.SECRET.eq(before.sealed()))
                .execute();
    }

    /// Returns who this person at the provider is here.
    Optional<IdentityId> findLinked(AccountId tenant, String issuer, String subject) {
        return sql.select(ACCOUNT_SSO_LINKS.IDENTITY_ID)
                .from(ACCOUNT_SSO_LINKS)
                .where(at(tenant, issuer, subject))
                .fetchOptional(ACCOUNT_SSO_LINKS.IDENTITY_ID);
    }

    /// Notes where a person’s directory is now, if it has moved since it last named them.
    void follow(AccountId tenant, String issuer, String subject) {
        if (!SsoProvider.isDirectory(issuer)
                || findLinked(tenant, issuer, subject).isPresent()) {
            return;
        }
        sql.select(ACCOUNT_SSO_LINKS.ISSUER)
                .from(ACCOUNT_SSO_LINKS)
                .where(
                        ACCOUNT_SSO_LINKS.TENANT_ID.eq(tenant),
                        ACCOUNT_SSO_LINKS.SUBJECT.eq(subject),
                        ACCOUNT_SSO_LINKS.ISSUER.startsWith(SsoProvider.DIRECTORY))
                .orderBy(ACCOUNT_SSO_LINKS.ACCEPTED_AT.desc())
                .limit(1)
                .fetchOptional(ACCOUNT_SSO_LINKS.ISSUER)
                .ifPresent(before -> sql.update(ACCOUNT_SSO_LINKS)
                        .set(ACCOUNT_SSO_LINKS.ISSUER, issuer)
                        .where(at(tenant, before, subject))
                        .execute());
    }

    /// Whether the person is somebody at this provider already.
    boolean isLinked(AccountId tenant, String issuer, IdentityId person) {
        return sql.fetchExists(ACCOUNT_SSO_LINKS, of(tenant, person), ACCOUNT_SSO_LINKS.ISSUER.eq(issuer));
    }

    /// Whether the person comes from any provider of the account, also from one that was set up before.
    boolean isLinked(AccountId tenant, IdentityId person) {
        return sql.fetchExists(ACCOUNT_SSO_LINKS, of(tenant, person));
    }

    /// Whether a provider of the account has refused the person since then.
    boolean isRefused(AccountId tenant, IdentityId person, Instant then) {
        return sql.fetchExists(ACCOUNT_SSO_LINKS, of(tenant, person), ACCOUNT_SSO_LINKS.REFUSED_AT.le(then));
    }

    /// Who a person is at a provider.
    ///
    /// @param acceptedAt when a provider of the account last let them in
    record Link(AccountId tenant, String issuer, String subject, IdentityId person, Instant acceptedAt) {}

    /// Returns the people who are to be looked at, also those without a session, and notes when they are next.
    @AllTenants("a job asks the providers of all tenants")
    List<Link> takeDue(Instant now, int limit) {
        List<Link> due = sql.selectFrom(ACCOUNT_SSO_LINKS)
                .where(ACCOUNT_SSO_LINKS.DUE_AT.le(now))
                .orderBy(ACCOUNT_SSO_LINKS.DUE_AT)
                .limit(limit)
                .fetch(row -> new Link(
                        row.get(ACCOUNT_SSO_LINKS.TENANT_ID),
                        row.get(ACCOUNT_SSO_LINKS.ISSUER),
                        row.get(ACCOUNT_SSO_LINKS.SUBJECT),
                        row.get(ACCOUNT_SSO_LINKS.IDENTITY_ID),
                        row.get(ACCOUNT_SSO_LINKS.ACCEPTED_AT)));
        sql.update(ACCOUNT_SSO_LINKS)
                .set(
                        ACCOUNT_SSO_LINKS.DUE_AT,
                        DSL.when(
                                        ACCOUNT_SSO_LINKS.ISSUER.startsWith(SsoProvider.DIRECTORY),
                                        at(now, Rechecks.RETRIED_AFTER))
                                .otherwise(at(now, Rechecks.NOTED_EVERY)))
                .where(DSL.row(ACCOUNT_SSO_LINKS.TENANT_ID, ACCOUNT_SSO_LINKS.ISSUER, ACCOUNT_SSO_LINKS.SUBJECT)
                        .in(due.stream()
                                .map(link -> DSL.row(link.tenant(), link.issuer(), link.subject()))
                                .toList()))
                .execute();
        return due;
    }

    private static Field<Instant> at(Instant now, Duration later) {
        return DSL.val(now.plus(later), ACCOUNT_SSO_LINKS.DUE_AT);
    }

    /// Notes that the provider refuses a person, who isn’t looked at any more. An earlier time stays.
    ///
    /// @param since the epoch, if it said that the person may not be in
    void refuse(AccountId tenant, String issuer, String subject, Instant since) {
        sql.update(ACCOUNT_SSO_LINKS)
                .set(ACCOUNT_SSO_LINKS.REFUSED_AT, since)
                .setNull(ACCOUNT_SSO_LINKS.DUE_AT)
                .where(
                        at(tenant, issuer, subject),
                        ACCOUNT_SSO_LINKS.REFUSED_AT.isNull().or(ACCOUNT_SSO_LINKS.REFUSED_AT.gt(since)))
                .execute();
    }

    /// Notes that the providers of a person refuse them since they last let them in, if that was before then.
    boolean refuseSilent(AccountId tenant, IdentityId person, Instant then) {
        return sql.update(ACCOUNT_SSO_LINKS)
                        .set(ACCOUNT_SSO_LINKS.REFUSED_AT, ACCOUNT_SSO_LINKS.ACCEPTED_AT)
                        .setNull(ACCOUNT_SSO_LINKS.DUE_AT)
                        .where(
                                of(tenant, person),
                                ACCOUNT_SSO_LINKS.REFUSED_AT.isNull(),
                                ACCOUNT_SSO_LINKS.ACCEPTED_AT.le(then))
                        .execute()
                > 0;
    }

    /// Notes that a provider of the account lets the person in, also for those that it had before. Written once a day.
    void accept(AccountId tenant, IdentityId person, Instant now) {
        sql.update(ACCOUNT_SSO_LINKS)
                .setNull(ACCOUNT_SSO_LINKS.REFUSED_AT)
                .set(ACCOUNT_SSO_LINKS.ACCEPTED_AT, now)
                .set(ACCOUNT_SSO_LINKS.DUE_AT, now.plus(Rechecks.NOTED_EVERY))
                .where(
                        of(tenant, person),
                        ACCOUNT_SSO_LINKS
                                .REFUSED_AT
                                .isNotNull()
                                .or(ACCOUNT_SSO_LINKS.ACCEPTED_AT.le(now.minus(Rechecks.NOTED_EVERY))))
                .execute();
    }

    /// Makes a person nobody at any provider.
    @AllTenants("a person may be a member of several accounts")
    void unlink(IdentityId person) {
        sql.deleteFrom(ACCOUNT_SSO_LINKS)
                .where(ACCOUNT_SSO_LINKS.IDENTITY_ID.eq(person))
                .execute();
    }

    private static Condition of(AccountId tenant, IdentityId person) {
        return ACCOUNT_SSO_LINKS.TENANT_ID.eq(tenant).and(ACCOUNT_SSO_LINKS.IDENTITY_ID.eq(person));
    }

    private static Condition at(AccountId tenant, String issuer, String subject) {
        return ACCOUNT_SSO_LINKS
                .TENANT_ID
                .eq(tenant)
                .and(ACCOUNT_SSO_LINKS.ISSUER.eq(issuer))
                .and(ACCOUNT_SSO_LINKS.SUBJECT.eq(subject));
    }

    void link(AccountId tenant, String issuer, String subject, IdentityId person, Instant now) {
        sql.insertInto(ACCOUNT_SSO_LINKS)
                .set(ACCOUNT_SSO_LINKS.TENANT_ID, tenant)
                .set(ACCOUNT_SSO_LINKS.ISSUER, issuer)
                .set(ACCOUNT_SSO_LINKS.SUBJECT, subject)
                .set(ACCOUNT_SSO_LINKS.IDENTITY_ID, person)
                .set(ACCOUNT_SSO_LINKS.CREATED_AT, now)
                .set(ACCOUNT_SSO_LINKS.ACCEPTED_AT, now)
                .set(ACCOUNT_SSO_LINKS.DUE_AT, now.plus(Rechecks.NOTED_EVERY))
                .execute();
    }

    /// Returns the accounts at whose providers a person is known, those with settings only.
    @AllTenants("a person may be a member of several accounts")
    List<AccountId> accountsOf(IdentityId person) {
        return sql.selectDistinct(ACCOUNT_SSO_LINKS.TENANT_ID)
                .from(ACCOUNT_SSO_LINKS)
                .join(ACCOUNT_SSO)
                .on(ACCOUNT_SSO.TENANT_ID.eq(ACCOUNT_SSO_LINKS.TENANT_ID))
                .where(ACCOUNT_SSO_LINKS.IDENTITY_ID.eq(person))
                .orderBy(ACCOUNT_SSO_LINKS.TENANT_ID)
                .limit(10)
                .fetch(ACCOUNT_SSO_LINKS.TENANT_ID);
    }
}
