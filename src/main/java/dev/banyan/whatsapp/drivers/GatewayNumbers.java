package dev.banyan.whatsapp.drivers;

import module java.base;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.OutboxStore;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.PoolSettingsStore;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Connections;
import dev.banyan.whatsapp.connections.ContactAddressStore;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.ContactsParted;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.SenderRating;
import dev.banyan.whatsapp.history.SenderRatingStore;
import dev.banyan.whatsapp.messages.EchoStore;
import dev.banyan.whatsapp.optouts.OptOutReported;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// What the drivers of gateways know of numbers and contacts: the database, and a memory of it.
@Singleton
public final class GatewayNumbers implements GatewayTools.Numbers {

    private static final int CONTACTS = 50_000;
    private static final Duration KEPT = Duration.ofMinutes(10);
    /// Busy groups would ask for each message; a change of the settings shows after this time.
    private static final Duration GROUPS_KEPT = Duration.ofSeconds(2);

    private record Contact(SenderKey sender, Phone phone) {}

    private final Database database;
    private final Lines lines;
    private final Connections connections;
    private final SenderChanges changes;
    private final ContactAliases aliases;
    private final Event<OptOutReported> optOuts;
    private final Clock clock;
    private final Cache<SenderKey, Boolean> groups = Caffeine.newBuilder()
            .maximumSize(CONTACTS)
            .expireAfterWrite(GROUPS_KEPT)
            .build();
    private final Cache<Contact, Optional<String>> addresses =
            Caffeine.newBuilder().maximumSize(CONTACTS).expireAfterWrite(KEPT).build();

    public GatewayNumbers(
            Database database,
            Lines lines,
            Connections connections,
            SenderChanges changes,
            ContactAliases aliases,
            Event<OptOutReported> optOuts,
            Clock clock) {
        this.database = database;
        this.lines = lines;
        this.connections = connections;
        this.changes = changes;
        this.aliases = aliases;
        this.optOuts = optOuts;
        this.clock = clock;
    }

    @Override
    public Optional<Line> line(SenderKey sender) {
        return lines.of(sender);
    }

    @Override
    public Optional<SenderKey> sender(GatewayAccess gateway, String remote) {
        return lines.sender(gateway, remote);
    }

    @Override
    public Optional<String> address(SenderKey sender, Phone contact) {
        return addresses.get(
                new Contact(sender, contact),
                key -> database.read(
                        sender.tenant(),
                        tx -> new ContactAddressStore(tx).address(sender.tenant(), sender.id(), contact)));
    }

    @Override
    public Optional<Phone> contact(SenderKey sender, String address) {
        return database.read(
                sender.tenant(), tx -> new ContactAddressStore(tx).phone(sender.tenant(), sender.id(), address));
    }

    @Override
    public ContactAddress resolve(SenderKey sender, ContactAddress address) {
        return aliases.resolve(sender.tenant(), address);
    }

    @Override
    public boolean pair(AccountId tenant, ContactAddress hidden, Phone phone) {
        return aliases.learn(tenant, hidden, phone);
    }

    /// The phone number is not to be reached by the other one's hidden id any more.
    void contactsParted(@Observes ContactsParted parted) {
        Optional<String> chat = switch (parted.merge().former()) {
            case Phone _ -> Optional.empty();
            case ContactAddress.UserId user -> Optional.of(user.id());
            case ContactAddress.HiddenId hidden -> Optional.of(hidden.chat());
        };
        parted.merge()
                .contact()
                .phone()
                .ifPresent(phone -> chat.ifPresent(address -> {
                    new ContactAddressStore(parted.tx()).delete(parted.tenant(), phone, address);
                    parted.tx()
                            .afterCommit(() -> addresses
                                    .asMap()
                                    .keySet()
                                    .removeIf(one -> one.phone().equals(phone)));
                }));
    }

    @Override
    public void renamed(AccountId tenant, ContactAddress from, ContactAddress to, Optional<Phone> phone) {
        aliases.renamed(tenant, from, to, phone);
    }

    @Override
    public void moved(SenderKey sender, Phone from, Phone to) {
        aliases.moved(sender.tenant(), from, to);
    }

    @Override
    public Optional<ContactAddress> writer(SenderKey sender, String provider) {
        return database.read(
                sender.tenant(), tx -> new IncomingStore(tx).writer(sender.tenant(), sender.id(), provider));
    }

    @Override
    public Optional<ContactAddress> recipient(SenderKey sender, String provider) {
        return database.read(tx -> sent(tx, sender, provider)).map(OutgoingMessage::to);
    }

    @Override
    public boolean isHandingOver(SenderKey sender, Instant at) {
        return database.read(tx -> new EchoStore(tx).isHandingOver(sender.tenant(), sender.id(), at));
    }

