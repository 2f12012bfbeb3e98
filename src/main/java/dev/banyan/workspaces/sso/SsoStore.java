package dev.banyan.workspaces.sso;

import static dev.banyan.schema.Tables.WORKSPACE_SSO;
import static dev.banyan.schema.Tables.WORKSPACE_SSO_LINKS;

import module java.base;
import dev.banyan.accounts.domains.Domains;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.sso.Rechecks;
import dev.banyan.platform.sso.SsoProvider;
import dev.banyan.platform.sso.SsoSettings;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.sso.StoredSso.Told;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Settings of single sign-on, and who users are at their providers.
final class SsoStore {

    private final DSLContext sql;

    private final Tx tx;

    SsoStore(Tx tx) {
        this.tx = tx;
        this.sql = tx.sql();
    }

    Optional<StoredSso> find(AccountId tenant, WorkspaceId workspace) {
        return sql.selectFrom(WORKSPACE_SSO)
                .where(in(tenant, workspace))
                .fetchOptional(row -> new StoredSso(
                        SsoSettings.read(row.get(WORKSPACE_SSO.SETTINGS)),
                        Optional.ofNullable(row.get(WORKSPACE_SSO.SECRET)),
                        row.get(WORKSPACE_SSO.IS_PASSWORD_ON),
                        row.get(WORKSPACE_SSO.IS_LINKED_PASSWORD_ON),
                        Optional.ofNullable(row.get(WORKSPACE_SSO.EMERGENCY_USER_ID)),
                        Optional.ofNullable(row.get(WORKSPACE_SSO.TOLD_PATH))
                                .map(path -> new Told(Optional.ofNullable(row.get(WORKSPACE_SSO.TOLD_HOST)), path))
                                .filter(told -> told.host()
                                        .filter(host -> !Domains.isOf(tx, host, workspace.value()))
                                        .isEmpty()),
                        row.get(WORKSPACE_SSO.CREATED_AT),
                        row.get(WORKSPACE_SSO.UPDATED_AT)));
    }

    /// Notes the address that the provider is told from now on. [#put] leaves it as it is.
    void tell(AccountId tenant, WorkspaceId workspace, Told told) {
        sql.update(WORKSPACE_SSO)
                .set(WORKSPACE_SSO.TOLD_HOST, told.host().orElse(null))
                .set(WORKSPACE_SSO.TOLD_PATH, told.shortPath())
                .where(in(tenant, workspace))
                .execute();
    }

    void put(AccountId tenant, WorkspaceId workspace, StoredSso wanted) {
        SsoSettings settings = wanted.settings();
        Columns columns = new Columns()
                .with(WORKSPACE_SSO.KIND, settings.provider().kind())
                .with(WORKSPACE_SSO.SETTINGS, settings.written())
                .with(WORKSPACE_SSO.SECRET, wanted.sealedSecret())
                .with(WORKSPACE_SSO.IS_PASSWORD_ON, wanted.passwordSignIn())
                .with(WORKSPACE_SSO.IS_LINKED_PASSWORD_ON, wanted.linkedPasswords())
                .with(WORKSPACE_SSO.EMERGENCY_USER_ID, wanted.emergencyUser())
                .with(WORKSPACE_SSO.UPDATED_AT, wanted.updatedAt());
        sql.insertInto(WORKSPACE_SSO)
                .set(WORKSPACE_SSO.TENANT_ID, tenant)
                .set(WORKSPACE_SSO.SUB_CLIENT_ID, workspace)
                .set(columns)
                .set(WORKSPACE_SSO.CREATED_AT, wanted.createdAt())
                .onConflict(WORKSPACE_SSO.SUB_CLIENT_ID)
                .doUpdate()
                .set(columns)
                .where(WORKSPACE_SSO.TENANT_ID.eq(tenant))
                .execute();
    }

    boolean delete(AccountId tenant, WorkspaceId workspace) {
        return sql.deleteFrom(WORKSPACE_SSO).where(in(tenant, workspace)).execute() > 0;
    }

