package dev.banyan.whatsapp.session;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.PoolContactStore;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Stores incoming messages, each once, and publishes them in the same transaction.
@Singleton
public final class Incoming {

    /// Limit of a text in code points; longer ones are cut. WhatsApp itself allows about half of it.
    static final int LONGEST = 8_000;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_FILE_NAME = 200;

    private final Database database;
    private final Event<MessageArriving> arriving;
    private final Uuids uuids;
    private final Clock clock;

    public Incoming(Database database, Event<MessageArriving> arriving, Uuids uuids, Clock clock) {
        this.database = database;
        this.arriving = arriving;
        this.uuids = uuids;
        this.clock = clock;
    }

    /// @return whether it was new
    boolean received(DriverEvent.Received event) {
        SenderKey key = event.sender();
        String name = MessageBody.tamed(event.name(), LONGEST_NAME)
                .replaceAll("\\s+", " ")
                .strip();
        String text = MessageBody.tamed(event.text(), LONGEST);
        Optional<Media> media = event.media()
                .map(file -> new Media(MessageBody.tamed(file.name(), LONGEST_FILE_NAME), file.type(), file.path()));
        if (text.isBlank() && media.isEmpty()) {
            return false;
        }
        return database.write(tx -> {
            Optional<Sender> sender = new SenderStore(tx).find(key.tenant(), key.id());
            if (sender.isEmpty()) {
                return false;
            }
            var message = new IncomingMessage(
                    uuids.next(),
                    key.tenant(),
                    key.id(),
                    sender.get().masterId().orElse(key.id()),
                    event.provider(),
                    event.from(),
                    name,
                    text,
                    media,
                    event.at());
            if (!new IncomingStore(tx).insert(key.tenant(), message)) {
                return false;
            }
            // The contact of a pool that another one stands in for still talks to that pool.
            SenderId pool = new PoolContactStore(tx)
                    .home(key.tenant(), message.pool(), message.from())
                    .orElse(message.pool());
            kept(tx, message, message.pool());
            arriving.fire(new MessageArriving(
                    tx, message.id(), key.tenant(), key.id(), pool, message.from(), name, text, media, message.at()));
            return true;
        });
    }

    /// Assigns the contact to the number that it has written to.
    private void kept(Tx tx, IncomingMessage message, SenderId pool) {
        var contacts = new PoolContactStore(tx);
        if (!contacts.find(message.tenant(), pool, message.from()).equals(Optional.of(message.sender()))) {
            contacts.stick(message.tenant(), pool, message.from(), message.sender(), clock.instant());
        }
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        new SenderHoursStore(tx)
                .add(message.tenant(), message.sender(), new SenderHours(hour, 0, 0, 0, 0, 1, Duration.ZERO));
    }
}
