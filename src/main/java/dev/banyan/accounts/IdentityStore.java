package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Zones;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Columns;
import dev.banyan.platform.db.RowLock;
import dev.banyan.platform.db.SqlCache;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/// Identities, their memberships, and which of them run the server.
public final class IdentityStore extends Store {

    /// A person with everything that a sign-in needs to know, from one query.
    ///
    /// @param home the identity's home account, while it is a member there
    public record Person(Identity identity, boolean operator, Optional<AccountId> home) {

        /// Returns true for an operator without an account, whose first page is the server's.
        public boolean operatorOnly() {
            return operator && home.isEmpty();
        }
    }

    private static final SqlCache HOME = new SqlCache();

    public IdentityStore(Tx tx) {
        super(tx);
    }

    /// @return false if the e-mail is taken
    @AllTenants("an identity belongs only to itself")
    public boolean insert(Identity identity, Instant now) {
        return Tx.changed(sql.insertInto(IDENTITIES)
                .set(IDENTITIES.ID, identity.id())
                .set(IDENTITIES.EMAIL, identity.email())
                .set(IDENTITIES.PASSWORD_HASH, identity.passwordHash())
                .set(IDENTITIES.HOME_ACCOUNT_ID, identity.homeAccount().orElse(null))
                .set(IDENTITIES.NAME, identity.name().orElse(null))
                .set(IDENTITIES.CREATED_AT, now)
                .set(IDENTITIES.UPDATED_AT, now)
                .onConflictDoNothing());
    }

    public void insertOwner(AccountId tenant, IdentityId identity, Instant now) {
        sql.insertInto(MEMBERSHIPS)
                .set(MEMBERSHIPS.TENANT_ID, tenant)
                .set(MEMBERSHIPS.IDENTITY_ID, identity)
                .set(MEMBERSHIPS.ROLE, "owner")
                .set(MEMBERSHIPS.CREATED_AT, now)
                .execute();
    }

    public void insertOperator(IdentityId identity, Instant now) {
        sql.insertInto(OPERATORS)
                .set(OPERATORS.IDENTITY_ID, identity)
                .set(OPERATORS.CREATED_AT, now)
                .execute();
    }

    public boolean isMember(AccountId tenant, IdentityId identity) {
        return sql.fetchExists(MEMBERSHIPS, MEMBERSHIPS.TENANT_ID.eq(tenant), MEMBERSHIPS.IDENTITY_ID.eq(identity));
    }

    @AllTenants("asks about the server, not about a tenant")
    public boolean hasOperator() {
        return sql.fetchExists(OPERATORS);
    }

    /// Returns the emails of operators with neither a second step nor a passkey, in order.
    @AllTenants("asks about the server, not about a tenant")
    public List<String> operatorsWithoutFactor() {
        return sql.select(IDENTITIES.EMAIL)
                .from(OPERATORS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(OPERATORS.IDENTITY_ID))
                .whereNotExists(DSL.selectOne().from(PASSKEYS).where(PASSKEYS.IDENTITY_ID.eq(OPERATORS.IDENTITY_ID)))
                .andNotExists(DSL.selectOne()
                        .from(SECOND_FACTORS)
                        .where(
                                SECOND_FACTORS.IDENTITY_ID.eq(OPERATORS.IDENTITY_ID),
                                SECOND_FACTORS.TOTP_ENABLED.eq(true).or(SECOND_FACTORS.EMAIL_ENABLED.eq(true))))
                .orderBy(IDENTITIES.EMAIL)
                .fetch(IDENTITIES.EMAIL);
    }

    /// Returns when the first of all people was created.
    @AllTenants("asks about the server, not about a tenant")
    public Optional<Instant> oldest() {
        return sql.select(IDENTITIES.CREATED_AT)
                .from(IDENTITIES)
                .orderBy(IDENTITIES.CREATED_AT)
                .limit(1)
                .fetchOptional(IDENTITIES.CREATED_AT);
    }

