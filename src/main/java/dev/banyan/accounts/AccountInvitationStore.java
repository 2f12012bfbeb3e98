package dev.banyan.accounts;

import static dev.banyan.schema.Tables.*;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Invitations to root accounts that have not been accepted.
public final class AccountInvitationStore extends Store {

    private static final String PENDING = "pending";

    public AccountInvitationStore(Tx tx) {
        super(tx);
    }

    /// @param by the person whose rights the invitation depends on
    /// @return false if the address is already invited
    public boolean insert(
            AccountId tenant, AccountInvitation invitation, MemberScope scope, String tokenHash, IdentityId by) {
        boolean isNew = Tx.changed(sql.insertInto(MEMBERSHIP_INVITATIONS)
                .set(MEMBERSHIP_INVITATIONS.ID, invitation.id())
                .set(MEMBERSHIP_INVITATIONS.TENANT_ID, tenant)
                .set(MEMBERSHIP_INVITATIONS.EMAIL, invitation.email())
                .set(MEMBERSHIP_INVITATIONS.ROLE, invitation.membership().role().key())
                .set(MEMBERSHIP_INVITATIONS.SCOPE, scope.key())
                .set(
                        MEMBERSHIP_INVITATIONS.WORKSPACES_ENABLED,
                        invitation.membership().workspaces()
                                && !invitation.membership().isOwner())
                .set(
                        MEMBERSHIP_INVITATIONS.IS_READ_ONLY,
                        invitation.membership().readOnly())
                .set(MEMBERSHIP_INVITATIONS.STATE, PENDING)
                .set(MEMBERSHIP_INVITATIONS.TOKEN_HASH, tokenHash)
                .set(MEMBERSHIP_INVITATIONS.IS_LINK_SHOWN, invitation.linkShown())
                .set(MEMBERSHIP_INVITATIONS.INVITED_BY_IDENTITY_ID, by)
                .set(MEMBERSHIP_INVITATIONS.LINK_EXPIRES_AT, invitation.linkExpiresAt())
                .set(MEMBERSHIP_INVITATIONS.CREATED_AT, invitation.createdAt())
                .set(MEMBERSHIP_INVITATIONS.UPDATED_AT, invitation.updatedAt())
                .onConflictDoNothing());
        if (isNew) {
            sql.batch(scope.accounts().stream()
                            .map(account -> sql.insertInto(MEMBERSHIP_INVITATION_ACCOUNTS)
                                    .set(MEMBERSHIP_INVITATION_ACCOUNTS.TENANT_ID, tenant)
                                    .set(MEMBERSHIP_INVITATION_ACCOUNTS.INVITATION_ID, invitation.id())
                                    .set(MEMBERSHIP_INVITATION_ACCOUNTS.ACCOUNT_ID, account))
                            .toList())
                    .execute();
        }
        return isNew;
    }

