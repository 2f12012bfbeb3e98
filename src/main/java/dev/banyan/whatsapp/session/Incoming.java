package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.Text;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.ReactionStore;
import dev.banyan.whatsapp.history.SenderHours;
import dev.banyan.whatsapp.history.SenderHoursStore;
import dev.banyan.whatsapp.messages.EchoStore;
import dev.banyan.whatsapp.messages.MessageContents;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Stores incoming messages, each once, and publishes them in the same transaction.
@Singleton
public record Incoming(
        Database database,
        IncomingFiles files,
        Event<MessageArriving> arriving,
        Event<ContactActed> acted,
        Event<ContactTypes> contactTypes,
        PhoneMessages phoneMessages,
        Uuids uuids,
        Clock clock) {

    /// Limit of a text in code points. People may write eight times as much.
    private static final int LONGEST = 8_000;

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_USERNAME = 60;
    private static final int LONGEST_FILE_NAME = 200;
    private static final int LONGEST_EMOJI = 20;

    /// @return whether it was new
    boolean received(DriverEvent.Received event) {
        SenderKey key = event.sender();
        String name = name(event.name());
        Optional<String> username = event.username()
                .map(typed -> Text.name(typed, LONGEST_USERNAME))
                .filter(typed -> !typed.isEmpty());
        String given =
                event.text().isBlank() ? MessageContents.summary(event.content().detail()) : event.text();
        String text = text(given);
        Optional<Media> media = event.media().map(Incoming::named);
        if (text.isBlank() && media.isEmpty() && event.content().detail() instanceof MessageContent.Plain) {
            return false;
        }
        long mediaBytes = media.map(files::size).orElse(0L); // asked here: files may be on another machine
        return database.write(tx -> {
            Optional<Sender> sender = new SenderStore(tx).find(key.tenant(), key.id());
            if (sender.isEmpty()) {
                return false;
            }
            // What was learned meanwhile must not be missed.
            ContactAddress from = ContactAliases.resolveToKeep(tx, key.tenant(), event.from());
            var message = new IncomingMessage(
                    uuids.next(),
                    key.tenant(),
                    key.id(),
                    sender.get().masterId().orElse(key.id()),
                    event.provider(),
                    from,
                    name,
                    username,
                    text,
                    media,
                    event.content(),
                    event.at(),
                    Optional.empty(),
                    Optional.empty(),
                    event.group());
            if (!new IncomingStore(tx).insert(key.tenant(), message)) {
                return false;
            }
            if (event.group().isPresent()) {
                count(tx, message);
                return true; // it is not for us, and nothing must answer its writer
            }
            // The contact of a pool that another one stands in for still talks to that pool.
            SenderId pool = new PoolContactStore(tx)
                    .home(key.tenant(), message.pool(), message.from())
                    .orElse(message.pool());
            kept(tx, message, message.pool());
            arriving.fire(new MessageArriving(
                    tx,
                    message.id(),
                    key.tenant(),
                    key.id(),
                    pool,
                    message.from(),
                    name,
                    username,
                    text,
                    media,
                    mediaBytes,
                    message.content(),
                    message.at()));
            return true;
        });
    }

    /// Returns a text as it is stored: a longer one ends with “…”.
    static String text(String given) {
        return Text.shortened(MessageBody.tamed(given, Integer.MAX_VALUE), LONGEST);
    }

    static String name(String given) {
        return Text.name(given, LONGEST_NAME);
    }

    static Media named(Media file) {
        return new Media(Text.name(file.name(), LONGEST_FILE_NAME), file.type(), file.path());
    }

    /// Stores what a contact has done with an earlier message, or what was written to one on the phone.
    void acted(DriverEvent.OfContact event) {
        SenderKey key = event.sender();
        if (event instanceof DriverEvent.Typing typing) {
            contactTypes.fire(new ContactTypes(key, typing.from(), typing.isTyping()));
            return;
        }
        if (event instanceof DriverEvent.Echoed echoed) {
            phoneMessages.written(echoed);
            return;
        }
        database.write(tx -> {
            Optional<Sender> sender = new SenderStore(tx).find(key.tenant(), key.id());
            if (sender.isPresent() && change(tx, event)) {
                SenderId pool = sender.get().masterId().orElse(key.id());
                SenderId home = new PoolContactStore(tx)
                        .home(key.tenant(), pool, event.from())
                        .orElse(pool);
                acted.fire(new ContactActed(tx, home, event));
            }
            return true;
        });
    }

    /// @return whether there was something to change
    private static boolean change(Tx tx, DriverEvent.OfContact event) {
        SenderKey key = event.sender();
        return switch (event) {
            case DriverEvent.Edited edited -> {
                String id = edited.provider();
                String text = text(edited.text());
                yield new IncomingStore(tx).edit(key.tenant(), key.id(), id, text, edited.at())
                        || new EchoStore(tx).edit(key.tenant(), key.id(), id, text, edited.at());
            }
            case DriverEvent.Deleted deleted -> {
                String id = deleted.provider();
                yield new IncomingStore(tx).delete(key.tenant(), key.id(), id, deleted.at())
                        || new EchoStore(tx).delete(key.tenant(), key.id(), id, deleted.at());
            }
            case DriverEvent.Reacted reacted ->
                new ReactionStore(tx)
                        .put(
                                key.tenant(),
                                key.id(),
                                reacted.provider(),
                                reacted.from(),
                                MessageBody.tamed(reacted.emoji(), LONGEST_EMOJI),
                                reacted.at());
            case DriverEvent.Seen seen ->
                new IncomingStore(tx)
                        .find(key.tenant(), key.id(), seen.provider())
                        .isPresent();
            case DriverEvent.Received _, DriverEvent.Echoed _, DriverEvent.Typing _ ->
                throw new IllegalArgumentException("Changes nothing");
        };
    }

    /// Assigns the contact to the number that it has written to.
    private void kept(Tx tx, IncomingMessage message, SenderId pool) {
        var contacts = new PoolContactStore(tx);
        if (!contacts.find(message.tenant(), pool, message.from()).equals(Optional.of(message.sender()))) {
            contacts.assign(message.tenant(), pool, message.from(), message.sender(), clock.instant());
        }
        count(tx, message);
    }

    private void count(Tx tx, IncomingMessage message) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        new SenderHoursStore(tx)
                .add(message.tenant(), message.sender(), new SenderHours(hour, 0, 0, 0, 0, 1, Duration.ZERO));
    }
}