    /// Returns the identity's home account, while it is a member there.
    public Optional<AccountId> home(IdentityId identity) {
        return HOME.one(
                        sql,
                        () -> sql.select(IDENTITIES.HOME_ACCOUNT_ID)
                                .from(IDENTITIES)
                                .join(MEMBERSHIPS)
                                .on(
                                        MEMBERSHIPS.IDENTITY_ID.eq(IDENTITIES.ID),
                                        MEMBERSHIPS.TENANT_ID.eq(IDENTITIES.HOME_ACCOUNT_ID))
                                .where(IDENTITIES.ID.eq(identity)),
                        identity)
                .map(row -> row.get(IDENTITIES.HOME_ACCOUNT_ID));
    }

    public List<String> ownerEmails(AccountId tenant) {
        return sql.select(IDENTITIES.EMAIL)
                .from(MEMBERSHIPS)
                .join(IDENTITIES)
                .on(IDENTITIES.ID.eq(MEMBERSHIPS.IDENTITY_ID))
                .where(MEMBERSHIPS.TENANT_ID.eq(tenant), MEMBERSHIPS.ROLE.eq("owner"))
                .orderBy(IDENTITIES.ID)
                .fetch(IDENTITIES.EMAIL);
    }

    public Optional<Identity> find(IdentityId id) {
        return findPerson(id).map(Person::identity);
    }

    public Optional<Person> findPerson(IdentityId id) {
        return findWhere(IDENTITIES.ID.eq(id));
    }

    @AllTenants("e-mails are unique on the whole server")
    public Optional<Person> findByEmail(String email) {
        return findWhere(IDENTITIES.EMAIL.eq(email));
    }

    public Optional<Person> findByHome(AccountId account) {
        return findWhere(IDENTITIES.HOME_ACCOUNT_ID.eq(account));
    }

    private Optional<Person> findWhere(Condition condition) {
        return sql.select(
                        IDENTITIES.ID,
                        IDENTITIES.EMAIL,
                        IDENTITIES.PASSWORD_HASH,
                        IDENTITIES.HOME_ACCOUNT_ID,
                        IDENTITIES.EMAIL_CONFIRMED_AT,
                        OPERATORS.IDENTITY_ID,
                        MEMBERSHIPS.TENANT_ID,
                        IDENTITIES.NAME,
                        IDENTITIES.PICTURE)
                .from(IDENTITIES)
                .leftJoin(OPERATORS)
                .on(OPERATORS.IDENTITY_ID.eq(IDENTITIES.ID))
                .leftJoin(MEMBERSHIPS)
                .on(MEMBERSHIPS.IDENTITY_ID.eq(IDENTITIES.ID), MEMBERSHIPS.TENANT_ID.eq(IDENTITIES.HOME_ACCOUNT_ID))
                .where(condition)
                .orderBy(IDENTITIES.ID)
                .limit(1)
                .fetchOptional(row -> new Person(
                        new Identity(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                Optional.ofNullable(row.value4()),
                                row.value5() != null,
                                Optional.ofNullable(row.value8()),
                                Optional.ofNullable(row.value9()).map(Paths::picture)),
                        row.value6() != null,
                        Optional.ofNullable(row.value7())));
    }

    public void setPasswordHash(IdentityId id, String hash, Instant now) {
        change(id, now, new Columns().with(IDENTITIES.PASSWORD_HASH, hash));
    }

    /// Sets the password, unless it has been changed since `oldHash` was read.
    public boolean replacePasswordHash(IdentityId id, String oldHash, String hash, Instant now) {
        return Tx.changed(sql.update(IDENTITIES)
                .set(IDENTITIES.PASSWORD_HASH, hash)
                .set(IDENTITIES.UPDATED_AT, now)
                .where(IDENTITIES.ID.eq(id), IDENTITIES.PASSWORD_HASH.eq(oldHash)));
    }

    /// Locks a person whose password was verified, so that the password cannot change before their session is open.
    ///
    /// @return false if the password has changed since
    public boolean lock(IdentityId id, String passwordHash) {
        return RowLock.on(
                        sql.select(IDENTITIES.ID)
                                .from(IDENTITIES)
                                .where(IDENTITIES.ID.eq(id), IDENTITIES.PASSWORD_HASH.eq(passwordHash)),
                        sql)
                .fetchOptional()
                .isPresent();
    }