    /// A workspace with an OpenID provider.
    record Provided(AccountId tenant, WorkspaceId workspace, SsoSettings settings) {}

    /// Returns workspaces at OpenID providers, by id.
    @AllTenants("a job looks for those where anyone could become a user")
    List<Provided> atOpenIdProviders(String after, int limit) {
        return sql.select(WORKSPACE_SSO.TENANT_ID, WORKSPACE_SSO.SUB_CLIENT_ID, WORKSPACE_SSO.SETTINGS)
                .from(WORKSPACE_SSO)
                .where(
                        WORKSPACE_SSO.KIND.eq(SsoProvider.OIDC),
                        WORKSPACE_SSO.SUB_CLIENT_ID.coerce(String.class).gt(after))
                .orderBy(WORKSPACE_SSO.SUB_CLIENT_ID)
                .limit(limit)
                .fetch(row -> new Provided(row.value1(), row.value2(), SsoSettings.read(row.value3())));
    }

    @AllTenants("only checks that the secrets can be opened")
    List<String> sealedSecrets() {
        return sql
                .select(WORKSPACE_SSO.SECRET)
                .from(WORKSPACE_SSO)
                .where(WORKSPACE_SSO.SECRET.isNotNull())
                .fetch(WORKSPACE_SSO.SECRET)
                .stream()
                .map(Objects::requireNonNull)
                .toList();
    }

    /// A secret as it is sealed, and the provider that it is used at.
    record SealedSecret(AccountId tenant, WorkspaceId workspace, SsoSettings settings, String sealed) {}

    @AllTenants("binds secrets to their providers once, after an update")
    List<SealedSecret> sealedBefore(String prefix) {
        return sql.selectFrom(WORKSPACE_SSO)
                .where(WORKSPACE_SSO.SECRET.startsWith(prefix))
                .fetch(row -> new SealedSecret(
                        row.get(WORKSPACE_SSO.TENANT_ID),
                        row.get(WORKSPACE_SSO.SUB_CLIENT_ID),
                        SsoSettings.read(row.get(WORKSPACE_SSO.SETTINGS)),
                        Objects.requireNonNull(row.get(WORKSPACE_SSO.SECRET))));
    }

    void reseal(AccountId tenant, SealedSecret before, String sealed) {
        sql.update(WORKSPACE_SSO)
                .set(WORKSPACE_SSO.SECRET, sealed)
                .where(in(tenant, before.workspace()), WORKSPACE_SSO.SECRET.eq(before.sealed()))
                .execute();
    }

    /// Returns the user who is this person at the provider.
    Optional<Integer> findLinked(AccountId tenant, WorkspaceId workspace, String issuer, String subject) {
        return sql.select(WORKSPACE_SSO_LINKS.USER_ID)
                .from(WORKSPACE_SSO_LINKS)
                .where(at(tenant, workspace, issuer, subject))
                .fetchOptional(WORKSPACE_SSO_LINKS.USER_ID);
    }

    /// Notes where a person’s directory is now, if it has moved since it last named them.
    void follow(AccountId tenant, WorkspaceId workspace, String issuer, String subject) {
        if (!SsoProvider.isDirectory(issuer)
                || findLinked(tenant, workspace, issuer, subject).isPresent()) {
            return;
        }
        sql.select(WORKSPACE_SSO_LINKS.ISSUER)
                .from(WORKSPACE_SSO_LINKS)
                .where(
                        WORKSPACE_SSO_LINKS.TENANT_ID.eq(tenant),
                        WORKSPACE_SSO_LINKS.SUB_CLIENT_ID.eq(workspace),
                        WORKSPACE_SSO_LINKS.SUBJECT.eq(subject),
                        WORKSPACE_SSO_LINKS.ISSUER.startsWith(SsoProvider.DIRECTORY))
                .orderBy(WORKSPACE_SSO_LINKS.ACCEPTED_AT.desc())
                .limit(1)
                .fetchOptional(WORKSPACE_SSO_LINKS.ISSUER)
                .ifPresent(before -> sql.update(WORKSPACE_SSO_LINKS)
                        .set(WORKSPACE_SSO_LINKS.ISSUER, issuer)
                        .where(at(tenant, workspace, before, subject))
                        .execute());
    }

