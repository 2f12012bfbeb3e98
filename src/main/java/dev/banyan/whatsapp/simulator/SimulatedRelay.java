package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.RetryingBatch;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderConnected;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.session.IncomingFiles;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Delivers messages from one simulated number to another. Simulated numbers are unique only within their tenant, so
/// each tenant has a simulated WhatsApp of its own, and messages never reach another tenant.
@Singleton
final class SimulatedRelay {

    private final Database database;
    private final SimulatorDriver simulator;
    private final IncomingFiles files;
    private final RetryingBatch<OutgoingMessage> sent;
    private final RetryingBatch<SenderKey> connected;

    SimulatedRelay(Database database, SimulatorDriver simulator, IncomingFiles files, Timers timers) {
        this.database = database;
        this.simulator = simulator;
        this.files = files;
        this.sent = new RetryingBatch<>(timers, this::relayAll);
        this.connected = new RetryingBatch<>(timers, this::arriveAll);
    }

    private static final int AT_ONCE = 500;

    private record Way(Sender from, Sender to, OutgoingMessage message) {}

    void deliveryChanged(@Observes DeliveryChanged changed) {
        if (changed.message().state() == DeliveryState.SENT) {
            sent.add(changed.message());
        }
    }

    void atShutdown(@Observes ShutdownEvent event) {
        sent.close();
        connected.close();
    }

    private void relayAll(List<OutgoingMessage> messages) {
        messages.stream()
                .collect(Collectors.groupingBy(OutgoingMessage::tenant))
                .forEach((tenant, theirs) -> ways(tenant, theirs).forEach(this::relay));
    }

    /// Delivers messages to customers that were in transit when the server stopped or the number was disconnected.
    void senderConnected(@Observes SenderConnected event) {
        if (!event.sender().driver().isReal()) {
            connected.add(event.sender().key());
        }
    }

    private void arriveAll(List<SenderKey> senders) {
        senders.stream()
                .collect(
                        Collectors.groupingBy(SenderKey::tenant, Collectors.mapping(SenderKey::id, Collectors.toSet())))
                .forEach((tenant, theirs) -> database.read(
                                tenant, tx -> new OutgoingStore(tx).underWay(tenant, theirs, AT_ONCE * theirs.size()))
                        .forEach(message -> simulator.arrives(
                                new SenderKey(tenant, message.sender()), message.to(), message.provider())));
    }

    /// Finds messages to our own numbers. Most go to customers, so the first query usually finds none.
    private List<Way> ways(AccountId tenant, List<OutgoingMessage> messages) {
        return database.read(tx -> {
            var store = new SenderStore(tx);
            Map<ContactAddress, Sender> ours = store
                    .findByPhones(
                            tenant,
                            messages.stream()
                                    .flatMap(message -> message.to().phone().stream())
                                    .collect(Collectors.toSet()))
                    .stream()
                    .filter(sender -> !sender.driver().isReal())
                    .collect(Collectors.toMap(
                            sender -> sender.phone().orElseThrow().kept(), sender -> sender, (one, _) -> one));
            var ways = new ArrayList<Way>();
            for (OutgoingMessage message : messages) {
                Optional.ofNullable(ours.get(message.to()))
                        .flatMap(to -> message.sender()
                                .filter(id -> !id.equals(to.id()))
                                .flatMap(id -> store.find(tenant, id))
                                .filter(from -> !from.driver().isReal())
                                .map(from -> new Way(from, to, message)))
                        .ifPresent(ways::add);
            }
            return ways;
        });
    }

    private void relay(Way way) {
        OutgoingMessage message = way.message();
        way.from()
                .phone()
                .ifPresent(phone -> simulator.receive(
                        way.to().key(),
                        "SIM" + message.id(),
                        phone,
                        way.from().displayName(),
                        message.text(),
                        message.media().flatMap(media -> files.copy(message.tenant(), media)),
                        MessageContent.of(message.content().detail())));
    }
}