    @Override
    public boolean isHandingOver(SenderKey sender, ContactAddress to, HookEvent.Message message) {
        return database.read(tx -> new EchoStore(tx)
                .isHandingOver(
                        sender.tenant(),
                        sender.id(),
                        ContactAliases.resolve(tx, sender.tenant(), to),
                        message.text(),
                        message.media().isPresent(),
                        message.at()));
    }

    @Override
    public Optional<UUID> lost(SenderKey sender, ContactAddress to, HookEvent.Message message) {
        return database.read(tx -> new EchoStore(tx)
                .lost(
                        sender.tenant(),
                        sender.id(),
                        ContactAliases.resolve(tx, sender.tenant(), to),
                        message.text(),
                        message.media().isPresent(),
                        message.at()));
    }

    private static Optional<OutgoingMessage> sent(Tx tx, SenderKey sender, String provider) {
        var named = new OutboxStore.Provided(sender.id(), provider);
        return Optional.ofNullable(new OutboxStore(tx)
                .findByProviders(sender.tenant(), List.of(named))
                .get(named));
    }

    @Override
    public void learn(SenderKey sender, Phone contact, String address) {
        database.write(tx -> {
            new ContactAddressStore(tx).put(sender.tenant(), sender.id(), contact, address, clock.instant());
            return true;
        });
        addresses.put(new Contact(sender, contact), Optional.of(address));
    }

    @Override
    public void remark(SenderKey key, String title, String details, boolean isBad) {
        changes.write(key.tenant(), change -> {
            change.store().find(key.tenant(), key.id()).ifPresent(sender -> {
                change.event(sender, isBad ? SenderEvent.Tone.WARN : SenderEvent.Tone.INFO, title, details);
                change.happened(key.id());
            });
            return true;
        });
    }

    @Override
    public void optedOut(SenderKey sender, ContactAddress contact, String why) {
        database.write(tx -> {
            optOuts.fire(new OptOutReported(tx, sender.tenant(), kept(tx, sender, contact), Optional.of(why)));
            return true;
        });
    }

    private static ContactAddress kept(Tx tx, SenderKey sender, ContactAddress contact) {
        return ContactAliases.resolveToKeep(tx, sender.tenant(), contact);
    }

    @Override
    public void optedIn(SenderKey sender, ContactAddress contact) {
        database.write(tx -> {
            optOuts.fire(new OptOutReported(tx, sender.tenant(), kept(tx, sender, contact), Optional.empty()));
            return true;
        });
    }

    @Override
    public void optedOut(SenderKey sender, String provider, Optional<UUID> message, String why) {
        database.read(tx -> message.flatMap(id -> new OutgoingStore(tx).find(sender.tenant(), id))
                        .or(() -> sent(tx, sender, provider)))
                .ifPresent(found -> optedOut(sender, found.to(), why));
    }

    @Override
    public boolean asksForGroups(SenderKey sender) {
        return groups.get(
                sender,
                key -> database.read(tx -> new SenderStore(tx)
                        .find(key.tenant(), key.id())
                        .map(found -> new PoolSettingsStore(tx)
                                .find(key.tenant(), found.masterId().orElse(found.id()))
                                .groups())
                        .orElse(false)));
    }

    @Override
    public Optional<GatewayTools.Ban> ban(SenderKey sender) {
        return database.read(tx -> new SenderStore(tx)
                .find(sender.tenant(), sender.id())
                .filter(found -> found.state() == SenderState.BANNED)
                .map(_ -> new GatewayTools.Ban(new SenderRatingStore(tx).banEnds(sender.tenant(), sender.id()))));
    }

    @Override
    public void banned(SenderKey sender, GatewayTools.Ban ban) {
        database.write(tx -> {
            if (new SenderStore(tx).find(sender.tenant(), sender.id()).isPresent()) {
                new SenderRatingStore(tx).putBan(sender.tenant(), sender.id(), ban.ends(), clock.instant());
            }
            return true;
        });
    }

    @Override
    public void rated(SenderKey sender, SenderRating rating) {
        database.write(tx -> {
            if (new SenderStore(tx).find(sender.tenant(), sender.id()).isPresent()) {
                new SenderRatingStore(tx).put(sender.tenant(), sender.id(), rating, clock.instant());
            }
            return true;
        });
    }

    @Override
    public void problem(GatewayAccess gateway, Optional<String> problem) {
        connections
                .find(gateway.connection().tenant(), gateway.connection().id())
                .filter(known -> !known.facts().problem().equals(problem))
                .ifPresent(known -> connections.checked(
                        known,
                        new Connection.Facts(
                                known.facts().version(),
                                known.facts().engine(),
                                Optional.of(clock.instant()),
                                problem,
                                known.facts().portfolio())));
    }
}
