package dev.banyan.workspaces.users;

import static dev.banyan.schema.Tables.WORKSPACE_REGISTRATIONS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.RegistrationProof;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Registrations that don't count yet.
public final class WaitingRegistrationStore extends Store {

    public record Credentials(WaitingRegistration registration, String passwordHash) {}

    WaitingRegistrationStore(Tx tx) {
        super(tx);
    }

    /// @return false if there is a registration with this username or email already
    boolean insert(
            AccountId tenant, WaitingRegistration registration, String passwordHash, Optional<String> tokenHash) {
        return Tx.changed(sql.insertInto(WORKSPACE_REGISTRATIONS)
                .set(WORKSPACE_REGISTRATIONS.ID, registration.id())
                .set(WORKSPACE_REGISTRATIONS.TENANT_ID, tenant)
                .set(WORKSPACE_REGISTRATIONS.SUB_CLIENT_ID, registration.workspace())
                .set(WORKSPACE_REGISTRATIONS.USERNAME, registration.username())
                .set(WORKSPACE_REGISTRATIONS.EMAIL, registration.email())
                .set(WORKSPACE_REGISTRATIONS.PASSWORD_HASH, passwordHash)
                .set(WORKSPACE_REGISTRATIONS.PROOF, registration.waitsFor().key())
                .set(WORKSPACE_REGISTRATIONS.TOKEN_HASH, tokenHash.orElse(null))
                .set(WORKSPACE_REGISTRATIONS.CREATED_AT, registration.createdAt())
                .set(WORKSPACE_REGISTRATIONS.EXPIRES_AT, registration.expiresAt())
                .onConflictDoNothing());
    }

    Optional<Credentials> find(AccountId tenant, WorkspaceId workspace, UUID id) {
        return find(tenant, workspace, WORKSPACE_REGISTRATIONS.ID.eq(id));
    }

    Optional<Credentials> findByToken(AccountId tenant, WorkspaceId workspace, String tokenHash) {
        return find(tenant, workspace, WORKSPACE_REGISTRATIONS.TOKEN_HASH.eq(tokenHash));
    }

    /// @param name an email in lower case if it contains `@`, else a username in any case
    Optional<Credentials> findByName(AccountId tenant, WorkspaceId workspace, String name) {
        return find(
                tenant,
                workspace,
                name.contains("@")
                        ? WORKSPACE_REGISTRATIONS.EMAIL.eq(name)
                        : DSL.lower(WORKSPACE_REGISTRATIONS.USERNAME).eq(name.toLowerCase(Locale.ROOT)));
    }

    /// Lists registrations, newest first.
    List<WaitingRegistration> list(AccountId tenant, WorkspaceId workspace, Optional<UUID> after, int limit) {
        return sql.selectFrom(WORKSPACE_REGISTRATIONS)
                .where(in(tenant, workspace))
                .and(after.map(id -> WORKSPACE_REGISTRATIONS.ID.lt(id)).orElseGet(DSL::noCondition))
                .orderBy(WORKSPACE_REGISTRATIONS.ID.desc())
                .limit(limit)
                .fetch(row -> credentials(row).registration());
    }

    int count(AccountId tenant, WorkspaceId workspace) {
        return sql.fetchCount(WORKSPACE_REGISTRATIONS, in(tenant, workspace));
    }

    /// Sets a new link, which replaces the previous one.
    void setToken(AccountId tenant, WorkspaceId workspace, UUID id, String tokenHash, Instant expiresAt) {
        sql.update(WORKSPACE_REGISTRATIONS)
                .set(WORKSPACE_REGISTRATIONS.TOKEN_HASH, tokenHash)
                .set(WORKSPACE_REGISTRATIONS.EXPIRES_AT, expiresAt)
                .where(in(tenant, workspace), WORKSPACE_REGISTRATIONS.ID.eq(id))
                .execute();
    }

    /// @return whether it existed: if two requests act on it at the same time, only one succeeds
    boolean delete(AccountId tenant, WorkspaceId workspace, UUID id) {
        return Tx.changed(sql.deleteFrom(WORKSPACE_REGISTRATIONS)
                .where(in(tenant, workspace), WORKSPACE_REGISTRATIONS.ID.eq(id)));
    }

    /// Deletes what waits for the proof of this email, which a user has by now.
    void deleteOf(AccountId tenant, WorkspaceId workspace, String email) {
        sql.deleteFrom(WORKSPACE_REGISTRATIONS)
                .where(in(tenant, workspace), WORKSPACE_REGISTRATIONS.EMAIL.eq(email))
                .execute();
    }

    @AllTenants("clears registrations of all tenants that waited too long")
    int deleteExpired(Instant now, int limit) {
        return deleteSome(WORKSPACE_REGISTRATIONS.ID, WORKSPACE_REGISTRATIONS.EXPIRES_AT.lt(now), limit);
    }

    private Optional<Credentials> find(AccountId tenant, WorkspaceId workspace, Condition condition) {
        return sql.selectFrom(WORKSPACE_REGISTRATIONS)
                .where(in(tenant, workspace), condition)
                .fetchOptional(WaitingRegistrationStore::credentials);
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_REGISTRATIONS.TENANT_ID.eq(tenant).and(WORKSPACE_REGISTRATIONS.SUB_CLIENT_ID.eq(workspace));
    }

    private static Credentials credentials(Record row) {
        return new Credentials(
                new WaitingRegistration(
                        row.get(WORKSPACE_REGISTRATIONS.ID),
                        row.get(WORKSPACE_REGISTRATIONS.SUB_CLIENT_ID),
                        row.get(WORKSPACE_REGISTRATIONS.USERNAME),
                        row.get(WORKSPACE_REGISTRATIONS.EMAIL),
                        Keyed.of(RegistrationProof.class, row.get(WORKSPACE_REGISTRATIONS.PROOF)),
                        row.get(WORKSPACE_REGISTRATIONS.CREATED_AT),
                        row.get(WORKSPACE_REGISTRATIONS.EXPIRES_AT)),
                row.get(WORKSPACE_REGISTRATIONS.PASSWORD_HASH));
    }
}