    /// Whether the user is somebody at this provider already.
    boolean isLinked(AccountId tenant, WorkspaceId workspace, String issuer, int user) {
        return sql.fetchExists(WORKSPACE_SSO_LINKS, of(tenant, workspace, user), WORKSPACE_SSO_LINKS.ISSUER.eq(issuer));
    }

    /// Whether the user comes from any provider, also from one that was set up before.
    boolean isLinked(AccountId tenant, WorkspaceId workspace, int user) {
        return sql.fetchExists(WORKSPACE_SSO_LINKS, of(tenant, workspace, user));
    }

    /// Whether a provider of the user has refused them since then.
    boolean isRefused(AccountId tenant, WorkspaceId workspace, int user, Instant then) {
        return sql.fetchExists(
                WORKSPACE_SSO_LINKS, of(tenant, workspace, user), WORKSPACE_SSO_LINKS.REFUSED_AT.le(then));
    }

    /// Who a user is at a provider.
    ///
    /// @param acceptedAt when a provider of the user last let them in
    record Link(AccountId tenant, WorkspaceId workspace, String issuer, String subject, int user, Instant acceptedAt) {}

    /// Returns the people who are to be looked at, also those without a session, and notes when they are next.
    @AllTenants("a job asks the providers of all tenants")
    List<Link> takeDue(Instant now, int limit) {
        List<Link> due = sql.selectFrom(WORKSPACE_SSO_LINKS)
                .where(WORKSPACE_SSO_LINKS.DUE_AT.le(now))
                .orderBy(WORKSPACE_SSO_LINKS.DUE_AT)
                .limit(limit)
                .fetch(row -> new Link(
                        row.get(WORKSPACE_SSO_LINKS.TENANT_ID),
                        row.get(WORKSPACE_SSO_LINKS.SUB_CLIENT_ID),
                        row.get(WORKSPACE_SSO_LINKS.ISSUER),
                        row.get(WORKSPACE_SSO_LINKS.SUBJECT),
                        row.get(WORKSPACE_SSO_LINKS.USER_ID),
                        row.get(WORKSPACE_SSO_LINKS.ACCEPTED_AT)));
        sql.update(WORKSPACE_SSO_LINKS)
                .set(
                        WORKSPACE_SSO_LINKS.DUE_AT,
                        DSL.when(
                                        WORKSPACE_SSO_LINKS.ISSUER.startsWith(SsoProvider.DIRECTORY),
                                        at(now, Rechecks.RETRIED_AFTER))
                                .otherwise(at(now, Rechecks.NOTED_EVERY)))
                .where(DSL.row(
                                WORKSPACE_SSO_LINKS.SUB_CLIENT_ID,
                                WORKSPACE_SSO_LINKS.ISSUER,
                                WORKSPACE_SSO_LINKS.SUBJECT)
                        .in(due.stream()
                                .map(link -> DSL.row(link.workspace(), link.issuer(), link.subject()))
                                .toList()))
                .execute();
        return due;
    }

    private static Field<Instant> at(Instant now, Duration later) {
        return DSL.val(now.plus(later), WORKSPACE_SSO_LINKS.DUE_AT);
    }

    /// Notes that the provider refuses a person, who isn’t looked at any more. An earlier time stays.
    ///
    /// @param since the epoch, if it said that the person may not be in
    void refuse(AccountId tenant, WorkspaceId workspace, String issuer, String subject, Instant since) {
        sql.update(WORKSPACE_SSO_LINKS)
                .set(WORKSPACE_SSO_LINKS.REFUSED_AT, since)
                .setNull(WORKSPACE_SSO_LINKS.DUE_AT)
                .where(
                        at(tenant, workspace, issuer, subject),
                        WORKSPACE_SSO_LINKS.REFUSED_AT.isNull().or(WORKSPACE_SSO_LINKS.REFUSED_AT.gt(since)))
                .execute();
    }

