package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutboxStore.Handed;
import dev.banyan.whatsapp.OutboxStore.Provided;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.history.QuotedMessageStore;
import dev.banyan.whatsapp.history.QuotedMessageStore.OnWhatsApp;
import dev.banyan.whatsapp.session.UnansweredStore;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class EchoStoreContractTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final Phone CONTACT = new Phone("+971500000201");
    private static final Phone OTHER = new Phone("+971500000202");

    private final Database database;
    private final AccountId tenant;
    private final AccountId stranger;
    private final SenderId pool = new SenderId("pool-" + UUID.randomUUID());
    private final SenderId number = new SenderId("number-" + UUID.randomUUID());

    EchoStoreContractTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        this.stranger = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    private <T> T read(Function<EchoStore, T> work) {
        return database.read(tx -> work.apply(new EchoStore(tx)));
    }

    private OutgoingMessage message(String key, DeliveryState state) {
        return new OutgoingMessage(
                UUID.randomUUID(),
                tenant,
                pool,
                Optional.of(number),
                CONTACT,
                "Hello",
                Optional.empty(),
                key,
                state,
                Optional.empty(),
                NOW,
                NOW);
    }

    private OutgoingMessage handedOver() {
        OutgoingMessage waiting = message(UUID.randomUUID().toString(), DeliveryState.QUEUED);
        OutgoingMessage sending = waiting.became(DeliveryState.SENDING, Optional.empty(), NOW);
        database.write(tx -> {
            var store = new OutboxStore(tx);
            store.insert(tenant, List.of(waiting), Optional.empty());
            return store.handOver(tenant, List.of(new Handed(waiting, sending, "why")), UUID.randomUUID());
        });
        return sending;
    }

    private boolean isHandingOver(AccountId of, SenderId sender, Instant at) {
        return read(store -> store.isHandingOver(of, sender, at));
    }

    private Optional<UUID> lost(AccountId of, Phone to, String text, Instant at) {
        return read(store -> store.lost(of, number, to, text, false, at));
    }

    @Test
    void aMessageUnderWayMayBeTheOneThatIsTold() {
        assertThat(isHandingOver(tenant, number, NOW)).isFalse();

        OutgoingMessage sending = handedOver();

        assertThat(isHandingOver(tenant, number, NOW)).isTrue();
        assertThat(isHandingOver(tenant, number, NOW.minusSeconds(60)))
                .as("handed over later")
                .isFalse();
        assertThat(isHandingOver(tenant, pool, NOW)).isFalse();
        assertThat(isHandingOver(stranger, number, NOW)).isFalse();
        assertThat(lost(tenant, CONTACT, "Hello", NOW)).as("no doubt yet").isEmpty();

        OutgoingMessage doubtful = sending.became(DeliveryState.UNCERTAIN, Optional.of("Why."), NOW.plusSeconds(20));
        database.write(tx -> new OutgoingStore(tx).become(tenant, sending, doubtful, NOW));

        assertThat(isHandingOver(tenant, number, NOW)).isFalse();
        assertThat(lost(tenant, CONTACT, "Hello", NOW)).contains(sending.id());
        assertThat(lost(tenant, CONTACT, "Hello", NOW.plusSeconds(300))).contains(sending.id());
        assertThat(lost(stranger, CONTACT, "Hello", NOW)).isEmpty();
        assertThat(lost(tenant, OTHER, "Hello", NOW)).isEmpty();
        assertThat(lost(tenant, CONTACT, "Hello!", NOW)).isEmpty();
        assertThat(lost(tenant, CONTACT, "Hello", NOW.minusSeconds(60)))
                .as("said before")
                .isEmpty();
        assertThat(lost(tenant, CONTACT, "Hello", NOW.plus(Duration.ofHours(1))))
                .as("said again")
                .isEmpty();
        assertThat(this.<Optional<UUID>>read(store -> store.lost(tenant, pool, CONTACT, "Hello", false, NOW)))
                .isEmpty();
        assertThat(this.<Optional<UUID>>read(store -> store.lost(tenant, number, CONTACT, "Hello", true, NOW)))
                .as("with a file")
                .isEmpty();
    }

    /// After a restart, who looks for a message counts as handing it over only since then.
    @Test
    void aMessageThatIsLookedForIsKnownByItsWords() {
        OutgoingMessage sending = handedOver();
        database.write(
                tx -> new UnansweredStore(tx).takeOver(tenant, sending.id(), UUID.randomUUID(), NOW.plusSeconds(600)));

        assertThat(isHandingOver(tenant, number, NOW)).isFalse();
        assertThat(isHandingOver(CONTACT, "Hello", NOW)).isTrue();
        assertThat(isHandingOver(CONTACT, "Hello", NOW.minusSeconds(60)))
                .as("before it was ordered")
                .isFalse();
        assertThat(isHandingOver(CONTACT, "Hello!", NOW)).isFalse();
        assertThat(isHandingOver(OTHER, "Hello", NOW)).isFalse();
    }

    private boolean isHandingOver(Phone to, String text, Instant at) {
        return read(store -> store.isHandingOver(tenant, number, to, text, false, at));
    }

    @Test
    void whatIsWrittenOnThePhoneIsKeptOnceAndWasSent() {
        OutgoingMessage message = message(OutgoingMessage.phoneKey(number, "3EB0F06"), DeliveryState.SENT);
        OutgoingMessage again = message(OutgoingMessage.phoneKey(number, "3EB0F06"), DeliveryState.SENT);
        List<Boolean> inserted =
                database.write(tx -> new OutboxStore(tx).insert(tenant, List.of(message, again), Optional.empty()));
        assertThat(inserted).containsExactly(true, false);

        assertThat(isSent(message.id())).isTrue();
        assertThat(isSent(again.id())).isFalse();

        var named = new Provided(number, "3EB0F06");
        Map<Provided, OutgoingMessage> found =
                database.read(tx -> new OutboxStore(tx).findByProviders(tenant, List.of(named)));
        assertThat(found).isEqualTo(Map.of(named, message));
        assertThat(message.origin()).contains(OutgoingMessage.Origin.PHONE);
        assertThat(handedOver().origin()).isEmpty();
    }

    private boolean isSent(UUID message) {
        return database.write(tx -> new EchoStore(tx).sent(tenant, message, number, "3EB0F06"));
    }

    @Test
    void whatIsChangedOnThePhoneIsKept() {
        OutgoingMessage sent = message("phone-1", DeliveryState.QUEUED);
        var provided = new Provided(number, "wamid.1");
        database.write(tx -> new OutboxStore(tx).insert(tenant, List.of(sent), Optional.empty()));
        assertThat(write(store -> store.sent(tenant, sent.id(), number, "wamid.1")))
                .isTrue();
        assertThat(this.<Optional<UUID>>read(store -> store.find(tenant, number, "wamid.1")))
                .contains(sent.id());
        assertThat(this.<Optional<UUID>>read(store -> store.find(stranger, number, "wamid.1")))
                .isEmpty();
        assertThat(this.<Optional<UUID>>read(store -> store.find(tenant, pool, "wamid.1")))
                .isEmpty();

        assertThat(write(store -> store.edit(stranger, number, "wamid.1", "x", NOW)))
                .isFalse();
        assertThat(write(store -> store.edit(tenant, pool, "wamid.1", "x", NOW)))
                .isFalse();
        assertThat(write(store -> store.edit(tenant, number, "wamid.1", "New", NOW.plusSeconds(2))))
                .isTrue();
        assertThat(write(store -> store.edit(tenant, number, "wamid.1", "Older", NOW.plusSeconds(1))))
                .as("changed again since")
                .isFalse();
        assertThat(write(store -> store.delete(stranger, number, "wamid.1", NOW)))
                .isFalse();
        assertThat(write(store -> store.delete(tenant, number, "wamid.2", NOW))).isFalse();
        assertThat(write(store -> store.delete(tenant, number, "wamid.1", NOW.plusSeconds(3))))
                .isTrue();
        assertThat(write(store -> store.edit(tenant, number, "wamid.1", "Late", NOW.plusSeconds(4))))
                .as("deleted since")
                .isFalse();
        assertThat(database.<Map<Provided, OutgoingMessage>>read(
                                tx -> new OutboxStore(tx).findByProviders(tenant, List.of(provided)))
                        .values())
                .extracting(OutgoingMessage::text)
                .containsExactly("New");
        assertThat(database.<Map<UUID, OnWhatsApp>>read(
                        tx -> new QuotedMessageStore(tx).onWhatsApp(tenant, List.of(sent.id()))))
                .containsEntry(
                        sent.id(),
                        new OnWhatsApp("wamid.1", Optional.of(NOW.plusSeconds(2)), Optional.of(NOW.plusSeconds(3))));
    }

    private boolean write(Predicate<EchoStore> work) {
        return database.write(tx -> work.test(new EchoStore(tx)));
    }
}
