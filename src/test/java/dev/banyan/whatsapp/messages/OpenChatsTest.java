package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.StoredAccounts;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.OnEveryDatabase;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.TestSenders;
import dev.banyan.whatsapp.WaitReason;
import dev.banyan.whatsapp.messages.SendingAbilitiesTest.Limited;
import org.junit.jupiter.api.Test;

/// Numbers of WhatsApp's Business Platform that stand in for others: they lose no message to people who haven't written
/// to them.
@OnEveryDatabase
class OpenChatsTest {

    private static final MessageContent TEMPLATE =
            MessageContent.of(new MessageContent.Template("hello", "en", List.of(), List.of(), List.of(), List.of()));

    private final Database database;
    private final AccountId tenant;
    private final TestSenders world;
    private int contacts;

    OpenChatsTest(Database database) {
        this.database = database;
        this.tenant = StoredAccounts.owner(database, Tier.FREE).root().id();
        Set<Capability> all = EnumSet.allOf(Capability.class);
        this.world = new TestSenders(
                database, (_, _) -> List.of(new Limited(DriverKind.WAHA, all), new Limited(DriverKind.CLOUD, all)));
    }

    @Test
    void whatAnotherPoolMayNotSendWaitsAndGoesHomeWithIt() {
        Sender home = world.linked(tenant, "+971500000101");
        Sender other = world.linked(tenant, "+971500000102");
        Phone yesterdays = contactOf(other);
        world.clock.forward(Duration.ofHours(24));
        Phone todays = contactOf(other);
        at(DriverKind.CLOUD, other);
        ban(home);
        at(DriverKind.WAHA, home);
        OutgoingMessage known = order(home, todays, MessageContent.PLAIN);
        OutgoingMessage longAgo = order(home, yesterdays, MessageContent.PLAIN);
        OutgoingMessage fresh = order(home, contact(), MessageContent.PLAIN);
        OutgoingMessage template = order(home, contact(), TEMPLATE);

        assertThat(world.failovers.start(tenant, Actor.SERVER, home.id(), Optional.of(other.id())))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.value().toString())
                                .contains("sends only templates to contacts who haven’t written"));
        run(10);
        assertThat(by(known)).contains(other.id());
        assertThat(by(template)).contains(other.id());
        for (OutgoingMessage waits : List.of(longAgo, fresh)) {
            assertThat(now(waits).pool()).isEqualTo(other.id());
            assertThat(now(waits).state()).isEqualTo(DeliveryState.QUEUED);
            assertThat(now(waits).waiting().orElseThrow().reason()).isEqualTo(WaitReason.NUMBER_AWAY);
        }

        at(DriverKind.SIMULATOR, home);
        world.linking.link(tenant, Actor.SERVER, home.id());
        world.linking.scan(tenant, home.id(), Optional.of(new Phone("+971500000101")));
        at(DriverKind.WAHA, home);
        assertThat(world.failovers.back(tenant, Actor.SERVER, home.id())).isInstanceOf(Outcome.Done.class);
        run(10);
        assertThat(by(longAgo)).contains(home.id());
        assertThat(by(fresh)).contains(home.id());
    }

    @Test
    void whatWasLentBelongsToTheOtherPoolWhenItsOwnIsRemoved() {
        Sender home = world.linked(tenant, "+971500000107");
        Sender other = world.linked(tenant, "+971500000108");
        at(DriverKind.CLOUD, other);
        ban(home);
        at(DriverKind.WAHA, home);
        OutgoingMessage waits = order(home, contact(), MessageContent.PLAIN);
        world.failovers.start(tenant, Actor.SERVER, home.id(), Optional.of(other.id()));
        run(10);
        assertThat(now(waits).waiting().orElseThrow().reason()).isEqualTo(WaitReason.NUMBER_AWAY);

        database.write(tx -> {
            new SenderStore(tx).delete(tenant, home.id());
            return true;
        });
        run(61);
        assertThat(by(waits))
                .as("WhatsApp’s refusal says that it needs a template")
                .contains(other.id());
    }

    @Test
    void anAnswerWaitsForTheNumberThatTheContactWroteTo() {
        Sender first = world.linked(tenant, "+971500000103");
        Sender second = servant(first, "+971500000104");
        Phone contact = contactOf(first);
        Phone ofBoth = contactOf(second);
        world.simulator.receive(first.key(), "in-" + UUID.randomUUID(), ofBoth, "Amira", "Hi", Optional.empty());
        ban(first);
        at(DriverKind.CLOUD, first);
        at(DriverKind.CLOUD, second);

        OutgoingMessage answer = order(first, contact, MessageContent.PLAIN);
        OutgoingMessage toBoth = order(first, ofBoth, MessageContent.PLAIN);
        OutgoingMessage toAStranger = order(first, contact(), MessageContent.PLAIN);
        run(5);
        assertThat(now(answer).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(by(toBoth)).contains(second.id());
        assertThat(by(toAStranger))
                .as("WhatsApp’s refusal says that it needs a template")
                .contains(second.id());
    }

    @Test
    void newContactsGoToNumbersThatMayWriteToThem() {
        Sender first = world.linked(tenant, "+971500000105");
        Sender second = servant(first, "+971500000106");
        at(DriverKind.CLOUD, first);
        at(DriverKind.WAHA, second);

        List<OutgoingMessage> texts = Stream.generate(() -> order(first, contact(), MessageContent.PLAIN))
                .limit(6)
                .toList();
        List<OutgoingMessage> templates = Stream.generate(() -> order(first, contact(), TEMPLATE))
                .limit(6)
                .toList();
        run(5);
        assertThat(texts).allMatch(text -> by(text).equals(Optional.of(second.id())));
        assertThat(templates).anyMatch(one -> by(one).equals(Optional.of(first.id())));
    }

    private Sender servant(Sender master, String phone) {
        Sender servant = world.servant(master, phone);
        world.linking.link(tenant, Actor.SERVER, servant.id());
        world.linking.scan(tenant, servant.id(), Optional.of(new Phone(phone)));
        world.threads.runAll();
        return servant;
    }

    private void ban(Sender sender) {
        world.linking.fault(tenant, sender.id(), Fault.BAN);
        world.threads.runAll();
    }

    /// Puts a number at another gateway.
    private void at(DriverKind driver, Sender sender) {
        database.write(tx -> {
            new SenderStore(tx).place(tenant, world.now(sender).at(driver, Optional.empty()));
            return true;
        });
    }

    private Phone contact() {
        return new Phone("+97150000%04d".formatted(300 + contacts++));
    }

    private Phone contactOf(Sender sender) {
        Phone contact = contact();
        world.simulator.receive(sender.key(), "in-" + UUID.randomUUID(), contact, "Amira", "Hi", Optional.empty());
        world.threads.runAll();
        return contact;
    }

    /// Stored as if ordered: whether a template exists is asked before that.
    private OutgoingMessage order(Sender pool, Phone to, MessageContent content) {
        Instant now = world.clock.instant();
        var message = new OutgoingMessage(
                UUID.randomUUID(),
                tenant,
                pool.id(),
                Optional.empty(),
                Optional.empty(),
                to,
                "Hi",
                Optional.empty(),
                content,
                "key-" + UUID.randomUUID(),
                MessageSchedule.NONE,
                DeliveryState.QUEUED,
                Optional.empty(),
                Optional.empty(),
                now,
                now);
        database.write(tx -> new OutboxStore(tx).insert(tenant, List.of(message), Optional.empty()));
        return message;
    }

    private void run(int seconds) {
        world.dispatcher.sweep();
        world.forward(Duration.ofSeconds(seconds));
        world.dispatcher.sweep();
        world.threads.runAll();
    }

    private OutgoingMessage now(OutgoingMessage message) {
        return world.outgoing.find(tenant, message.id()).orElseThrow();
    }

    private Optional<SenderId> by(OutgoingMessage message) {
        return now(message).state() == DeliveryState.QUEUED
                ? Optional.empty()
                : now(message).sender();
    }
}