    /// Notes that the providers of these users refuse them since they last let them in, if that was before then.
    ///
    /// @return those of whom it was
    List<Integer> refuseSilent(AccountId tenant, WorkspaceId workspace, Collection<Integer> users, Instant then) {
        Condition silent = linked(tenant, workspace)
                .and(WORKSPACE_SSO_LINKS.USER_ID.in(users))
                .and(WORKSPACE_SSO_LINKS.REFUSED_AT.isNull())
                .and(WORKSPACE_SSO_LINKS.ACCEPTED_AT.le(then));
        List<Integer> refused = sql.selectDistinct(WORKSPACE_SSO_LINKS.USER_ID)
                .from(WORKSPACE_SSO_LINKS)
                .where(silent)
                .fetch(WORKSPACE_SSO_LINKS.USER_ID);
        sql.update(WORKSPACE_SSO_LINKS)
                .set(WORKSPACE_SSO_LINKS.REFUSED_AT, WORKSPACE_SSO_LINKS.ACCEPTED_AT)
                .setNull(WORKSPACE_SSO_LINKS.DUE_AT)
                .where(silent)
                .execute();
        return refused;
    }

    /// Notes that a provider of the user lets them in, also for the providers that they had before. Written once a day.
    void accept(AccountId tenant, WorkspaceId workspace, int user, Instant now) {
        sql.update(WORKSPACE_SSO_LINKS)
                .setNull(WORKSPACE_SSO_LINKS.REFUSED_AT)
                .set(WORKSPACE_SSO_LINKS.ACCEPTED_AT, now)
                .set(WORKSPACE_SSO_LINKS.DUE_AT, now.plus(Rechecks.NOTED_EVERY))
                .where(
                        of(tenant, workspace, user),
                        WORKSPACE_SSO_LINKS
                                .REFUSED_AT
                                .isNotNull()
                                .or(WORKSPACE_SSO_LINKS.ACCEPTED_AT.le(now.minus(Rechecks.NOTED_EVERY))))
                .execute();
    }

    /// Makes a user nobody at any provider.
    void unlink(AccountId tenant, WorkspaceId workspace, int user) {
        sql.deleteFrom(WORKSPACE_SSO_LINKS).where(of(tenant, workspace, user)).execute();
    }

    private static Condition of(AccountId tenant, WorkspaceId workspace, int user) {
        return linked(tenant, workspace).and(WORKSPACE_SSO_LINKS.USER_ID.eq(user));
    }

    private static Condition at(AccountId tenant, WorkspaceId workspace, String issuer, String subject) {
        return linked(tenant, workspace)
                .and(WORKSPACE_SSO_LINKS.ISSUER.eq(issuer))
                .and(WORKSPACE_SSO_LINKS.SUBJECT.eq(subject));
    }

    private static Condition linked(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_SSO_LINKS.TENANT_ID.eq(tenant).and(WORKSPACE_SSO_LINKS.SUB_CLIENT_ID.eq(workspace));
    }

    void link(AccountId tenant, WorkspaceId workspace, String issuer, String subject, int user, Instant now) {
        sql.insertInto(WORKSPACE_SSO_LINKS)
                .set(WORKSPACE_SSO_LINKS.TENANT_ID, tenant)
                .set(WORKSPACE_SSO_LINKS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_SSO_LINKS.ISSUER, issuer)
                .set(WORKSPACE_SSO_LINKS.SUBJECT, subject)
                .set(WORKSPACE_SSO_LINKS.USER_ID, user)
                .set(WORKSPACE_SSO_LINKS.CREATED_AT, now)
                .set(WORKSPACE_SSO_LINKS.ACCEPTED_AT, now)
                .set(WORKSPACE_SSO_LINKS.DUE_AT, now.plus(Rechecks.NOTED_EVERY))
                .execute();
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_SSO.TENANT_ID.eq(tenant).and(WORKSPACE_SSO.SUB_CLIENT_ID.eq(workspace));
    }
}
