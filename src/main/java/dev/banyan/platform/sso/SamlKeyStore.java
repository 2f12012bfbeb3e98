package dev.banyan.platform.sso;

import static dev.banyan.schema.Tables.SAML_KEYS;

import module java.base;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// The keys that sign requests to SAML providers: one for each key of the data folder.
final class SamlKeyStore extends Store {

    /// @param keyId the id of the key of the data folder
    /// @param certificate as DER in Base64
    record Row(String keyId, String sealedKey, String certificate, Instant createdAt) {}

    SamlKeyStore(Tx tx) {
        super(tx);
    }

    /// Returns all, the oldest first.
    List<Row> list() {
        return sql.selectFrom(SAML_KEYS)
                .orderBy(SAML_KEYS.CREATED_AT, SAML_KEYS.KEY_ID)
                .fetch(row -> new Row(
                        row.get(SAML_KEYS.KEY_ID),
                        row.get(SAML_KEYS.SEALED_KEY),
                        row.get(SAML_KEYS.CERTIFICATE),
                        row.get(SAML_KEYS.CREATED_AT)));
    }

    /// Does nothing if there is one already.
    void insert(Row row) {
        sql.insertInto(SAML_KEYS)
                .set(SAML_KEYS.KEY_ID, row.keyId())
                .set(SAML_KEYS.SEALED_KEY, row.sealedKey())
                .set(SAML_KEYS.CERTIFICATE, row.certificate())
                .set(SAML_KEYS.CREATED_AT, row.createdAt())
                .onConflictDoNothing()
                .execute();
    }
}
