package dev.banyan.whatsapp;

import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Tx;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Messages that come in: each is written down once, and told to whoever keeps conversations in the same transaction.
@Singleton
final class Incoming {

    /// Of a text, in code points; longer ones are cut. WhatsApp lets nobody write more than half of it.
    static final int LONGEST = 8_000;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_FILE_NAME = 200;

    private final Event<MessageArriving> arriving;
    private final Uuids uuids;

    Incoming(Event<MessageArriving> arriving, Uuids uuids) {
        this.arriving = arriving;
        this.uuids = uuids;
    }

    /// @return whether it was new
    boolean received(Tx tx, DriverEvent.Received event) {
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
        Optional<Sender> sender = new SenderStore(tx).find(key.tenant(), key.id());
        if (sender.isEmpty()) {
            return false;
        }
        var message = new IncomingMessage(
                uuids.next(), key.tenant(), key.id(), event.provider(), event.from(), name, text, media, event.at());
        if (!new IncomingStore(tx).insert(key.tenant(), message)) {
            return false;
        }
        arriving.fire(new MessageArriving(
                tx,
                message.id(),
                key.tenant(),
                key.id(),
                sender.get().masterId().orElse(key.id()),
                message.from(),
                name,
                text,
                media,
                message.at()));
        return true;
    }
}