    /// Sets an e-mail that is not taken and whose link was just opened.
    public void setEmail(IdentityId id, String email, Instant now) {
        change(id, now, new Columns().with(IDENTITIES.EMAIL, email).with(IDENTITIES.EMAIL_CONFIRMED_AT, now));
    }

    /// Returns when the person confirmed the e-mail that they sign in with.
    public Optional<Instant> emailConfirmedAt(IdentityId id) {
        return sql.fetchOptionalValue(IDENTITIES.EMAIL_CONFIRMED_AT, IDENTITIES.ID.eq(id));
    }

    public void setName(IdentityId id, Optional<String> name, Instant now) {
        change(id, now, new Columns().with(IDENTITIES.NAME, name));
    }

    /// Replaces the name of a person's picture.
    ///
    /// @return the former one
    public Optional<String> replacePicture(IdentityId id, Optional<String> name, Instant now) {
        Optional<String> former = RowLock.on(
                        sql.select(IDENTITIES.PICTURE).from(IDENTITIES).where(IDENTITIES.ID.eq(id)), sql)
                .fetchOptional(IDENTITIES.PICTURE);
        change(id, now, new Columns().with(IDENTITIES.PICTURE, name));
        return former;
    }

    /// Returns true if there is a picture of this name, and the person has it or shares an account with who has it.
    @AllTenants("people may share any account")
    public boolean showsPicture(IdentityId viewer, String name) {
        var theirs = MEMBERSHIPS.as("theirs");
        return sql.fetchExists(
                IDENTITIES,
                IDENTITIES
                        .PICTURE
                        .eq(name)
                        .and(IDENTITIES
                                .ID
                                .eq(viewer)
                                .orExists(DSL.selectOne()
                                        .from(MEMBERSHIPS)
                                        .join(theirs)
                                        .on(theirs.TENANT_ID.eq(MEMBERSHIPS.TENANT_ID))
                                        .where(
                                                MEMBERSHIPS.IDENTITY_ID.eq(viewer),
                                                theirs.IDENTITY_ID.eq(IDENTITIES.ID)))));
    }

    /// Returns the time zone in which the person reads times; UTC until they have one.
    public ZoneId zone(IdentityId id) {
        return sql.fetchOptionalValue(IDENTITIES.TIME_ZONE, IDENTITIES.ID.eq(id))
                .flatMap(Zones::of)
                .orElse(ZoneOffset.UTC);
    }

    /// Sets the time zone in which the person reads times.
    public void setZone(IdentityId id, ZoneId zone, Instant now) {
        change(id, now, new Columns().with(IDENTITIES.TIME_ZONE, zone.getId()));
    }

    /// Sets the time zone of a person who has none, and of the account that they own if it has none.
    @AllTenants("an identity belongs only to itself")
    public void setFirstZone(IdentityId id, ZoneId zone) {
        sql.update(IDENTITIES)
                .set(IDENTITIES.TIME_ZONE, zone.getId())
                .where(IDENTITIES.ID.eq(id), IDENTITIES.TIME_ZONE.isNull())
                .execute();
        sql.update(ACCOUNTS)
                .set(ACCOUNTS.TIME_ZONE, zone.getId())
                .where(
                        ACCOUNTS.TIME_ZONE.isNull(),
                        ACCOUNTS.ID.eq(DSL.select(IDENTITIES.HOME_ACCOUNT_ID)
                                .from(IDENTITIES)
                                .join(MEMBERSHIPS)
                                .on(
                                        MEMBERSHIPS.IDENTITY_ID.eq(IDENTITIES.ID),
                                        MEMBERSHIPS.TENANT_ID.eq(IDENTITIES.HOME_ACCOUNT_ID))
                                .where(IDENTITIES.ID.eq(id), MEMBERSHIPS.ROLE.eq("owner"))))
                .execute();
    }

    public Optional<String> phone(IdentityId id) {
        return sql.fetchOptionalValue(IDENTITIES.PHONE, IDENTITIES.ID.eq(id));
    }

