package dev.banyan.platform.audit;

import static dev.banyan.schema.Tables.AUDIT_EVENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

final class AuditStore extends Store {

    AuditStore(Tx tx) {
        super(tx);
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
                .set(AUDIT_EVENTS.DETAILS_SALT, event.salt().orElse(null))
                .set(AUDIT_EVENTS.IP, event.actor().ip())
                .execute();
    }

    int eraseDetails(Owner owner, int most) {
        List<String> ids = sql.select(AUDIT_EVENTS.ID)
                .from(AUDIT_EVENTS)
                .where(
                        AUDIT_EVENTS.TENANT_ID.eq(owner.tenant()),
                        AUDIT_EVENTS.ACCOUNT_ID.eq(owner.account()),
                        AUDIT_EVENTS.DETAILS.isNotNull())
                .limit(most)
                .fetch(AUDIT_EVENTS.ID);
        return sql.update(AUDIT_EVENTS)
                .setNull(AUDIT_EVENTS.DETAILS)
                .setNull(AUDIT_EVENTS.DETAILS_SALT)
                .where(AUDIT_EVENTS.TENANT_ID.eq(owner.tenant()), AUDIT_EVENTS.ID.in(ids))
                .execute();
    }
}
