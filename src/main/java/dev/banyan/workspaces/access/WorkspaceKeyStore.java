package dev.banyan.workspaces.access;

import static dev.banyan.schema.Tables.WORKSPACE_API_KEYS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.access.WorkspaceKey.Maker;
import org.jooq.Condition;
import org.jooq.Record;

/// API keys of workspaces.
public final class WorkspaceKeyStore extends Store {

    private static final String BETWEEN = " ";

    /// A key with the hash of its text.
    public record Proved(WorkspaceKey key, String secretHash) {}

    public WorkspaceKeyStore(Tx tx) {
        super(tx);
    }

    public void insert(AccountId tenant, WorkspaceKey key, String secretHash) {
        sql.insertInto(WORKSPACE_API_KEYS)
                .set(WORKSPACE_API_KEYS.ID, key.id())
                .set(WORKSPACE_API_KEYS.TENANT_ID, tenant)
                .set(WORKSPACE_API_KEYS.SUB_CLIENT_ID, key.workspace())
                .set(WORKSPACE_API_KEYS.NAME, key.name())
                .set(WORKSPACE_API_KEYS.SECRET_HASH, secretHash)
                .set(
                        WORKSPACE_API_KEYS.PERMISSIONS,
                        key.permissions().stream().map(KeyPermission::key).collect(Collectors.joining(BETWEEN)))
                .set(
                        WORKSPACE_API_KEYS.MADE_BY_IDENTITY,
                        key.madeBy() instanceof Maker.Person(IdentityId identity) ? identity : null)
                .set(WORKSPACE_API_KEYS.MADE_BY_USER, key.madeBy() instanceof Maker.Admin(int user) ? user : null)
                .set(WORKSPACE_API_KEYS.CREATED_AT, key.createdAt())
                .execute();
    }

    /// Finds the key that a program sends, of any workspace: the key tells which.
    @AllTenants("found by the secret of the key")
    public Optional<Proved> findForProgram(String id) {
        return sql.selectFrom(WORKSPACE_API_KEYS)
                .where(WORKSPACE_API_KEYS.ID.eq(id))
                .fetchOptional(row -> new Proved(key(row), row.get(WORKSPACE_API_KEYS.SECRET_HASH)));
    }

    public Optional<WorkspaceKey> find(AccountId tenant, WorkspaceId workspace, String id) {
        return sql.selectFrom(WORKSPACE_API_KEYS)
                .where(in(tenant, workspace), WORKSPACE_API_KEYS.ID.eq(id))
                .fetchOptional(WorkspaceKeyStore::key);
    }

    /// Returns the workspace's keys, oldest first.
    public List<WorkspaceKey> list(AccountId tenant, WorkspaceId workspace, int most) {
        return sql.selectFrom(WORKSPACE_API_KEYS)
                .where(in(tenant, workspace))
                .orderBy(WORKSPACE_API_KEYS.CREATED_AT, WORKSPACE_API_KEYS.ID)
                .limit(most)
                .fetch(WorkspaceKeyStore::key);
    }

    public int count(AccountId tenant, WorkspaceId workspace) {
        return sql.fetchCount(WORKSPACE_API_KEYS, in(tenant, workspace));
    }

    public void delete(AccountId tenant, WorkspaceId workspace, String id) {
        sql.deleteFrom(WORKSPACE_API_KEYS)
                .where(in(tenant, workspace), WORKSPACE_API_KEYS.ID.eq(id))
                .execute();
    }

    /// Deletes the keys that an admin of the workspace made.
    public List<WorkspaceKey> deleteMadeBy(AccountId tenant, WorkspaceId workspace, int user) {
        Condition theirs = in(tenant, workspace).and(WORKSPACE_API_KEYS.MADE_BY_USER.eq(user));
        List<WorkspaceKey> keys = sql.selectFrom(WORKSPACE_API_KEYS)
                .where(theirs)
                .orderBy(WORKSPACE_API_KEYS.ID)
                .fetch(WorkspaceKeyStore::key);
        sql.deleteFrom(WORKSPACE_API_KEYS).where(theirs).execute();
        return keys;
    }

    /// Deletes the keys that a person of the project's side made.
    @AllTenants("a person makes keys for each account that they work for")
    public void deleteMadeBy(IdentityId person) {
        sql.deleteFrom(WORKSPACE_API_KEYS)
                .where(WORKSPACE_API_KEYS.MADE_BY_IDENTITY.eq(person))
                .execute();
    }

    public void noteUse(AccountId tenant, WorkspaceId workspace, String id, Instant at, String ip) {
        sql.update(WORKSPACE_API_KEYS)
                .set(WORKSPACE_API_KEYS.LAST_USED_AT, at)
                .set(WORKSPACE_API_KEYS.LAST_USED_IP, ip)
                .where(in(tenant, workspace), WORKSPACE_API_KEYS.ID.eq(id))
                .execute();
    }

    private static Condition in(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_API_KEYS.TENANT_ID.eq(tenant).and(WORKSPACE_API_KEYS.SUB_CLIENT_ID.eq(workspace));
    }

    private static WorkspaceKey key(Record row) {
        return new WorkspaceKey(
                row.get(WORKSPACE_API_KEYS.ID),
                row.get(WORKSPACE_API_KEYS.SUB_CLIENT_ID),
                row.get(WORKSPACE_API_KEYS.NAME),
                Stream.of(row.get(WORKSPACE_API_KEYS.PERMISSIONS).split(BETWEEN))
                        .map(KeyPermission::of)
                        .flatMap(Optional::stream)
                        .toList(),
                maker(row),
                row.get(WORKSPACE_API_KEYS.CREATED_AT),
                Optional.ofNullable(row.get(WORKSPACE_API_KEYS.LAST_USED_AT)),
                Optional.ofNullable(row.get(WORKSPACE_API_KEYS.LAST_USED_IP)));
    }

    private static Maker maker(Record row) {
        return Optional.ofNullable(row.get(WORKSPACE_API_KEYS.MADE_BY_IDENTITY))
                .<Maker>map(Maker.Person::new)
                .orElseGet(() -> new Maker.Admin(row.get(WORKSPACE_API_KEYS.MADE_BY_USER)));
    }
}
