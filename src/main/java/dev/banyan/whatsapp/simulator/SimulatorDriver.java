package dev.banyan.whatsapp.simulator;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.cluster.LivePools;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.DriverListener;
import dev.banyan.whatsapp.Fault;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.Timers;
import dev.banyan.whatsapp.session.ReportLine;
import dev.banyan.whatsapp.session.Simulation;
import jakarta.inject.Singleton;

/// Simulates WhatsApp inside this server: codes change as in WhatsApp, a simulated phone scans them, and faults are
/// triggered on request. Customers receive and read messages according to [SimulatedPhones]. No message
/// leaves the server.
@Singleton
public final class SimulatorDriver implements Driver, Simulation {

    public static final int CODES = 6;
    static final Duration FIRST_CODE = Duration.ofSeconds(60);
    static final Duration NEXT_CODE = Duration.ofSeconds(20);
    public static final Duration COMES_BACK_AFTER = Duration.ofSeconds(30);
    public static final Duration SLOW_SENDING = Duration.ofSeconds(10);
    static final Duration DELIVERED_AFTER = Duration.ofSeconds(1);
    static final Duration READ_AFTER = Duration.ofSeconds(3);
    static final Duration LATE = Duration.ofMinutes(1);
    public static final Duration PASSKEY_WITHIN = Duration.ofMinutes(1);
    static final Duration TYPES_FOR = Duration.ofSeconds(25);
    static final String DEVICE = "Simulated phone";

