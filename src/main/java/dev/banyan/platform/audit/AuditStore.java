package dev.banyan.platform.audit;

import static dev.banyan.schema.Tables.AUDIT_EVENTS;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import org.jooq.DSLContext;

final class AuditStore {

    private final DSLContext sql;

    AuditStore(Tx tx) {
        this.sql = tx.sql();
    }

    void insert(AccountId tenant, AuditEvent event) {
        sql.insertInto(AUDIT_EVENTS)
                .set(AUDIT_EVENTS.ID, event.id().toString())
                .set(AUDIT_EVENTS.TENANT_ID, tenant)
                .set(AUDIT_EVENTS.OCCURRED_AT, event.at())
                .set(AUDIT_EVENTS.IDENTITY_ID, event.actor().identity().orElse(null))
                .set(AUDIT_EVENTS.ACCOUNT_ID, event.account().orElse(null))
                .set(AUDIT_EVENTS.ACTION, event.action())
                .set(AUDIT_EVENTS.TARGET, event.target())
                .set(AUDIT_EVENTS.DETAILS_DIGEST, event.detailsDigest())
                .set(AUDIT_EVENTS.DETAILS, event.details())
                .set(AUDIT_EVENTS.IP, event.actor().ip())
                .execute();
    }
}
