package dev.banyan.accounts.sso;

import static dev.banyan.schema.Tables.ACCOUNT_SSO;
import static dev.banyan.schema.Tables.ACCOUNT_SSO_LINKS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.SsoSettings;
import org.jooq.Condition;
import org.jooq.DSLContext;

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

    /// Notes that the provider refuses a person. An earlier time stays.
    ///
    /// @param since the epoch, if it said that the person may not be in
    void refuse(AccountId tenant, String issuer, String subject, Instant since) {
        sql.update(ACCOUNT_SSO_LINKS)
                .set(ACCOUNT_SSO_LINKS.REFUSED_AT, since)
                .where(
                        at(tenant, issuer, subject),
                        ACCOUNT_SSO_LINKS.REFUSED_AT.isNull().or(ACCOUNT_SSO_LINKS.REFUSED_AT.gt(since)))
                .execute();
    }

    /// Notes that the provider lets the person in.
    void accept(AccountId tenant, String issuer, String subject) {
        sql.update(ACCOUNT_SSO_LINKS)
                .setNull(ACCOUNT_SSO_LINKS.REFUSED_AT)
                .where(at(tenant, issuer, subject), ACCOUNT_SSO_LINKS.REFUSED_AT.isNotNull())
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
