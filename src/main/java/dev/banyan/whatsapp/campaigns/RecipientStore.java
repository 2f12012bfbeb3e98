package dev.banyan.whatsapp.campaigns;

import static dev.banyan.schema.Tables.*;

import module java.base;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.SenderId;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The recipients of campaigns, in batches: one prepared statement for all of a batch.
final class RecipientStore extends Store {

    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

    RecipientStore(Tx tx) {
        super(tx);
    }

    void insert(AccountId tenant, UUID campaign, List<Recipient> recipients) {
        if (recipients.isEmpty()) {
            return;
        }
        BatchBindStep all = sql.batch(sql.insertInto(CAMPAIGN_RECIPIENTS)
                .set(CAMPAIGN_RECIPIENTS.CAMPAIGN_ID, later(CAMPAIGN_RECIPIENTS.CAMPAIGN_ID))
                .set(CAMPAIGN_RECIPIENTS.POSITION, later(CAMPAIGN_RECIPIENTS.POSITION))
                .set(CAMPAIGN_RECIPIENTS.TENANT_ID, later(CAMPAIGN_RECIPIENTS.TENANT_ID))
                .set(CAMPAIGN_RECIPIENTS.PHONE, later(CAMPAIGN_RECIPIENTS.PHONE))
                .set(CAMPAIGN_RECIPIENTS.TYPED, later(CAMPAIGN_RECIPIENTS.TYPED))
                .set(CAMPAIGN_RECIPIENTS.NAME, later(CAMPAIGN_RECIPIENTS.NAME))
                .set(CAMPAIGN_RECIPIENTS.FIELDS, later(CAMPAIGN_RECIPIENTS.FIELDS))
                .set(CAMPAIGN_RECIPIENTS.STATE, later(CAMPAIGN_RECIPIENTS.STATE))
                .set(CAMPAIGN_RECIPIENTS.REASON, later(CAMPAIGN_RECIPIENTS.REASON))
                .set(CAMPAIGN_RECIPIENTS.IS_FIRST, later(CAMPAIGN_RECIPIENTS.IS_FIRST))
                .set(CAMPAIGN_RECIPIENTS.CHANGED_AT, later(CAMPAIGN_RECIPIENTS.CHANGED_AT)));
        for (Recipient one : recipients) {
            all = all.bind(
                    campaign,
                    one.position(),
                    tenant,
                    one.contact().orElse(null),
                    one.typed(),
                    one.name(),
                    one.fields().isEmpty() ? null : JsonDocument.write(new TreeMap<>(one.fields())),
                    one.state().key(),
                    one.reason().orElse(null),
                    one.isFirst(),
                    one.changedAt());
        }
        all.execute();
    }

