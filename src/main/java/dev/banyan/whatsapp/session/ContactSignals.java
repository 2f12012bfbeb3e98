package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.OwnWork;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.messages.SendingAbilities;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Tells contacts that their messages were read and that someone types, where the driver can. Returns at once, and a
/// gateway that fails is only logged: nothing depends on it.
@Singleton
public record ContactSignals(
        Database database,
        SendingAbilities abilities,
        NumberCalls numbers,
        @OwnWork ExecutorService threads) {
    /// The messages of one contact to one number.
    private record Chat(SenderId sender, ContactAddress contact) {}

    /// Tells contacts that these messages were read.
    ///
    /// @param messages our ids of received messages; others are left out
    public void seen(AccountId tenant, Collection<UUID> messages) {
        if (!messages.isEmpty()) {
            threads.execute(() -> database.read(tenant, tx -> new IncomingStore(tx).findAll(tenant, messages)).stream()
                    .collect(Collectors.groupingBy(message -> new Chat(message.sender(), message.from())))
                    .forEach((chat, all) -> on(
                            tenant,
                            chat.sender(),
                            Capability.READ_RECEIPTS,
                            sender -> numbers.seen(
                                    sender,
                                    chat.contact(),
                                    all.stream().map(IncomingMessage::provider).toList()))));
        }
    }

    /// Shows a contact that someone types.
    ///
    /// @param sender the number that will answer
    public void typing(AccountId tenant, SenderId sender, ContactAddress contact) {
        threads.execute(() -> on(tenant, sender, Capability.TYPING, number -> {
            Optional<String> last =
                    database.read(tenant, tx -> new IncomingStore(tx).of(tenant, sender, contact, 1)).stream()
                            .findFirst()
                            .map(IncomingMessage::provider);
            numbers.typing(number, contact, last);
        }));
    }

    private interface Work {
        void on(Sender sender);
    }

    private void on(AccountId tenant, SenderId id, Capability needed, Work work) {
        Optional<Sender> sender = database.read(tenant, tx -> new SenderStore(tx).find(tenant, id));
        try {
            sender.filter(found -> found.state().isActive())
                    .filter(found -> abilities.of(found).contains(needed))
                    .ifPresent(work::on);
        } catch (RuntimeException failure) {
            Log.warnf(failure, "A contact was not told by number %s", id);
        }
    }
}
