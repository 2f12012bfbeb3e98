package dev.banyan.workspaces;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;

public final class WorkspaceUserStore extends Store {

    /// A user with the password hash to verify at sign-in.
    public record Credentials(WorkspaceUser user, String passwordHash) {}

    private static final int MOST_NAMED = 20;
    /// By what an address was proved to be the user's (docs/decisions/0074). An address is never proved by being typed.
    public enum EmailProof implements Keyed {
        /// A link that only the mail held was opened.
        LINK,
        INVITATION,
        /// A person who may make admins here added the user.
        ADMIN,
        /// A sign-in provider said that it's theirs.
        PROVIDER
    }

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");

    private static final List<SelectFieldOrAsterisk> COLUMNS = List.of(
            SUB_CLIENT_USERS.ID,
            SUB_CLIENT_USERS.SUB_CLIENT_ID,
            SUB_CLIENT_USERS.USERNAME,
            SUB_CLIENT_USERS.EMAIL,
            SUB_CLIENT_USERS.PASSWORD_HASH,
            SUB_CLIENT_USERS.ROLE,
            SUB_CLIENT_USERS.CREATED_AT,
            SUB_CLIENT_USERS.UPDATED_AT,
            SUB_CLIENT_USERS.LAST_SIGN_IN_AT);

    private final WorkspaceInboxStore inboxes;

    public WorkspaceUserStore(Tx tx) {
        super(tx);
        this.inboxes = new WorkspaceInboxStore(tx);
    }

    /// @param proof of the email; empty if it's only what somebody typed
    /// @return the user's number; empty if the username or the email is taken in this workspace
    public Optional<Integer> insert(
            AccountId tenant,
            WorkspaceId workspace,
            String username,
            String email,
            String passwordHash,
            WorkspaceRole role,
            Optional<EmailProof> proof,
            Instant now) {
        var provedAt = proof.map(_ -> now).orElse(null);
        var provedBy = proof.map(EmailProof::key).orElse(null);
        boolean inserted = Tx.changed(sql.insertInto(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.TENANT_ID, tenant)
                .set(SUB_CLIENT_USERS.SUB_CLIENT_ID, workspace)
                .set(SUB_CLIENT_USERS.USERNAME, username)
                .set(SUB_CLIENT_USERS.EMAIL, email)
                .set(SUB_CLIENT_USERS.PASSWORD_HASH, passwordHash)
                .set(SUB_CLIENT_USERS.ROLE, role.key())
                .set(SUB_CLIENT_USERS.EMAIL_PROVED_AT, provedAt)
                .set(SUB_CLIENT_USERS.EMAIL_PROVED_BY, provedBy)
                .set(SUB_CLIENT_USERS.CREATED_AT, now)
                .set(SUB_CLIENT_USERS.UPDATED_AT, now)
                .onConflictDoNothing());
        // Not RETURNING: on SQLite, jOOQ returns a made-up number when a conflict prevented the insert.
        return inserted
                ? sql.fetchOptionalValue(
                        SUB_CLIENT_USERS.ID, in(tenant, workspace).and(SUB_CLIENT_USERS.EMAIL.eq(email)))
                : Optional.empty();
    }

    public Optional<WorkspaceUser> find(AccountId tenant, WorkspaceId workspace, int id) {
        return select(tenant, workspace, SUB_CLIENT_USERS.ID.eq(id)).fetchOptional(WorkspaceUserStore::user);
    }

    /// Returns the names of these users; those who were removed have none.
    public Map<Integer, String> usernames(AccountId tenant, WorkspaceId workspace, Collection<Integer> ids) {
        return sql.select(SUB_CLIENT_USERS.ID, SUB_CLIENT_USERS.USERNAME)
                .from(SUB_CLIENT_USERS)
                .where(
                        SUB_CLIENT_USERS.TENANT_ID.eq(tenant),
                        SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(workspace),
                        SUB_CLIENT_USERS.ID.in(ids))
                .fetchMap(SUB_CLIENT_USERS.ID, SUB_CLIENT_USERS.USERNAME);
    }