    /// Stores new states, reasons, messages and numbers.
    void update(AccountId tenant, UUID campaign, List<Recipient> recipients) {
        if (recipients.isEmpty()) {
            return;
        }
        BatchBindStep all = sql.batch(sql.update(CAMPAIGN_RECIPIENTS)
                .set(CAMPAIGN_RECIPIENTS.STATE, later(CAMPAIGN_RECIPIENTS.STATE))
                .set(CAMPAIGN_RECIPIENTS.REASON, later(CAMPAIGN_RECIPIENTS.REASON))
                .set(CAMPAIGN_RECIPIENTS.MESSAGE_ID, later(CAMPAIGN_RECIPIENTS.MESSAGE_ID))
                .set(CAMPAIGN_RECIPIENTS.SENDER_ID, later(CAMPAIGN_RECIPIENTS.SENDER_ID))
                .set(CAMPAIGN_RECIPIENTS.CHANGED_AT, later(CAMPAIGN_RECIPIENTS.CHANGED_AT))
                .set(CAMPAIGN_RECIPIENTS.RETRY_AT, later(CAMPAIGN_RECIPIENTS.RETRY_AT))
                .set(CAMPAIGN_RECIPIENTS.CAME_BACK, later(CAMPAIGN_RECIPIENTS.CAME_BACK))
                .set(CAMPAIGN_RECIPIENTS.REFUSAL, DSL.castNull(CAMPAIGN_RECIPIENTS.REFUSAL))
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.concat(DSL.inline("")).eq(DSL.val((String) null, String.class)),
                        CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.eq(later(CAMPAIGN_RECIPIENTS.CAMPAIGN_ID)),
                        CAMPAIGN_RECIPIENTS.POSITION.eq(later(CAMPAIGN_RECIPIENTS.POSITION))));
        for (Recipient one : recipients) {
            all = all.bind(
                    one.state().key(),
                    one.reason().orElse(null),
                    one.message().orElse(null),
                    one.sender().orElse(null),
                    one.changedAt(),
                    one.returned().retryAt().orElse(null),
                    one.returned().times(),
                    tenant.toString(),
                    campaign,
                    one.position());
        }
        all.execute();
    }

    Set<ContactAddress> known(AccountId tenant, UUID campaign, Collection<ContactAddress> phones) {
        return new HashSet<>(sql.selectDistinct(CAMPAIGN_RECIPIENTS.PHONE)
                .from(CAMPAIGN_RECIPIENTS)
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_RECIPIENTS.PHONE.in(phones),
                        CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.eq(campaign))
                .fetch(row -> row.value1()));
    }

    /// Returns those of these contacts for whom a message was ordered that did not come back.
    Set<ContactAddress> ordered(AccountId tenant, UUID campaign, Collection<ContactAddress> phones) {
        return new HashSet<>(sql.selectDistinct(CAMPAIGN_RECIPIENTS.PHONE)
                .from(CAMPAIGN_RECIPIENTS)
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_RECIPIENTS.PHONE.in(phones),
                        CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.eq(campaign),
                        CAMPAIGN_RECIPIENTS.MESSAGE_ID.isNotNull(),
                        CAMPAIGN_RECIPIENTS.STATE.concat("").ne(RecipientState.PENDING.key()))
                .fetch(row -> row.value1()));
    }

    /// Returns the next recipients that were not ordered yet.
    ///
    /// @param withFirst whether contacts who never wrote are among them
    List<Recipient> pending(AccountId tenant, UUID campaign, boolean withFirst, int limit) {
        return sql.selectFrom(CAMPAIGN_RECIPIENTS)
                .where(
                        of(tenant, campaign),
                        isPending(),
                        withFirst ? DSL.noCondition() : CAMPAIGN_RECIPIENTS.IS_FIRST.eq(false))
                .orderBy(CAMPAIGN_RECIPIENTS.POSITION)
                .limit(limit)
                .fetch(RecipientStore::recipient);
    }

    /// Returns those who had had enough marketing and may be written to again at `until`, longest ago first.
    List<Recipient> retries(AccountId tenant, UUID campaign, Instant until, int limit) {
        return sql.selectFrom(CAMPAIGN_RECIPIENTS)
                .where(of(tenant, campaign), isRetry(), CAMPAIGN_RECIPIENTS.RETRY_AT.le(until))
                .orderBy(CAMPAIGN_RECIPIENTS.RETRY_AT)
                .limit(limit)
                .fetch(RecipientStore::recipient);
    }

    /// Lists recipients in the order of the list.
    ///
    /// @param after the position of the last one of the previous page
    List<Recipient> list(AccountId tenant, UUID campaign, Optional<RecipientState> state, long after, int limit) {
        return sql.selectFrom(CAMPAIGN_RECIPIENTS)
                .where(
                        of(tenant, campaign),
                        state.<Condition>map(one -> CAMPAIGN_RECIPIENTS.STATE.eq(one.key()))
                                .orElseGet(DSL::noCondition),
                        CAMPAIGN_RECIPIENTS.POSITION.gt(after))
                .orderBy(CAMPAIGN_RECIPIENTS.POSITION)
                .limit(limit)
                .fetch(RecipientStore::recipient);
    }

    List<Recipient> findAll(AccountId tenant, UUID campaign, Collection<Long> positions) {
        return sql.selectFrom(CAMPAIGN_RECIPIENTS)
                .where(of(tenant, campaign), CAMPAIGN_RECIPIENTS.POSITION.in(positions))
                .fetch(RecipientStore::recipient);
    }

    /// Returns how many contacts who never wrote were not ordered yet.
    long firstContacts(AccountId tenant, UUID campaign) {
        return sql.fetchCount(
                CAMPAIGN_RECIPIENTS, of(tenant, campaign), isPending(), CAMPAIGN_RECIPIENTS.IS_FIRST.eq(true));
    }

    /// Returns how many contacts have opted out since they were put on the list.
    ///
    /// @param onlyFirst only those who never wrote
    long optedOutSince(AccountId tenant, UUID campaign, boolean onlyFirst) {
        return sql.fetchCount(sql.selectOne()
                .from(CAMPAIGN_RECIPIENTS)
                .join(OPT_OUTS)
                .on(OPT_OUTS.TENANT_ID.eq(CAMPAIGN_RECIPIENTS.TENANT_ID), OPT_OUTS.PHONE.eq(CAMPAIGN_RECIPIENTS.PHONE))
                .where(
                        of(tenant, campaign),
                        isPending(),
                        onlyFirst ? CAMPAIGN_RECIPIENTS.IS_FIRST.eq(true) : DSL.noCondition()));
    }

    /// Notes that a contact has written to a pool.
    void hasWritten(AccountId tenant, SenderId pool, ContactAddress contact) {
        sql.update(CAMPAIGN_RECIPIENTS)
                .set(CAMPAIGN_RECIPIENTS.IS_FIRST, false)
                .where(
                        CAMPAIGN_RECIPIENTS.TENANT_ID.eq(tenant),
                        CAMPAIGN_RECIPIENTS.PHONE.eq(contact),
                        CAMPAIGN_RECIPIENTS.STATE.concat("").eq(RecipientState.PENDING.key()),
                        CAMPAIGN_RECIPIENTS.IS_FIRST.eq(true),
                        CAMPAIGN_RECIPIENTS.CAMPAIGN_ID.in(sql.select(CAMPAIGNS.ID)
                                .from(CAMPAIGNS)
                                .where(CAMPAIGNS.TENANT_ID.eq(tenant), CAMPAIGNS.MASTER_ID.eq(pool))))
                .execute();
    }

    /// Notes which of these recipients have never written.
    void mark(AccountId tenant, UUID campaign, Collection<Long> positions, boolean isFirst) {
        if (!positions.isEmpty()) {
            sql.update(CAMPAIGN_RECIPIENTS)
                    .set(CAMPAIGN_RECIPIENTS.IS_FIRST, isFirst)
                    .where(of(tenant, campaign), CAMPAIGN_RECIPIENTS.POSITION.in(positions))
                    .execute();
        }
    }

    /// @return how many
    int deleteSome(AccountId tenant, UUID campaign, int limit) {
        return sql.deleteFrom(CAMPAIGN_RECIPIENTS)
                .where(
                        of(tenant, campaign),
                        CAMPAIGN_RECIPIENTS.POSITION.in(sql.select(CAMPAIGN_RECIPIENTS.POSITION)
                                .from(CAMPAIGN_RECIPIENTS)
                                .where(of(tenant, campaign))
                                .orderBy(CAMPAIGN_RECIPIENTS.POSITION)
                                .limit(limit)))
                .execute();
    }

    /// The state is inlined, so that the database sees that the partial index covers these rows.
    private static Condition isPending() {
        return CAMPAIGN_RECIPIENTS
                .STATE
                .eq(DSL.inline(RecipientState.PENDING.key()))
                .and(CAMPAIGN_RECIPIENTS.RETRY_AT.isNull());
    }

    private static Condition isRetry() {
        return CAMPAIGN_RECIPIENTS
                .STATE
                .eq(DSL.inline(RecipientState.PENDING.key()))
                .and(CAMPAIGN_RECIPIENTS.RETRY_AT.isNotNull());
    }

    /// The campaign leads along its index. If the database could also use the one on the tenant, it might choose that.
    private static Condition of(AccountId tenant, UUID campaign) {
        return CAMPAIGN_RECIPIENTS
                .CAMPAIGN_ID
                .eq(campaign)
                .and(CAMPAIGN_RECIPIENTS.TENANT_ID.concat("").eq(tenant.toString()));
    }

    private static Recipient recipient(Record row) {
        return new Recipient(
                row.get(CAMPAIGN_RECIPIENTS.POSITION),
                Optional.ofNullable(row.get(CAMPAIGN_RECIPIENTS.PHONE)),
                row.get(CAMPAIGN_RECIPIENTS.TYPED),
                row.get(CAMPAIGN_RECIPIENTS.NAME),
                Optional.ofNullable(row.get(CAMPAIGN_RECIPIENTS.FIELDS))
                        .map(json -> JsonDocument.read(json, FIELDS))
                        .orElse(Map.of()),
                Keyed.of(RecipientState.class, row.get(CAMPAIGN_RECIPIENTS.STATE)),
                Optional.ofNullable(row.get(CAMPAIGN_RECIPIENTS.REASON)),
                row.get(CAMPAIGN_RECIPIENTS.IS_FIRST),
                Optional.ofNullable(row.get(CAMPAIGN_RECIPIENTS.MESSAGE_ID)),
                Optional.ofNullable(row.get(CAMPAIGN_RECIPIENTS.SENDER_ID)),
                row.get(CAMPAIGN_RECIPIENTS.CHANGED_AT),
                new Recipient.Returned(
                        row.get(CAMPAIGN_RECIPIENTS.CAME_BACK),
                        Optional.ofNullable(row.get(CAMPAIGN_RECIPIENTS.RETRY_AT))));
    }
}
