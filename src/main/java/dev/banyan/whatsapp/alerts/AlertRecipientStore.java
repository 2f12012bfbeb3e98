package dev.banyan.whatsapp.alerts;

import static dev.banyan.schema.Tables.ALERT_RECIPIENTS;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// Stores the members who get alerts by mail.
final class AlertRecipientStore extends Store {

    private static final int YES = 1;

    record Recipient(AccountId tenant, IdentityId member, Duration every, UUID mailed) {}

    AlertRecipientStore(Tx tx) {
        super(tx);
    }

    Optional<Recipient> find(AccountId tenant, IdentityId member) {
        return sql.selectFrom(ALERT_RECIPIENTS)
                .where(ALERT_RECIPIENTS.TENANT_ID.eq(tenant), ALERT_RECIPIENTS.IDENTITY_ID.eq(member))
                .fetchOptional(AlertRecipientStore::recipient);
    }

    /// @param last alerts up to this one are not mailed to a member who asks for mails now
    void save(AccountId tenant, IdentityId member, Duration every, UUID last, Instant now) {
        sql.insertInto(ALERT_RECIPIENTS)
                .set(ALERT_RECIPIENTS.TENANT_ID, tenant)
                .set(ALERT_RECIPIENTS.IDENTITY_ID, member)
                .set(ALERT_RECIPIENTS.EVERY_MINUTES, (int) every.toMinutes())
                .set(ALERT_RECIPIENTS.MAILED_ID, last)
                .set(ALERT_RECIPIENTS.NEXT_AT, now)
                .set(ALERT_RECIPIENTS.UNMAILED, 0)
                .onConflict(ALERT_RECIPIENTS.TENANT_ID, ALERT_RECIPIENTS.IDENTITY_ID)
                .doUpdate()
                .set(ALERT_RECIPIENTS.EVERY_MINUTES, (int) every.toMinutes())
                .execute();
    }

    void delete(AccountId tenant, IdentityId member) {
        sql.deleteFrom(ALERT_RECIPIENTS)
                .where(ALERT_RECIPIENTS.TENANT_ID.eq(tenant), ALERT_RECIPIENTS.IDENTITY_ID.eq(member))
                .execute();
    }

    /// Notes that there is something to mail to the members of an account.
    void wake(AccountId tenant) {
        sql.update(ALERT_RECIPIENTS)
                .set(ALERT_RECIPIENTS.UNMAILED, YES)
                .where(ALERT_RECIPIENTS.TENANT_ID.eq(tenant), ALERT_RECIPIENTS.UNMAILED.ne(YES))
                .execute();
    }

    /// Returns whose mail is due, of all tenants.
    @AllTenants("a job mails to members of all tenants")
    List<Recipient> due(Instant now, int limit) {
        return sql.selectFrom(ALERT_RECIPIENTS)
                .where(ALERT_RECIPIENTS.UNMAILED.eq(DSL.inline(YES)), ALERT_RECIPIENTS.NEXT_AT.le(now))
                .orderBy(ALERT_RECIPIENTS.NEXT_AT)
                .limit(limit)
                .fetch(AlertRecipientStore::recipient);
    }

    /// Takes on the mail to a member.
    ///
    /// @return false if another server has done so
    boolean claim(AccountId tenant, Recipient recipient, Instant now) {
        return Tx.changed(sql.update(ALERT_RECIPIENTS)
                .set(ALERT_RECIPIENTS.NEXT_AT, now.plus(recipient.every()))
                .set(ALERT_RECIPIENTS.UNMAILED, 0)
                .where(
                        ALERT_RECIPIENTS.TENANT_ID.eq(tenant),
                        ALERT_RECIPIENTS.IDENTITY_ID.eq(recipient.member()),
                        ALERT_RECIPIENTS.MAILED_ID.eq(recipient.mailed()),
                        ALERT_RECIPIENTS.UNMAILED.eq(YES)));
    }

    /// @param last the last alert that was mailed
    void mailed(AccountId tenant, IdentityId member, UUID last) {
        sql.update(ALERT_RECIPIENTS)
                .set(ALERT_RECIPIENTS.MAILED_ID, last)
                .where(ALERT_RECIPIENTS.TENANT_ID.eq(tenant), ALERT_RECIPIENTS.IDENTITY_ID.eq(member))
                .execute();
    }

    private static Recipient recipient(Record row) {
        return new Recipient(
                row.get(ALERT_RECIPIENTS.TENANT_ID),
                row.get(ALERT_RECIPIENTS.IDENTITY_ID),
                Duration.ofMinutes(row.get(ALERT_RECIPIENTS.EVERY_MINUTES)),
                row.get(ALERT_RECIPIENTS.MAILED_ID));
    }
}
