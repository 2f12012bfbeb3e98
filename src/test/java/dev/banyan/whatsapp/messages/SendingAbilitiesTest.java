package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.MasterType;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Quoted;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SendingAbilitiesTest {

    private static final AtomicInteger NUMBER = new AtomicInteger(1_000);
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final MessageContent BUTTONS =
            MessageContent.of(new MessageContent.Buttons("", "", List.of(new MessageContent.Choice("1", "Yes", ""))));

    private final Database database;
    private final AccountId tenant;
    private final SendingAbilities abilities = new SendingAbilities(List.of(
            new Limited(DriverKind.WAHA, Set.of(Driver.Capability.TEXT, Driver.Capability.IMAGE)),
            new Limited(DriverKind.SIMULATOR, Set.of(Driver.Capability.values()))));

    SendingAbilitiesTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
    }

    @Test
    void whatNoNumberOfThePoolCanSendIsRefusedByName() {
        Sender master = master(DriverKind.WAHA);

        assertThat(refusal(master, BUTTONS)).contains(new Invalid("type", "WAHA can’t send buttons."));
        assertThat(refusal(master, MessageContent.PLAIN)).isEmpty();
        assertThat(refusal(master, MessageContent.PLAIN.answering(new Quoted("wamid.1", true))))
                .contains(new Invalid("replyTo", "WAHA can’t send replies to a certain message."));
        assertThat(database.<Optional<Invalid>>read(tx -> abilities.refusal(
                        tx,
                        tenant,
                        master.id(),
                        new Phone("+971500000201"),
                        MessageContent.PLAIN,
                        Optional.of(new Media("a.mp3", "audio/mpeg", "x")))))
                .contains(new Invalid("type", "WAHA can’t send audio."));
    }

    @Test
    void aMixedPoolTakesWhatOneOfItsNumbersCanSend() {
        Sender master = master(DriverKind.WAHA);
        Sender able = servant(master, DriverKind.SIMULATOR);

        assertThat(refusal(master, BUTTONS)).isEmpty();
        assertThat(abilities.canSend(master, message(master, BUTTONS))).isFalse();
        assertThat(abilities.canSend(able, message(master, BUTTONS))).isTrue();
        assertThat(abilities.canSend(master, message(master, MessageContent.PLAIN)))
                .isTrue();
    }

    private Optional<Invalid> refusal(Sender master, MessageContent content) {
        return database.read(tx ->
                abilities.refusal(tx, tenant, master.id(), new Phone("+971500000201"), content, Optional.empty()));
    }

    private static OutgoingMessage message(Sender master, MessageContent content) {
        return new OutgoingMessage(
                UUID.randomUUID(),
                master.tenant(),
                master.id(),
                Optional.empty(),
                Optional.empty(),
                new Phone("+971500000201"),
                "Tea?",
                Optional.empty(),
                content,
                "k",
                dev.banyan.whatsapp.MessageSchedule.NONE,
                dev.banyan.whatsapp.DeliveryState.QUEUED,
                Optional.empty(),
                Optional.empty(),
                NOW,
                NOW);
    }

    private Sender master(DriverKind driver) {
        return stored(new Sender.Role.Master(MasterType.PRIMARY), driver);
    }

    private Sender servant(Sender master, DriverKind driver) {
        return stored(new Sender.Role.Servant(master.id(), "support"), driver);
    }

    private Sender stored(Sender.Role role, DriverKind driver) {
        Sender sender = Sender.fresh(
                new SenderId("n-" + UUID.randomUUID()),
                tenant,
                role,
                "Desk",
                Optional.of(new Phone("+97150000" + NUMBER.incrementAndGet())),
                driver,
                NOW);
        database.write(tx -> new SenderStore(tx).insert(tenant, sender));
        return sender;
    }

    record Limited(DriverKind kind, Set<Capability> can) implements Driver {

        @Override
        public void listen(DriverListener listener) {}

        @Override
        public Set<Capability> capabilities(SenderKey sender) {
            return can;
        }

        @Override
        public void link(SenderKey sender) {}

        @Override
        public Optional<String> pairingCode(SenderKey sender, Phone phone) {
            return Optional.empty();
        }

        @Override
        public void cancel(SenderKey sender) {}

        @Override
        public void connect(SenderKey sender) {}

        @Override
        public void stop(SenderKey sender) {}

        @Override
        public void release(SenderKey sender) {}

        @Override
        public void send(SenderKey sender, OutgoingMessage message) {}

        @Override
        public boolean answers(SenderKey sender) {
            return true;
        }
    }
}
