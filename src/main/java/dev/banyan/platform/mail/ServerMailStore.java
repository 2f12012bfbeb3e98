package dev.banyan.platform.mail;

import static dev.banyan.schema.Tables.SERVER_MAIL;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The mail server that an operator entered.
final class ServerMailStore extends Store {

    private static final int ONLY = 1;

    ServerMailStore(Tx tx) {
        super(tx);
    }

    Optional<StoredMailServer> find() {
        return sql.selectFrom(SERVER_MAIL)
                .where(SERVER_MAIL.ID.eq(ONLY))
                .fetchOptional(row -> new StoredMailServer(
                        row.get(SERVER_MAIL.HOST),
                        row.get(SERVER_MAIL.PORT),
                        MailSecurity.of(row.get(SERVER_MAIL.SECURITY)).orElse(MailSecurity.TLS),
                        row.get(SERVER_MAIL.USER_NAME),
                        Optional.ofNullable(row.get(SERVER_MAIL.SEALED_PASSWORD)),
                        row.get(SERVER_MAIL.FROM_ADDRESS),
                        row.get(SERVER_MAIL.FROM_NAME),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        row.get(SERVER_MAIL.UPDATED_AT)));
    }

    void put(StoredMailServer server) {
        delete();
        sql.insertInto(SERVER_MAIL)
                .set(SERVER_MAIL.ID, ONLY)
                .set(SERVER_MAIL.HOST, server.host())
                .set(SERVER_MAIL.PORT, server.port())
                .set(SERVER_MAIL.SECURITY, server.security().key())
                .set(SERVER_MAIL.USER_NAME, server.user())
                .set(SERVER_MAIL.SEALED_PASSWORD, server.sealedPassword().orElse(null))
                .set(SERVER_MAIL.FROM_ADDRESS, server.from())
                .set(SERVER_MAIL.FROM_NAME, server.fromName())
                .set(SERVER_MAIL.UPDATED_AT, server.updatedAt())
                .execute();
    }

    void delete() {
        sql.deleteFrom(SERVER_MAIL).where(SERVER_MAIL.ID.eq(ONLY)).execute();
    }
}
