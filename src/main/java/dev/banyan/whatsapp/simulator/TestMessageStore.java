package dev.banyan.whatsapp.simulator;

import static dev.banyan.schema.Tables.TEST_MESSAGES;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/// The messages that keys in test mode have ordered.
final class TestMessageStore extends Store {

    TestMessageStore(Tx tx) {
        super(tx);
    }

    /// Stores messages; those whose idempotency key is known are left out.
    void insert(AccountId tenant, List<TestMessage> tests) {
        for (TestMessage test : tests) {
            OutgoingMessage message = test.told();
            Optional<MessageContent.Quoted> quoted = message.content().quoted();
            sql.insertInto(TEST_MESSAGES)
                    .set(TEST_MESSAGES.TENANT_ID, tenant)
                    .set(TEST_MESSAGES.ID, message.id())
                    .set(TEST_MESSAGES.KEY_ID, test.apiKey())
                    .set(TEST_MESSAGES.MASTER_ID, message.pool())
                    .set(TEST_MESSAGES.PHONE, message.to())
                    .set(TEST_MESSAGES.BODY, message.text())
                    .set(
                            TEST_MESSAGES.MEDIA_NAME,
                            message.media().map(Media::name).orElse(null))
                    .set(
                            TEST_MESSAGES.MEDIA_TYPE,
                            message.media().map(Media::type).orElse(null))
                    .set(TEST_MESSAGES.CONTENT, message.content().column().orElse(null))
                    .set(
                            TEST_MESSAGES.QUOTED_PROVIDER_ID,
                            quoted.map(MessageContent.Quoted::provider).orElse(null))
                    .set(
                            TEST_MESSAGES.IS_QUOTED_OURS,
                            quoted.map(MessageContent.Quoted::isOurs).orElse(null))
                    .set(TEST_MESSAGES.IDEMPOTENCY_KEY, message.key())
                    .set(TEST_MESSAGES.BATCH_ID, test.batch().orElse(null))
                    .set(TEST_MESSAGES.BEHAVIOR, test.behavior().key())
                    .set(TEST_MESSAGES.STATE, message.state().key())
                    .set(TEST_MESSAGES.DUE_AT, test.due().orElse(null))
                    .set(TEST_MESSAGES.SEND_AT, message.schedule().sendAt().orElse(null))
                    .set(
                            TEST_MESSAGES.EXPIRES_AT,
                            message.schedule().expiresAt().orElse(null))
                    .set(TEST_MESSAGES.CREATED_AT, message.createdAt())
                    .set(TEST_MESSAGES.STATE_CHANGED_AT, message.changedAt())
                    .onConflictDoNothing()
                    .execute();
        }
    }

    Map<String, TestMessage> findByKeys(AccountId tenant, Collection<String> idempotencyKeys) {
        return sql.selectFrom(TEST_MESSAGES)
                .where(TEST_MESSAGES.TENANT_ID.eq(tenant), TEST_MESSAGES.IDEMPOTENCY_KEY.in(idempotencyKeys))
                .fetchMap(TEST_MESSAGES.IDEMPOTENCY_KEY, TestMessageStore::test);
    }

    Optional<TestMessage> find(AccountId tenant, UUID id) {
        return sql.selectFrom(TEST_MESSAGES)
                .where(TEST_MESSAGES.TENANT_ID.eq(tenant), TEST_MESSAGES.ID.eq(id))
                .fetchOptional(TestMessageStore::test);
    }

    /// Returns the messages before this one, newest first.
    List<TestMessage> list(AccountId tenant, Optional<UUID> before, int limit) {
        return sql.selectFrom(TEST_MESSAGES)
                .where(
                        TEST_MESSAGES.TENANT_ID.eq(tenant),
                        before.<Condition>map(TEST_MESSAGES.ID::lt).orElseGet(DSL::noCondition))
                .orderBy(TEST_MESSAGES.ID.desc())
                .limit(limit)
                .fetch(TestMessageStore::test);
    }

    int count(AccountId tenant, String apiKey) {
        return sql.fetchCount(TEST_MESSAGES, TEST_MESSAGES.TENANT_ID.eq(tenant), TEST_MESSAGES.KEY_ID.eq(apiKey));
    }