    public Optional<Credentials> findCredentials(AccountId tenant, WorkspaceId workspace, int id) {
        return select(tenant, workspace, SUB_CLIENT_USERS.ID.eq(id)).fetchOptional(WorkspaceUserStore::credentials);
    }

    /// @param email in lower case
    public Optional<Credentials> findByEmail(AccountId tenant, WorkspaceId workspace, String email) {
        return select(tenant, workspace, SUB_CLIENT_USERS.EMAIL.eq(email))
                .fetchOptional(WorkspaceUserStore::credentials);
    }

    /// @param username in any letter case
    public Optional<Credentials> findByUsername(AccountId tenant, WorkspaceId workspace, String username) {
        return select(tenant, workspace, DSL.lower(SUB_CLIENT_USERS.USERNAME).eq(username.toLowerCase(Locale.ROOT)))
                .fetchOptional(WorkspaceUserStore::credentials);
    }

    /// Searches users, newest first.
    ///
    /// @param beginning of a username or an email, in any case; empty for all
    public List<WorkspaceUser> search(
            AccountId tenant, WorkspaceId workspace, String beginning, Optional<Integer> after, int limit) {
        String lower = CONTROLS.matcher(Names.lower(beginning)).replaceAll(""); // PostgreSQL rejects NUL
        return select(
                        tenant,
                        workspace,
                        DSL.lower(SUB_CLIENT_USERS.USERNAME)
                                .startsWith(lower)
                                .or(SUB_CLIENT_USERS.EMAIL.startsWith(lower))
                                .and(after.map(SUB_CLIENT_USERS.ID::lt).orElse(DSL.noCondition())))
                .orderBy(SUB_CLIENT_USERS.ID.desc())
                .limit(limit)
                .fetch(WorkspaceUserStore::user);
    }

    /// Counts admins, up to `most`.
    public int countAdmins(AccountId tenant, WorkspaceId workspace, int most) {
        return sql.fetchCount(select(tenant, workspace, SUB_CLIENT_USERS.ROLE.eq(WorkspaceRole.ADMIN.key()))
                .limit(most));
    }

