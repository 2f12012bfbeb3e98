package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.messages.Deliveries;
import dev.banyan.whatsapp.messages.MessageContents;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Stores what is written on the phones of numbers, each message once, as one that was sent.
@Singleton
public record PhoneMessages(
        Database database,
        IncomingFiles files,
        Deliveries deliveries,
        Event<WrittenOnPhone> written,
        Uuids uuids,
        Clock clock) {

    void written(DriverEvent.Echoed event) {
        String given =
                event.text().isBlank() ? MessageContents.summary(event.content().detail()) : event.text();
        String text = Incoming.text(given);
        Optional<Media> media = event.media().map(Incoming::named);
        if (text.isBlank() && media.isEmpty()) {
            return;
        }
        long mediaBytes = media.map(files::size).orElse(0L); // asked here: files may be on another machine
        database.write(tx -> {
            new SenderStore(tx)
                    .find(event.sender().tenant(), event.sender().id())
                    .ifPresent(sender -> store(tx, sender, event, text, media, mediaBytes));
            return true;
        });
    }

    private void store(
            Tx tx, Sender sender, DriverEvent.Echoed event, String text, Optional<Media> media, long mediaBytes) {
        ContactAddress to = ContactAliases.resolveToKeep(tx, sender.tenant(), event.from());
        if (to.phone().isPresent() && to.phone().equals(sender.phone())) {
            return; // a note to oneself
        }
        SenderId pool = sender.masterId().orElse(sender.id());
        var contacts = new PoolContactStore(tx);
        SenderId home = contacts.home(sender.tenant(), pool, to).orElse(pool);
        var message = new OutgoingMessage(
                uuids.next(),
                sender.tenant(),
                pool,
                Optional.of(home).filter(other -> !other.equals(pool)),
                Optional.of(sender.id()),
                to,
                text,
                media,
                event.content(),
                OutgoingMessage.phoneKey(sender.id(), event.provider()),
                MessageSchedule.NONE,
                DeliveryState.SENT,
                Optional.empty(),
                Optional.empty(),
                event.at(),
                event.at());
        if (!deliveries.sentElsewhere(tx, message, event.provider())) {
            return;
        }
        if (contacts.find(sender.tenant(), pool, to).isEmpty()) {
            contacts.assign(sender.tenant(), pool, to, sender.id(), clock.instant());
        }
        written.fire(new WrittenOnPhone(tx, home, Incoming.name(event.name()), message, mediaBytes));
    }
}