    public void setPhone(IdentityId id, Optional<String> phone, Instant now) {
        change(id, now, new Columns().with(IDENTITIES.PHONE, phone));
    }

    @AllTenants("found by the secret in the link")
    public void insertConfirmation(String tokenHash, IdentityId identity, String email, Instant expiresAt) {
        sql.insertInto(EMAIL_CONFIRMATIONS)
                .set(EMAIL_CONFIRMATIONS.TOKEN_HASH, tokenHash)
                .set(EMAIL_CONFIRMATIONS.IDENTITY_ID, identity)
                .set(EMAIL_CONFIRMATIONS.EMAIL, email)
                .set(EMAIL_CONFIRMATIONS.EXPIRES_AT, expiresAt)
                .execute();
    }

    /// Confirms the e-mail that the token was sent to, if it is still the identity's. The token may be opened again:
    /// mail scanners open links before people do.
    @AllTenants("found by the secret in the link")
    public boolean confirm(String tokenHash, Instant now) {
        return sql.select(EMAIL_CONFIRMATIONS.IDENTITY_ID, EMAIL_CONFIRMATIONS.EMAIL)
                .from(EMAIL_CONFIRMATIONS)
                .where(EMAIL_CONFIRMATIONS.TOKEN_HASH.eq(tokenHash), EMAIL_CONFIRMATIONS.EXPIRES_AT.gt(now))
                .fetchOptional()
                .map(row -> Tx.changed(sql.update(IDENTITIES)
                        .set(
                                IDENTITIES.EMAIL_CONFIRMED_AT,
                                DSL.coalesce(
                                        IDENTITIES.EMAIL_CONFIRMED_AT, DSL.val(now, IDENTITIES.EMAIL_CONFIRMED_AT)))
                        .where(IDENTITIES.ID.eq(row.value1()), IDENTITIES.EMAIL.eq(row.value2()))))
                .orElse(false);
    }

    /// Confirms the e-mail of an identity, because a link that was sent to it has been opened.
    public void confirm(IdentityId identity, String email, Instant now) {
        sql.update(IDENTITIES)
                .set(IDENTITIES.EMAIL_CONFIRMED_AT, now)
                .where(IDENTITIES.ID.eq(identity), IDENTITIES.EMAIL.eq(email), IDENTITIES.EMAIL_CONFIRMED_AT.isNull())
                .execute();
    }

    /// Deletes the links that would confirm the person's e-mail.
    public void deleteConfirmations(IdentityId identity) {
        sql.deleteFrom(EMAIL_CONFIRMATIONS)
                .where(EMAIL_CONFIRMATIONS.IDENTITY_ID.eq(identity))
                .execute();
    }

    /// Sets the home account of a person who has none.
    ///
    /// @return false if they have one
    public boolean setHome(IdentityId identity, AccountId home, Instant now) {
        return Tx.changed(sql.update(IDENTITIES)
                .set(IDENTITIES.HOME_ACCOUNT_ID, home)
                .set(IDENTITIES.UPDATED_AT, now)
                .where(IDENTITIES.ID.eq(identity), IDENTITIES.HOME_ACCOUNT_ID.isNull()));
    }

    /// Removes the person's home account.
    public void leaveHome(IdentityId identity, AccountId home) {
        sql.update(IDENTITIES)
                .setNull(IDENTITIES.HOME_ACCOUNT_ID)
                .where(IDENTITIES.ID.eq(identity), IDENTITIES.HOME_ACCOUNT_ID.eq(home))
                .execute();
    }

    @AllTenants("clears expired links of all users")
    public int deleteConfirmationsBefore(Instant now) {
        return sql.deleteFrom(EMAIL_CONFIRMATIONS)
                .where(EMAIL_CONFIRMATIONS.EXPIRES_AT.lt(now))
                .execute();
    }

    private void change(IdentityId id, Instant now, Columns changed) {
        sql.update(IDENTITIES)
                .set(changed)
                .set(IDENTITIES.UPDATED_AT, now)
                .where(IDENTITIES.ID.eq(id))
                .execute();
    }
}
