package dev.banyan.whatsapp;

import dev.banyan.platform.db.Database;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// What one simulated number sends to another arrives there. Simulated numbers are unique within their tenant only, so
/// each tenant has a simulated WhatsApp of its own, and nobody's messages end up with somebody else.
@Singleton
final class SimulatedRelay {

    private final Database database;
    private final SimulatorDriver simulator;
    private final IncomingFiles files;
    private final ExecutorService threads;

    SimulatedRelay(
            Database database,
            SimulatorDriver simulator,
            IncomingFiles files,
            @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.simulator = simulator;
        this.files = files;
        this.threads = threads;
    }

    private static final int AT_ONCE = 500;

    private record Way(Sender from, Sender to) {}

    void deliveryChanged(@Observes DeliveryChanged changed) {
        if (changed.message().state() == DeliveryState.SENT) {
            threads.execute(() -> way(changed.message()).ifPresent(way -> relay(way, changed.message())));
        }
    }

    /// What was on its way to customers when the server ended, or their number's connection, arrives now.
    void senderConnected(@Observes SenderConnected connected) {
        SenderKey key = connected.sender();
        threads.execute(() -> underWay(key).forEach((provider, phone) -> simulator.arrives(key, phone, provider)));
    }

    private Map<String, Phone> underWay(SenderKey key) {
        return database.read(tx -> new SenderStore(tx)
                .find(key.tenant(), key.id())
                .filter(sender -> sender.driver() == DriverKind.SIMULATOR)
                .map(_ -> new OutgoingStore(tx).underWay(key.tenant(), key.id(), AT_ONCE))
                .orElse(Map.of()));
    }

    private Optional<Way> way(OutgoingMessage message) {
        return database.read(tx -> {
            var store = new SenderStore(tx);
            Optional<Sender> from = message.sender()
                    .flatMap(id -> store.find(message.tenant(), id))
                    .filter(sender -> sender.driver() == DriverKind.SIMULATOR);
            return from.flatMap(sender -> store.findByPhone(message.tenant(), message.to())
                    .filter(to ->
                            to.driver() == DriverKind.SIMULATOR && !to.id().equals(sender.id()))
                    .map(to -> new Way(sender, to)));
        });
    }

    private void relay(Way way, OutgoingMessage message) {
        way.from()
                .phone()
                .ifPresent(phone -> simulator.receive(
                        way.to().key(),
                        "SIM" + message.id(),
                        phone,
                        way.from().displayName(),
                        message.text(),
                        message.media().flatMap(media -> files.copy(message.tenant(), media))));
    }
}
