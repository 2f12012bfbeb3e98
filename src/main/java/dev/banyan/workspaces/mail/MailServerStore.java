package dev.banyan.workspaces.mail;

import static dev.banyan.schema.Tables.WORKSPACE_MAIL_SERVERS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.mail.MailSecurity;
import dev.banyan.platform.mail.StoredMailServer;
import dev.banyan.workspaces.WorkspaceId;
import org.jooq.Condition;
import org.jooq.Record;

/// The mail servers of workspaces.
final class MailServerStore extends Store {

    MailServerStore(Tx tx) {
        super(tx);
    }

    Optional<StoredMailServer> find(AccountId tenant, WorkspaceId workspace) {
        return sql.selectFrom(WORKSPACE_MAIL_SERVERS)
                .where(of(tenant, workspace))
                .fetchOptional(MailServerStore::server);
    }

    record WithPassword(AccountId tenant, WorkspaceId workspace, StoredMailServer server) {}

    @AllTenants("binds passwords to their servers once, after an update")
    List<WithPassword> sealedBefore(String prefix) {
        return sql.selectFrom(WORKSPACE_MAIL_SERVERS)
                .where(WORKSPACE_MAIL_SERVERS.SEALED_PASSWORD.startsWith(prefix))
                .fetch(row -> new WithPassword(
                        row.get(WORKSPACE_MAIL_SERVERS.TENANT_ID),
                        row.get(WORKSPACE_MAIL_SERVERS.SUB_CLIENT_ID),
                        server(row)));
    }

    @AllTenants("the doctor checks that all sealed passwords can be opened")
    List<String> sealedPasswords() {
        return sql.fetchValues(
                WORKSPACE_MAIL_SERVERS.SEALED_PASSWORD, WORKSPACE_MAIL_SERVERS.SEALED_PASSWORD.isNotNull());
    }

    void reseal(AccountId tenant, WorkspaceId workspace, String sealed) {
        sql.update(WORKSPACE_MAIL_SERVERS)
                .set(WORKSPACE_MAIL_SERVERS.SEALED_PASSWORD, sealed)
                .where(of(tenant, workspace))
                .execute();
    }

    private static StoredMailServer server(Record row) {
        return new StoredMailServer(
                row.get(WORKSPACE_MAIL_SERVERS.HOST),
                row.get(WORKSPACE_MAIL_SERVERS.PORT),
                MailSecurity.of(row.get(WORKSPACE_MAIL_SERVERS.SECURITY)).orElse(MailSecurity.TLS),
                row.get(WORKSPACE_MAIL_SERVERS.USER_NAME),
                Optional.ofNullable(row.get(WORKSPACE_MAIL_SERVERS.SEALED_PASSWORD)),
                row.get(WORKSPACE_MAIL_SERVERS.FROM_ADDRESS),
                row.get(WORKSPACE_MAIL_SERVERS.FROM_NAME),
                row.get(WORKSPACE_MAIL_SERVERS.FAILURES),
                Optional.ofNullable(row.get(WORKSPACE_MAIL_SERVERS.LAST_ERROR)),
                Optional.ofNullable(row.get(WORKSPACE_MAIL_SERVERS.FAILED_AT)),
                row.get(WORKSPACE_MAIL_SERVERS.UPDATED_AT));
    }

    /// Stores a server, which has not failed yet.
    void put(AccountId tenant, WorkspaceId workspace, StoredMailServer server) {
        delete(tenant, workspace);
        sql.insertInto(WORKSPACE_MAIL_SERVERS)
                .set(WORKSPACE_MAIL_SERVERS.SUB_CLIENT_ID, workspace)
                .set(WORKSPACE_MAIL_SERVERS.TENANT_ID, tenant)
                .set(WORKSPACE_MAIL_SERVERS.HOST, server.host())
                .set(WORKSPACE_MAIL_SERVERS.PORT, server.port())
                .set(WORKSPACE_MAIL_SERVERS.SECURITY, server.security().key())
                .set(WORKSPACE_MAIL_SERVERS.USER_NAME, server.user())
                .set(
                        WORKSPACE_MAIL_SERVERS.SEALED_PASSWORD,
                        server.sealedPassword().orElse(null))
                .set(WORKSPACE_MAIL_SERVERS.FROM_ADDRESS, server.from())
                .set(WORKSPACE_MAIL_SERVERS.FROM_NAME, server.fromName())
                .set(WORKSPACE_MAIL_SERVERS.FAILURES, 0)
                .set(WORKSPACE_MAIL_SERVERS.UPDATED_AT, server.updatedAt())
                .execute();
    }

    /// @return whether there was one
    boolean delete(AccountId tenant, WorkspaceId workspace) {
        return Tx.changed(sql.deleteFrom(WORKSPACE_MAIL_SERVERS).where(of(tenant, workspace)));
    }

    void worked(AccountId tenant, WorkspaceId workspace) {
        sql.update(WORKSPACE_MAIL_SERVERS)
                .set(WORKSPACE_MAIL_SERVERS.FAILURES, 0)
                .setNull(WORKSPACE_MAIL_SERVERS.LAST_ERROR)
                .setNull(WORKSPACE_MAIL_SERVERS.FAILED_AT)
                .where(of(tenant, workspace))
                .execute();
    }

    void failed(AccountId tenant, WorkspaceId workspace, String why, Instant now) {
        sql.update(WORKSPACE_MAIL_SERVERS)
                .set(WORKSPACE_MAIL_SERVERS.FAILURES, WORKSPACE_MAIL_SERVERS.FAILURES.plus(1))
                .set(WORKSPACE_MAIL_SERVERS.LAST_ERROR, why)
                .set(WORKSPACE_MAIL_SERVERS.FAILED_AT, now)
                .where(of(tenant, workspace))
                .execute();
    }

    private static Condition of(AccountId tenant, WorkspaceId workspace) {
        return WORKSPACE_MAIL_SERVERS.TENANT_ID.eq(tenant).and(WORKSPACE_MAIL_SERVERS.SUB_CLIENT_ID.eq(workspace));
    }
}