    /// Templates and proxies exist at real gateways only.
    private static final Set<Capability> CAN =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Capability.TEMPLATE, Capability.PROXY)));

    private final Clock clock;
    private final Timers timers;
    private final SimulatedPhones phones;
    private final LivePools pools;
    private final Database database;
    private final SimulatedFaults faults = new SimulatedFaults();
    private final Set<SenderKey> connected = ConcurrentHashMap.newKeySet();
    private final Set<SenderKey> dropped = ConcurrentHashMap.newKeySet();
    private final ReportLine line;
    private final SimulatedLinkings linkings;

    public SimulatorDriver(Clock clock, Timers timers, SimulatedPhones phones, LivePools pools, Database database) {
        this.clock = clock;
        this.timers = timers;
        this.phones = phones;
        this.pools = pools;
        this.database = database;
        // Events before a listener is set are discarded.
        this.line = new ReportLine(timers, _ -> CompletableFuture.completedFuture(DriverListener.Receipt.KEPT));
        this.linkings = new SimulatedLinkings(clock, timers, faults, line);
    }

    @Override
    public DriverKind kind() {
        return DriverKind.SIMULATOR;
    }

    @Override
    public void listen(DriverListener listener) {
        line.listen(listener);
    }

    @Override
    public Set<Capability> capabilities(SenderKey sender) {
        return CAN;
    }

    @Override
    public void link(SenderKey sender) {
        connected.remove(sender);
        dropped.remove(sender);
        faults.endOfConnection(sender);
        linkings.begin(sender);
    }

    @Override
    public Optional<String> pairingCode(SenderKey sender, Phone phone) {
        return linkings.pairingCode(sender);
    }

    /// A simulated phone has its passkey at hand, so only the code is left to compare.
    @Override
    public Optional<Passkey> passkey(SenderKey sender) {
        return linkings.passkey(sender);
    }

    @Override
    public Optional<String> answerPasskey(SenderKey sender, String credential) {
        return Optional.of("A simulated phone needs no credential. Confirm the code instead.");
    }

    @Override
    public Optional<String> confirmPasskey(SenderKey sender) {
        return linkings.scannedBy(sender).filter(known -> scan(sender, known)).isPresent()
                ? Optional.empty()
                : Optional.of("The number is not being linked any more. Start again.");
    }

    @Override
    public void cancel(SenderKey sender) {
        linkings.cancel(sender);
    }

    /// Creates a working connection; WhatsApp's restrictions of the number stay.
    @Override
    public void connect(SenderKey sender) {
        dropped.remove(sender);
        faults.end(sender, Fault.SILENT_DEATH);
        connected.add(sender);
        line.report(new DriverEvent.Connected(sender));
        if (faults.has(sender, Fault.RESTRICT)) {
            line.report(restricted(sender));
        }
        phones.take(sender).forEach(this::tell);
    }

    @Override
    public void stop(SenderKey sender) {
        cancel(sender);
        connected.remove(sender);
        dropped.remove(sender);
        faults.endOfConnection(sender);
        phones.take(sender);
        line.clear(sender);
    }

    @Override
    public void release(SenderKey sender) {
        stop(sender);
    }

    @Override
    public void send(SenderKey sender, OutgoingMessage message) {
        if (!connected.contains(sender)) {
            line.report(new DriverEvent.NotSent(sender, message.id(), "The number is not connected.", true));
            return;
        }
        if (faults.has(sender, Fault.SILENT_DEATH)) {
            return;
        }
        Capability needed = Capability.toSend(message.content().kind(message.media()));
        if (!CAN.contains(needed)) {
            line.report(new DriverEvent.NotSent(
                    sender, message.id(), kind().title() + " can’t send " + needed.words + ".", false));
            return;
        }
        switch (phones.mood(sender.tenant(), message.to())) {
            case MISSING ->
                line.report(new DriverEvent.NotSent(sender, message.id(), notOnWhatsApp(message.to()), false));
            case SLOW -> timers.in(SLOW_SENDING, () -> sent(sender, message));
            case READS, WAITS, OFF -> {
                if (faults.has(sender, Fault.SLOW)) {
                    timers.in(SLOW_SENDING, () -> sent(sender, message));
                } else {
                    sent(sender, message);
                }
            }
        }
    }

    static String notOnWhatsApp(ContactAddress contact) {
        return contact + " is not on WhatsApp.";
    }

    /// Reports a message as sent, unless the connection broke in the meantime.
    private void sent(SenderKey sender, OutgoingMessage message) {
        if (answers(sender)) {
            String provider = "SIM" + Digests.newToken();
            // Before reporting, because the listener may advance the clock at once.
            if (phones.mood(sender.tenant(), message.to()) != DeliveryBehavior.OFF) {
                timers.in(
                        faults.has(sender, Fault.LATE_RECEIPTS) ? LATE : DELIVERED_AFTER,
                        () -> arrives(sender, message.to(), provider));
            }
            tell(new DriverEvent.Sent(sender, message.id(), provider));
        }
    }

    /// Reports an event about a message, twice if that fault is active.
    private void tell(DriverEvent.OfMessage event) {
        line.report(event);
        if (faults.has(event.sender(), Fault.DUPLICATE_RECEIPTS)) {
            line.report(event);
        }
    }

    /// Delivers a message to a customer's phone. A silent number gets no receipt before it is connected again.
    void arrives(SenderKey sender, ContactAddress customer, String provider) {
        if (phones.mood(sender.tenant(), customer) == DeliveryBehavior.OFF || faults.has(sender, Fault.SILENT_DEATH)) {
            return; // switched off in the meantime
        }
        timers.in(READ_AFTER, () -> {
            DeliveryBehavior mood = phones.mood(sender.tenant(), customer);
            if (mood == DeliveryBehavior.READS || mood == DeliveryBehavior.SLOW) {
                read(sender, provider);
            }
        });
        tell(new DriverEvent.Delivered(sender, provider));
    }

    /// Marks a message as read by the customer.
    void read(SenderKey sender, String provider) {
        if (!faults.has(sender, Fault.SILENT_DEATH)) {
            tell(new DriverEvent.Read(sender, provider));
        }
    }

    /// Delivers a message to a number. It waits if the number is not connected.
    ///
    /// @param provider WhatsApp's id of the message; a repeated id is delivered once
    /// @return false if too many are waiting
    public boolean receive(
            SenderKey sender, String provider, Phone from, String name, String text, Optional<Media> media) {
        return receive(sender, provider, from, name, text, media, MessageContent.PLAIN);
    }

    /// Delivers a message of any kind, in the same way.
    boolean receive(
            SenderKey sender,
            String provider,
            Phone from,
            String name,
            String text,
            Optional<Media> media,
            MessageContent content) {
        return receive(new DriverEvent.Received(
                sender,
                provider,
                from,
                name,
                Optional.empty(),
                text,
                media,
                content,
                Optional.empty(),
                clock.instant()));
    }

    /// Delivers what a customer does to a number. It waits if the number is not connected, except for typing.
    ///
    /// @return false if too many are waiting
    boolean receive(DriverEvent.OfContact event) {
        SenderKey sender = event.sender();
        if (event instanceof DriverEvent.Typing && !answers(sender)) {
            return true;
        }
        if (!answers(sender) && isOurs(sender)) {
            return phones.keep(event);
        } // a number that is connected to another server gets it through the database
        if (!line.hasRoom(sender)) {
            return false;
        }
        tell(event);
        return true;
    }

    private boolean isOurs(SenderKey sender) {
        return pools.isAlone()
                || database.read(sender.tenant(), tx -> new SenderStore(tx).find(sender.tenant(), sender.id()))
                        .filter(found -> pools.isOurs(found.pool().asPool()))
                        .isPresent();
    }

    @Override
    public void seen(SenderKey sender, ContactAddress contact, List<String> providers) {
        if (answers(sender)) {
            phones.seen(providers);
        }
    }

    @Override
    public void typing(SenderKey sender, ContactAddress contact, Optional<String> last, boolean isTyping) {
        if (answers(sender)) {
            phones.typing(sender.tenant(), contact, isTyping ? clock.instant().plus(TYPES_FOR) : clock.instant());
        }
    }

    @Override
    public boolean answers(SenderKey sender) {
        return connected.contains(sender) && !faults.has(sender, Fault.SILENT_DEATH);
    }

    @Override
    public boolean scan(SenderKey sender, Phone phone) {
        return linkings.scan(sender, phone, () -> {
            connected.add(sender);
            line.report(new DriverEvent.Linked(sender, phone, DEVICE));
            phones.take(sender).forEach(this::tell);
        });
    }

    @Override
    public boolean fault(SenderKey sender, Fault fault) {
        return switch (fault) {
            case DROP -> {
                boolean was = connected.remove(sender);
                if (was) {
                    dropped.add(sender);
                    timers.in(COMES_BACK_AFTER, () -> comeBack(sender));
                    line.report(new DriverEvent.Disconnected(sender, "Simulated: the connection was lost"));
                }
                yield was;
            }
            case BAN -> ends(sender, "Simulated: banned by WhatsApp", DriverEvent.Banned::new);
            case UNLINK -> ends(sender, "Simulated: removed on the phone", DriverEvent.Unlinked::new);
            case RESTRICT -> {
                boolean can = lasts(sender, fault);
                if (can) {
                    line.report(restricted(sender));
                }
                yield can;
            }
            case UNRESTRICT -> {
                faults.end(sender, Fault.RESTRICT);
                boolean can = connected.contains(sender);
                if (can) {
                    line.report(new DriverEvent.Unrestricted(sender));
                }
                yield can;
            }
            case SILENT_DEATH, SLOW, DUPLICATE_RECEIPTS, LATE_RECEIPTS -> lasts(sender, fault);
            case PASSKEY -> faults.add(sender, fault);
            case EXPIRE_CODE -> linkings.expire(sender);
            case HEAL -> heal(sender);
        };
    }

    private interface Telling {
        DriverEvent of(SenderKey sender, String reason);
    }

    private boolean ends(SenderKey sender, String reason, Telling telling) {
        boolean was = connected.remove(sender);
        if (was) {
            faults.endOfConnection(sender);
            line.report(telling.of(sender, reason));
        }
        return was;
    }

    private boolean lasts(SenderKey sender, Fault fault) {
        return connected.contains(sender) && faults.add(sender, fault);
    }

    private static DriverEvent restricted(SenderKey sender) {
        return new DriverEvent.Restricted(sender, "Simulated: error 463, can’t start new chats");
    }

    private boolean heal(SenderKey sender) {
        boolean silent = faults.has(sender, Fault.SILENT_DEATH);
        faults.endAll(sender);
        if (silent || dropped.contains(sender)) {
            connect(sender);
        }
        if (connected.contains(sender)) {
            line.report(new DriverEvent.Unrestricted(sender));
        }
        return true;
    }

    /// Returns the faults that last until they are healed.
    public Set<Fault> lastingFaults(SenderKey sender) {
        return faults.of(sender);
    }

    private void comeBack(SenderKey sender) {
        if (dropped.remove(sender)) {
            connect(sender);
        }
    }
}