    /// Returns when a key has ordered the message that has this many older ones.
    Optional<Instant> orderedAt(AccountId tenant, String apiKey, int older) {
        return sql.select(TEST_MESSAGES.CREATED_AT)
                .from(TEST_MESSAGES)
                .where(TEST_MESSAGES.TENANT_ID.eq(tenant), TEST_MESSAGES.KEY_ID.eq(apiKey))
                .orderBy(TEST_MESSAGES.CREATED_AT)
                .limit(1)
                .offset(older)
                .fetchOptional(TEST_MESSAGES.CREATED_AT);
    }

    /// Returns messages that have done a step which webhooks were not told of, those that wait longest first.
    @AllTenants("a job tells webhooks of all tenants")
    List<TestMessage> due(Instant now, int limit) {
        return sql.selectFrom(TEST_MESSAGES)
                .where(TEST_MESSAGES.DUE_AT.le(now))
                .orderBy(TEST_MESSAGES.DUE_AT, TEST_MESSAGES.TENANT_ID, TEST_MESSAGES.ID)
                .limit(limit)
                .fetch(TestMessageStore::test);
    }

    /// Notes what webhooks are told, unless another server did it first.
    boolean tell(AccountId tenant, TestMessage before, TestMessage after) {
        return Tx.changed(sql.update(TEST_MESSAGES)
                .set(TEST_MESSAGES.STATE, after.told().state().key())
                .set(TEST_MESSAGES.STATE_CHANGED_AT, after.told().changedAt())
                .set(TEST_MESSAGES.DUE_AT, after.due().orElse(null))
                .where(
                        TEST_MESSAGES.TENANT_ID.eq(tenant),
                        TEST_MESSAGES.ID.eq(before.told().id()),
                        TEST_MESSAGES.STATE.eq(before.told().state().key())));
    }

    @AllTenants("a job deletes old tests of all tenants")
    int deleteBefore(Instant end) {
        return sql.deleteFrom(TEST_MESSAGES)
                .where(TEST_MESSAGES.CREATED_AT.lt(end))
                .execute();
    }

    private static TestMessage test(Record row) {
        Instant created = row.get(TEST_MESSAGES.CREATED_AT);
        var ordered = new TestMessage(
                new OutgoingMessage(
                        row.get(TEST_MESSAGES.ID),
                        row.get(TEST_MESSAGES.TENANT_ID),
                        row.get(TEST_MESSAGES.MASTER_ID),
                        Optional.empty(),
                        Optional.empty(),
                        row.get(TEST_MESSAGES.PHONE),
                        row.get(TEST_MESSAGES.BODY),
                        Optional.ofNullable(row.get(TEST_MESSAGES.MEDIA_NAME))
                                .map(name -> new Media(name, row.get(TEST_MESSAGES.MEDIA_TYPE), "")),
                        MessageContent.of(
                                Optional.ofNullable(row.get(TEST_MESSAGES.CONTENT)),
                                Optional.ofNullable(row.get(TEST_MESSAGES.QUOTED_PROVIDER_ID))
                                        .map(id ->
                                                new MessageContent.Quoted(id, row.get(TEST_MESSAGES.IS_QUOTED_OURS)))),
                        row.get(TEST_MESSAGES.IDEMPOTENCY_KEY),
                        new MessageSchedule(
                                Optional.ofNullable(row.get(TEST_MESSAGES.SEND_AT)),
                                Optional.ofNullable(row.get(TEST_MESSAGES.EXPIRES_AT))),
                        DeliveryState.QUEUED,
                        Optional.empty(),
                        Optional.empty(),
                        created,
                        created),
                row.get(TEST_MESSAGES.KEY_ID),
                Optional.ofNullable(row.get(TEST_MESSAGES.BATCH_ID)),
                Keyed.of(DeliveryBehavior.class, row.get(TEST_MESSAGES.BEHAVIOR)));
        return ordered.toldAs(
                Keyed.of(DeliveryState.class, row.get(TEST_MESSAGES.STATE)), row.get(TEST_MESSAGES.STATE_CHANGED_AT));
    }
}