    /// Replaces the link of an invitation. From now on the invitation depends on the rights of the person who sends it
    /// again.
    ///
    /// @param shown whether the link is shown to that person
    public boolean renew(
            AccountId tenant, UUID id, String tokenHash, boolean shown, IdentityId by, Instant expiresAt, Instant now) {
        return Tx.changed(sql.update(MEMBERSHIP_INVITATIONS)
                .set(MEMBERSHIP_INVITATIONS.TOKEN_HASH, tokenHash)
                .set(MEMBERSHIP_INVITATIONS.IS_LINK_SHOWN, shown)
                .set(MEMBERSHIP_INVITATIONS.INVITED_BY_IDENTITY_ID, by)
                .set(MEMBERSHIP_INVITATIONS.LINK_EXPIRES_AT, expiresAt)
                .set(MEMBERSHIP_INVITATIONS.STATE, PENDING)
                .set(MEMBERSHIP_INVITATIONS.UPDATED_AT, now)
                .where(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant), MEMBERSHIP_INVITATIONS.ID.eq(id)));
    }

    /// @return false if it is no longer pending
    public boolean reject(AccountId tenant, UUID id, Instant now) {
        return Tx.changed(sql.update(MEMBERSHIP_INVITATIONS)
                .set(MEMBERSHIP_INVITATIONS.STATE, "rejected")
                .set(MEMBERSHIP_INVITATIONS.UPDATED_AT, now)
                .where(
                        MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant),
                        MEMBERSHIP_INVITATIONS.ID.eq(id),
                        MEMBERSHIP_INVITATIONS.STATE.eq(PENDING)));
    }

    public boolean delete(AccountId tenant, UUID id) {
        return Tx.changed(sql.deleteFrom(MEMBERSHIP_INVITATIONS)
                .where(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant), MEMBERSHIP_INVITATIONS.ID.eq(id)));
    }

    /// Deletes a person's open invitations; those that were refused stay.
    public List<AccountInvitation> deletePendingBy(AccountId tenant, IdentityId by) {
        Condition theirs = MEMBERSHIP_INVITATIONS
                .TENANT_ID
                .eq(tenant)
                .and(MEMBERSHIP_INVITATIONS.INVITED_BY_IDENTITY_ID.eq(by))
                .and(MEMBERSHIP_INVITATIONS.STATE.eq(PENDING));
        List<AccountInvitation> ended = sql.selectFrom(MEMBERSHIP_INVITATIONS)
                .where(theirs)
                .orderBy(MEMBERSHIP_INVITATIONS.ID)
                .fetch(AccountInvitationStore::invitation);
        sql.deleteFrom(MEMBERSHIP_INVITATIONS).where(theirs).execute();
        return ended;
    }

    /// Deletes a person's open invitations to all accounts.
    @AllTenants("a person invites to each account that they work for")
    public void deletePendingBy(IdentityId by) {
        sql.deleteFrom(MEMBERSHIP_INVITATIONS)
                .where(MEMBERSHIP_INVITATIONS.INVITED_BY_IDENTITY_ID.eq(by), MEMBERSHIP_INVITATIONS.STATE.eq(PENDING))
                .execute();
    }

    /// Returns who sent an invitation, while that person exists.
    public Optional<IdentityId> sender(AccountId tenant, UUID id) {
        return sql.select(MEMBERSHIP_INVITATIONS.INVITED_BY_IDENTITY_ID)
                .from(MEMBERSHIP_INVITATIONS)
                .where(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant), MEMBERSHIP_INVITATIONS.ID.eq(id))
                .fetchOptional(MEMBERSHIP_INVITATIONS.INVITED_BY_IDENTITY_ID);
    }

    public Optional<AccountInvitation> find(AccountId tenant, UUID id) {
        return findWhere(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant).and(MEMBERSHIP_INVITATIONS.ID.eq(id)));
    }

    public Optional<AccountInvitation> find(AccountId tenant, String email) {
        return findWhere(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant).and(MEMBERSHIP_INVITATIONS.EMAIL.eq(email)));
    }

    /// Finds an invitation by the token in the mailed link.
    @AllTenants("a secret that was mailed")
    public Optional<AccountInvitation> findByToken(String tokenHash, Instant now) {
        return findWhere(MEMBERSHIP_INVITATIONS
                .TOKEN_HASH
                .eq(tokenHash)
                .and(MEMBERSHIP_INVITATIONS.STATE.eq(PENDING))
                .and(MEMBERSHIP_INVITATIONS.LINK_EXPIRES_AT.gt(now)));
    }

    private Optional<AccountInvitation> findWhere(Condition condition) {
        return sql.selectFrom(MEMBERSHIP_INVITATIONS)
                .where(condition)
                .fetchOptional(AccountInvitationStore::invitation);
    }

    /// Returns the account's invitations, newest first.
    public List<AccountInvitation> ofAccount(AccountId tenant, int limit) {
        return sql.selectFrom(MEMBERSHIP_INVITATIONS)
                .where(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant))
                .orderBy(MEMBERSHIP_INVITATIONS.CREATED_AT.desc(), MEMBERSHIP_INVITATIONS.ID.desc())
                .limit(limit)
                .fetch(AccountInvitationStore::invitation);
    }

    public int count(AccountId tenant) {
        return sql.fetchCount(MEMBERSHIP_INVITATIONS, MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant));
    }

    /// Returns the invitations addressed to an e-mail by accounts that are in use, newest first.
    @AllTenants("looked up by the caller's confirmed e-mail")
    public List<AccountInvitation> addressedTo(String email, boolean pendingOnly, int limit) {
        return sql.select(MEMBERSHIP_INVITATIONS.fields())
                .from(MEMBERSHIP_INVITATIONS)
                .join(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(MEMBERSHIP_INVITATIONS.TENANT_ID))
                .where(
                        MEMBERSHIP_INVITATIONS.EMAIL.eq(email),
                        ACCOUNTS.STATUS.eq(AccountStatus.ACTIVE.key()),
                        pendingOnly ? MEMBERSHIP_INVITATIONS.STATE.eq(PENDING) : DSL.noCondition())
                .orderBy(MEMBERSHIP_INVITATIONS.CREATED_AT.desc(), MEMBERSHIP_INVITATIONS.ID.desc())
                .limit(limit)
                .fetch(AccountInvitationStore::invitation);
    }

    /// Counts the invitations that wait for an answer from this e-mail.
    @AllTenants("looked up by the caller's confirmed e-mail")
    public int countAddressedTo(String email) {
        return sql.fetchCount(
                MEMBERSHIP_INVITATIONS,
                MEMBERSHIP_INVITATIONS.EMAIL.eq(email).and(MEMBERSHIP_INVITATIONS.STATE.eq(PENDING)));
    }

    public MemberScope scope(AccountId tenant, AccountInvitation invitation) {
        return invitation.membership().everything()
                ? MemberScope.ALL
                : MemberScope.listed(new HashSet<>(sql.select(MEMBERSHIP_INVITATION_ACCOUNTS.ACCOUNT_ID)
                        .from(MEMBERSHIP_INVITATION_ACCOUNTS)
                        .where(
                                MEMBERSHIP_INVITATION_ACCOUNTS.TENANT_ID.eq(tenant),
                                MEMBERSHIP_INVITATION_ACCOUNTS.INVITATION_ID.eq(invitation.id()))
                        .fetch(MEMBERSHIP_INVITATION_ACCOUNTS.ACCOUNT_ID)));
    }

    /// Returns the usernames of the sub-accounts that the invitations list.
    public Map<UUID, List<String>> listedNames(AccountId tenant, Collection<UUID> invitations) {
        return listedNames(MEMBERSHIP_INVITATIONS.TENANT_ID.eq(tenant).and(MEMBERSHIP_INVITATIONS.ID.in(invitations)));
    }

    /// Returns the same for all invitations to a person.
    public Map<UUID, List<String>> listedNames(IdentityId person) {
        return listedNames(MEMBERSHIP_INVITATIONS.EMAIL.in(
                DSL.select(IDENTITIES.EMAIL).from(IDENTITIES).where(IDENTITIES.ID.eq(person))));
    }

    private Map<UUID, List<String>> listedNames(Condition invitations) {
        return sql.select(MEMBERSHIP_INVITATION_ACCOUNTS.INVITATION_ID, ACCOUNTS.USERNAME)
                .from(MEMBERSHIP_INVITATION_ACCOUNTS)
                .join(MEMBERSHIP_INVITATIONS)
                .onKey()
                .join(ACCOUNTS)
                .on(ACCOUNTS.ID.eq(MEMBERSHIP_INVITATION_ACCOUNTS.ACCOUNT_ID))
                .where(invitations)
                .orderBy(ACCOUNTS.USERNAME)
                .fetchGroups(MEMBERSHIP_INVITATION_ACCOUNTS.INVITATION_ID, ACCOUNTS.USERNAME);
    }

    private static AccountInvitation invitation(Record row) {
        return new AccountInvitation(
                row.get(MEMBERSHIP_INVITATIONS.ID),
                row.get(MEMBERSHIP_INVITATIONS.TENANT_ID),
                row.get(MEMBERSHIP_INVITATIONS.EMAIL),
                membership(row),
                PENDING.equals(row.get(MEMBERSHIP_INVITATIONS.STATE)),
                row.get(MEMBERSHIP_INVITATIONS.LINK_EXPIRES_AT),
                row.get(MEMBERSHIP_INVITATIONS.CREATED_AT),
                row.get(MEMBERSHIP_INVITATIONS.UPDATED_AT),
                row.get(MEMBERSHIP_INVITATIONS.IS_LINK_SHOWN));
    }

    private static Membership membership(Record row) {
        MemberRole role = Keyed.of(MemberRole.class, row.get(MEMBERSHIP_INVITATIONS.ROLE));
        return new Membership(
                role,
                MemberScope.isEverything(row.get(MEMBERSHIP_INVITATIONS.SCOPE)),
                role == MemberRole.OWNER || row.get(MEMBERSHIP_INVITATIONS.WORKSPACES_ENABLED),
                row.get(MEMBERSHIP_INVITATIONS.IS_READ_ONLY));
    }
}