    /// Sets the time zone in which the user reads times.
    public void setZone(AccountId tenant, WorkspaceId workspace, int user, ZoneId zone) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.TIME_ZONE, zone.getId())
                .where(is(tenant, workspace, user))
                .execute();
    }

    public void signedIn(AccountId tenant, WorkspaceId workspace, int user, Instant now) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.LAST_SIGN_IN_AT, now)
                .where(is(tenant, workspace, user))
                .execute();
    }

    /// Lists users, newest first.
    public List<WorkspaceUser> list(AccountId tenant, WorkspaceId workspace, Optional<Integer> after, int limit) {
        return select(tenant, workspace, after.map(SUB_CLIENT_USERS.ID::lt).orElse(DSL.noCondition()))
                .orderBy(SUB_CLIENT_USERS.ID.desc())
                .limit(limit)
                .fetch(WorkspaceUserStore::user);
    }

    /// Returns users with one of these roles, newest first.
    public List<WorkspaceUser> withRoles(
            AccountId tenant, WorkspaceId workspace, List<WorkspaceRole> roles, int limit) {
        return select(
                        tenant,
                        workspace,
                        SUB_CLIENT_USERS.ROLE.in(
                                roles.stream().map(WorkspaceRole::key).toList()))
                .orderBy(SUB_CLIENT_USERS.ID.desc())
                .limit(limit)
                .fetch(WorkspaceUserStore::user);
    }

    /// Returns the newest `most` users of each of many workspaces in one query, newest first.
    public Map<WorkspaceId, List<WorkspaceUser>> ofAll(AccountId tenant, Collection<WorkspaceId> workspaces, int most) {
        var place = DSL.rowNumber()
                .over()
                .partitionBy(SUB_CLIENT_USERS.SUB_CLIENT_ID)
                .orderBy(SUB_CLIENT_USERS.ID.desc())
                .as("place");
        var counted = sql.select(COLUMNS)
                .select(place)
                .from(SUB_CLIENT_USERS)
                .where(SUB_CLIENT_USERS.TENANT_ID.eq(tenant), SUB_CLIENT_USERS.SUB_CLIENT_ID.in(workspaces))
                .asTable("counted");
        return sql
                .select(counted.fields())
                .from(counted)
                .where(DSL.field(DSL.name("place"), Integer.class).le(most))
                .orderBy(DSL.field(SUB_CLIENT_USERS.ID.getUnqualifiedName(), Integer.class)
                        .desc())
                .fetch(WorkspaceUserStore::user)
                .stream()
                .collect(Collectors.groupingBy(WorkspaceUser::workspace));
    }

    public boolean hasAnotherAdmin(AccountId tenant, WorkspaceId workspace, int user) {
        return sql.fetchExists(select(
                tenant,
                workspace,
                SUB_CLIENT_USERS.ROLE.eq(WorkspaceRole.ADMIN.key()).and(SUB_CLIENT_USERS.ID.ne(user))));
    }

    public void setRole(AccountId tenant, WorkspaceId workspace, int user, WorkspaceRole role, Instant now) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.ROLE, role.key())
                .set(SUB_CLIENT_USERS.UPDATED_AT, now)
                .where(is(tenant, workspace, user))
                .execute();
    }

    /// Another email isn't proved by the proof of the one before.
    public void setNames(
            AccountId tenant, WorkspaceId workspace, int user, String username, String email, Instant now) {
        Condition stays = SUB_CLIENT_USERS.EMAIL.eq(email);
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.USERNAME, username)
                .set(SUB_CLIENT_USERS.EMAIL, email)
                .set(SUB_CLIENT_USERS.EMAIL_PROVED_AT, DSL.when(stays, SUB_CLIENT_USERS.EMAIL_PROVED_AT))
                .set(SUB_CLIENT_USERS.EMAIL_PROVED_BY, DSL.when(stays, SUB_CLIENT_USERS.EMAIL_PROVED_BY))
                .set(SUB_CLIENT_USERS.UPDATED_AT, now)
                .where(is(tenant, workspace, user))
                .execute();
    }

    /// Whether the user's email was proved to be theirs.
    public boolean isEmailProved(AccountId tenant, WorkspaceId workspace, int user) {
        return sql.fetchExists(
                SUB_CLIENT_USERS, is(tenant, workspace, user), SUB_CLIENT_USERS.EMAIL_PROVED_AT.isNotNull());
    }

    /// Keeps an earlier proof.
    public void proveEmail(AccountId tenant, WorkspaceId workspace, int user, EmailProof proof, Instant now) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.EMAIL_PROVED_AT, now)
                .set(SUB_CLIENT_USERS.EMAIL_PROVED_BY, proof.key())
                .where(is(tenant, workspace, user), SUB_CLIENT_USERS.EMAIL_PROVED_AT.isNull())
                .execute();
    }

    public void setPasswordHash(AccountId tenant, WorkspaceId workspace, int user, String hash, Instant now) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.PASSWORD_HASH, hash)
                .set(SUB_CLIENT_USERS.UPDATED_AT, now)
                .where(is(tenant, workspace, user))
                .execute();
    }

    /// Returns the workspaces of an account that have users.
    public List<WorkspaceId> workspaces(Owner owner) {
        return sql.selectDistinct(SUB_CLIENT_USERS.SUB_CLIENT_ID)
                .from(SUB_CLIENT_USERS)
                .where(ofAccount(owner))
                .fetch(row -> row.value1());
    }

    /// Counts the users of all workspaces of an account.
    public long count(Owner owner) {
        return sql.fetchCount(SUB_CLIENT_USERS, ofAccount(owner));
    }

    public List<String> named(Owner owner, Collection<String> emails) {
        return sql.selectDistinct(SUB_CLIENT_USERS.USERNAME)
                .from(SUB_CLIENT_USERS)
                .where(ofAccount(owner), SUB_CLIENT_USERS.EMAIL.in(emails))
                .orderBy(SUB_CLIENT_USERS.USERNAME)
                .limit(MOST_NAMED)
                .fetch(SUB_CLIENT_USERS.USERNAME);
    }

    /// Returns the names of admins in all workspaces of an account.
    public List<String> admins(Owner owner) {
        return sql.selectDistinct(SUB_CLIENT_USERS.USERNAME)
                .from(SUB_CLIENT_USERS)
                .where(ofAccount(owner), SUB_CLIENT_USERS.ROLE.eq(WorkspaceRole.ADMIN.key()))
                .orderBy(SUB_CLIENT_USERS.USERNAME)
                .limit(MOST_NAMED)
                .fetch(SUB_CLIENT_USERS.USERNAME);
    }

    /// Ends all passwords in the workspaces of an account, and takes the email of some people away, to which a link
    /// for a new one would go.
    public void shutOut(Owner owner, String noPassword, Collection<String> emails) {
        sql.update(SUB_CLIENT_USERS)
                .set(SUB_CLIENT_USERS.PASSWORD_HASH, noPassword)
                .where(ofAccount(owner))
                .execute();
        sql.update(SUB_CLIENT_USERS)
                .set(
                        SUB_CLIENT_USERS.EMAIL,
                        DSL.concat(
                                DSL.val("removed-"),
                                SUB_CLIENT_USERS.ID.cast(String.class),
                                DSL.val("@former.invalid")))
                .where(ofAccount(owner), SUB_CLIENT_USERS.EMAIL.in(emails))
                .execute();
    }

    private static Condition ofAccount(Owner owner) {
        return SUB_CLIENT_USERS
                .TENANT_ID
                .eq(owner.tenant())
                .and(SUB_CLIENT_USERS.SUB_CLIENT_ID.in(DSL.select(SUB_CLIENTS.ID)
                        .from(SUB_CLIENTS)
                        .join(PROJECTS)
                        .on(PROJECTS.ID.eq(SUB_CLIENTS.PROJECT_ID), PROJECTS.TENANT_ID.eq(SUB_CLIENTS.TENANT_ID))
                        .where(PROJECTS.TENANT_ID.eq(owner.tenant()), PROJECTS.ACCOUNT_ID.eq(owner.account()))));
    }

    /// Removes a user with their sessions and conversations.
    public void delete(AccountId tenant, WorkspaceId workspace, int user) {
        sql.deleteFrom(SUB_CLIENT_USERS).where(is(tenant, workspace, user)).execute();
        inboxes.recount(tenant, workspace); // chats of theirs may have waited in it
    }

    private SelectConditionStep<Record> select(AccountId tenant, WorkspaceId workspace, Condition condition) {
        return sql.select(COLUMNS).from(SUB_CLIENT_USERS).where(in(tenant, workspace), condition);
    }

    private static Condition is(AccountId tenant, WorkspaceId workspace, int user) {
        return in(tenant, workspace).and(SUB_CLIENT_USERS.ID.eq(user));
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return SUB_CLIENT_USERS.TENANT_ID.eq(tenant).and(SUB_CLIENT_USERS.SUB_CLIENT_ID.eq(workspace));
    }

    private static Credentials credentials(Record row) {
        return new Credentials(user(row), row.get(SUB_CLIENT_USERS.PASSWORD_HASH));
    }

    private static WorkspaceUser user(Record row) {
        return new WorkspaceUser(
                row.get(SUB_CLIENT_USERS.ID),
                row.get(SUB_CLIENT_USERS.SUB_CLIENT_ID),
                row.get(SUB_CLIENT_USERS.USERNAME),
                row.get(SUB_CLIENT_USERS.EMAIL),
                Keyed.of(WorkspaceRole.class, row.get(SUB_CLIENT_USERS.ROLE)),
                row.get(SUB_CLIENT_USERS.CREATED_AT),
                row.get(SUB_CLIENT_USERS.UPDATED_AT),
                Optional.ofNullable(row.get(SUB_CLIENT_USERS.LAST_SIGN_IN_AT)));
    }
}
