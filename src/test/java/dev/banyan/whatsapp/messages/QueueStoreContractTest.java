package dev.banyan.whatsapp.messages;

import static dev.banyan.schema.Tables.OUTGOING_MESSAGES;
import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettings;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestMessages;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class QueueStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Phone CONTACT = new Phone("+971500000201");
    private static final Phone OTHER = new Phone("+971500000202");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool = new SenderId("queue-" + UUID.randomUUID());

    QueueStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void whatMeetsAFilterIsFoundAndCountedForItsOwner() {
        OutgoingMessage failed = stored(CONTACT, DeliveryState.FAILED, NOW);
        OutgoingMessage later = stored(OTHER, DeliveryState.FAILED, NOW.plusSeconds(60));
        stored(CONTACT, DeliveryState.READ, NOW);

        QueueFilter all = QueueFilter.ofPool(pool, Set.of());
        assertThat(some(tenant, all)).containsExactlyInAnyOrder(failed.id(), later.id());
        assertThat(some(stranger, all)).isEmpty();
        assertThat(count(tenant, all, 9)).isEqualTo(2);
        assertThat(count(tenant, all, 1)).as("counted no further").isEqualTo(1);
        assertThat(count(stranger, all, 9)).isZero();

        assertThat(some(tenant, filter(Optional.of(CONTACT), Optional.empty(), Optional.empty())))
                .containsExactly(failed.id());
        assertThat(some(tenant, filter(Optional.empty(), Optional.of(NOW.plusSeconds(1)), Optional.empty())))
                .containsExactly(later.id());
        assertThat(some(tenant, filter(Optional.empty(), Optional.empty(), Optional.of(NOW.plusSeconds(1)))))
                .containsExactly(failed.id());
        assertThat(some(tenant, all.withKeyPrefix("key-"))).hasSize(2);
        assertThat(some(tenant, all.withKeyPrefix("api-"))).isEmpty();
    }

    @Test
    void whatAnotherPoolSendsIsOfTheOneThatItWasOrderedFor() {
        OutgoingMessage lent = stored(CONTACT, DeliveryState.FAILED, NOW);
        var other = new SenderId("other-" + UUID.randomUUID());
        database.write(tx -> tx.sql()
                .update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.HOME_MASTER_ID, pool)
                .set(OUTGOING_MESSAGES.MASTER_ID, other)
                .where(OUTGOING_MESSAGES.ID.eq(lent.id()))
                .execute());
        QueueFilter own = QueueFilter.ofPool(pool, Set.of());
        QueueFilter others = QueueFilter.ofPool(other, Set.of());

        assertThat(some(tenant, own)).isEmpty();
        assertThat(some(tenant, own.asOrdered())).containsExactly(lent.id());
        assertThat(some(stranger, own.asOrdered())).isEmpty();
        assertThat(some(tenant, others)).containsExactly(lent.id());
        assertThat(some(tenant, others.asOrdered())).isEmpty();
    }

    @Test
    void whatWasOrderedForAContactIsFoundByItsOwner() {
        OutgoingMessage first = stored(CONTACT, DeliveryState.FAILED, NOW);
        OutgoingMessage second = stored(CONTACT, DeliveryState.READ, NOW.plusSeconds(60));
        OutgoingMessage later = stored(CONTACT, DeliveryState.QUEUED, NOW.plusSeconds(61));
        database.write(tx -> tx.sql()
                .update(OUTGOING_MESSAGES)
                .set(OUTGOING_MESSAGES.STATE, DeliveryState.SCHEDULED.key())
                .where(OUTGOING_MESSAGES.ID.eq(later.id()))
                .execute());
        stored(OTHER, DeliveryState.READ, NOW);

        assertThat(ordered(tenant, pool, NOW, 9)).containsExactly(second.id(), first.id());
        assertThat(ordered(tenant, pool, NOW, 1)).containsExactly(second.id());
        assertThat(ordered(tenant, pool, NOW.plusSeconds(1), 9)).containsExactly(second.id());
        assertThat(ordered(tenant, new SenderId("other"), NOW, 9)).isEmpty();
        assertThat(ordered(stranger, pool, NOW, 9)).isEmpty();
    }

    @Test
    void whatNoPhoneHasConfirmedIsFoundByItsOwner() {
        OutgoingMessage sent = stored(CONTACT, DeliveryState.SENT, NOW);
        stored(OTHER, DeliveryState.DELIVERED, NOW);
        stored(OTHER, DeliveryState.SENT, NOW.minusSeconds(200));

        assertThat(unconfirmed(tenant, NOW)).containsExactly(sent.id());
        assertThat(unconfirmed(tenant, NOW.minusMillis(1))).isEmpty();
        assertThat(unconfirmed(stranger, NOW)).isEmpty();
    }

    /// What a pool of codes sends for another one is a code only if that is for codes, too.
    @Test
    void whatIsSentForAPoolOfOtherMessagesIsNoCode() {
        OutgoingMessage sent = stored(CONTACT, DeliveryState.SENT, NOW);
        var home = new SenderId("home-" + UUID.randomUUID());
        database.write(tx -> {
            for (AccountId whose : List.of(tenant, stranger)) {
                new SenderStore(tx)
                        .insert(
                                whose,
                                Sender.fresh(
                                        home,
                                        whose,
                                        new Sender.Role.Master(MasterType.PRIMARY),
                                        "Home",
                                        Optional.empty(),
                                        DriverKind.SIMULATOR,
                                        NOW));
            }
            return tx.sql()
                    .update(OUTGOING_MESSAGES)
                    .set(OUTGOING_MESSAGES.HOME_MASTER_ID, home)
                    .where(OUTGOING_MESSAGES.ID.eq(sent.id()))
                    .execute();
        });
        isForCodes(stranger, home);
        assertThat(unconfirmed(tenant, NOW)).isEmpty();

        isForCodes(tenant, home);
        assertThat(unconfirmed(tenant, NOW)).containsExactly(sent.id());
    }

    private void isForCodes(AccountId whose, SenderId master) {
        PoolSettings is = PoolSettings.DEFAULT;
        var codes = new PoolSettings(
                is.strategy(),
                is.uncertain(),
                is.pace(),
                is.pair(),
                is.quiet(),
                is.zone(),
                is.mostWaiting(),
                is.groups(),
                PoolSettings.PoolClass.CODES,
                is.receiptWithin());
        database.write(tx -> {
            new PoolSettingsStore(tx).save(whose, master, codes, NOW);
            return codes;
        });
    }

    private List<UUID> unconfirmed(AccountId whose, Instant before) {
        return database
                .read(tx -> new QueueStore(tx).withoutReceipt(whose, pool, NOW.minusSeconds(120), before, 9))
                .stream()
                .map(OutgoingMessage::id)
                .toList();
    }

    private List<UUID> ordered(AccountId whose, SenderId over, Instant since, int limit) {
        return database.read(tx -> new QueueStore(tx).orderedFor(whose, over, CONTACT, since, limit)).stream()
                .map(OutgoingMessage::id)
                .toList();
    }

    private QueueFilter filter(Optional<ContactAddress> to, Optional<Instant> from, Optional<Instant> until) {
        return new QueueFilter(Optional.of(pool), Set.of(), to, Optional.empty(), from, until, Optional.empty(), false);
    }

    private List<UUID> some(AccountId whose, QueueFilter filter) {
        return database.read(tx -> new QueueStore(tx).some(whose, filter, DeliveryState.FAILED, 9)).stream()
                .map(OutgoingMessage::id)
                .toList();
    }

    private int count(AccountId whose, QueueFilter filter, int most) {
        return database.read(tx -> new QueueStore(tx).count(whose, filter, DeliveryState.FAILED, most));
    }

    private OutgoingMessage stored(Phone to, DeliveryState state, Instant time) {
        UUID id =
                new UUID(time.toEpochMilli() << 16 | 0x7000L, UUID.randomUUID().getLeastSignificantBits());
        var message = new OutgoingMessage(
                id,
                tenant,
                pool,
                Optional.empty(),
                to,
                "Hi",
                Optional.empty(),
                "key-" + id,
                state,
                Optional.empty(),
                time,
                time);
        assertThat(database.<Boolean>write(tx -> TestMessages.insert(tx, message)))
                .isTrue();
        return message;
    }
}
