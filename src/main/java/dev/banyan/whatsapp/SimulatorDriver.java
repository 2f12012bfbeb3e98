package dev.banyan.whatsapp;

import dev.banyan.platform.Digests;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// WhatsApp, pretended inside this server: codes change as WhatsApp changes them, a simulated phone scans them, and
/// faults happen when somebody asks for them. Customers get what is sent and read it, as [SimulatedPhones] says of
/// each.
/// No message leaves the server.
@Singleton
final class SimulatorDriver implements Driver {

    static final int CODES = 6;
    static final Duration FIRST_CODE = Duration.ofSeconds(60);
    static final Duration NEXT_CODE = Duration.ofSeconds(20);
    static final Duration COMES_BACK_AFTER = Duration.ofSeconds(30);
    static final Duration SLOW_SENDING = Duration.ofSeconds(10);
    static final Duration DELIVERED_AFTER = Duration.ofSeconds(1);
    static final Duration READ_AFTER = Duration.ofSeconds(3);
    static final String DEVICE = "Simulated phone";

    /// One linking. Its lock also keeps its events in order.
    private static final class Session {
        private final String pairing = PairingCodes.next();
        private int number;
        private boolean over;
        private Optional<Timers.Timer> timer = Optional.empty();
    }

    private final Clock clock;
    private final Timers timers;
    private final SimulatedPhones phones;
    private final Map<SenderKey, Session> sessions = new ConcurrentHashMap<>();
    private final Set<SenderKey> connected = ConcurrentHashMap.newKeySet();
    private final Set<SenderKey> dropped = ConcurrentHashMap.newKeySet();
    private volatile Consumer<DriverEvent> listener = _ -> {};

    SimulatorDriver(Clock clock, Timers timers, SimulatedPhones phones) {
        this.clock = clock;
        this.timers = timers;
        this.phones = phones;
    }

    @Override
    public DriverKind kind() {
        return DriverKind.SIMULATOR;
    }

    @Override
    public void listen(Consumer<DriverEvent> events) {
        listener = events;
    }

    @Override
    public void link(SenderKey sender) {
        connected.remove(sender);
        dropped.remove(sender);
        var session = new Session();
        if (sessions.putIfAbsent(sender, session) == null) {
            showNext(sender, session);
        }
    }

    private void showNext(SenderKey sender, Session session) {
        synchronized (session) {
            if (session.over) {
                return;
            }
            if (session.number == CODES) {
                end(sender, session);
                listener.accept(new DriverEvent.TimedOut(sender));
                return;
            }
            session.number++;
            Instant now = clock.instant();
            Duration shown = session.number == 1 ? FIRST_CODE : NEXT_CODE;
            session.timer = Optional.of(timers.in(shown, () -> showNext(sender, session)));
            listener.accept(new DriverEvent.Code(sender, newCode(), session.number, CODES, now, now.plus(shown)));
        }
    }

    /// Begins as WhatsApp's codes do, and is shorter than they are, so that it fits into a small terminal.
    private static String newCode() {
        return "2@" + Digests.newToken();
    }

    @Override
    public Optional<String> pairingCode(SenderKey sender, Phone phone) {
        return session(sender).flatMap(session -> {
            synchronized (session) {
                return session.over ? Optional.empty() : Optional.of(session.pairing);
            }
        });
    }

    private void end(SenderKey sender, Session session) {
        session.over = true;
        session.timer.ifPresent(Timers.Timer::cancel);
        sessions.remove(sender, session);
    }

    @Override
    public void cancel(SenderKey sender) {
        session(sender).ifPresent(session -> {
            synchronized (session) {
                end(sender, session);
            }
        });
    }

    @Override
    public void connect(SenderKey sender) {
        connected.add(sender);
        listener.accept(new DriverEvent.Connected(sender));
        phones.take(sender).forEach(listener);
    }

    @Override
    public void stop(SenderKey sender) {
        cancel(sender);
        connected.remove(sender);
        dropped.remove(sender);
        phones.take(sender);
    }

    @Override
    public void send(SenderKey sender, OutgoingMessage message) {
        if (!connected.contains(sender)) {
            listener.accept(new DriverEvent.NotSent(sender, message.id(), "The number is not connected.", true));
            return;
        }
        switch (phones.mood(sender.tenant(), message.to())) {
            case MISSING ->
                listener.accept(
                        new DriverEvent.NotSent(sender, message.id(), message.to() + " is not on WhatsApp.", false));
            case SLOW -> timers.in(SLOW_SENDING, () -> sent(sender, message));
            case READS, WAITS, OFF -> sent(sender, message);
        }
    }

    /// A connection that broke meanwhile says nothing of what was on its way.
    private void sent(SenderKey sender, OutgoingMessage message) {
        if (connected.contains(sender)) {
            String provider = "SIM" + Digests.newToken();
            // Before it is told: who hears of it may set the clock forward at once.
            if (phones.mood(sender.tenant(), message.to()) != CustomerMood.OFF) {
                timers.in(DELIVERED_AFTER, () -> arrives(sender, message.to(), provider));
            }
            listener.accept(new DriverEvent.Sent(sender, message.id(), provider));
        }
    }

    /// A customer's phone gets a message that was sent.
    void arrives(SenderKey sender, Phone customer, String provider) {
        if (phones.mood(sender.tenant(), customer) == CustomerMood.OFF) {
            return; // switched off on the way
        }
        timers.in(READ_AFTER, () -> {
            CustomerMood mood = phones.mood(sender.tenant(), customer);
            if (mood == CustomerMood.READS || mood == CustomerMood.SLOW) {
                listener.accept(new DriverEvent.Read(sender, provider));
            }
        });
        listener.accept(new DriverEvent.Delivered(sender, provider));
    }

    /// A customer has looked at a message that was sent.
    void read(SenderKey sender, String provider) {
        listener.accept(new DriverEvent.Read(sender, provider));
    }

    /// Somebody writes to a number. What is written to one that is not connected waits for it.
    ///
    /// @param provider as WhatsApp would call the message; the same twice arrives once
    /// @return false when nothing more may wait
    boolean receive(SenderKey sender, String provider, Phone from, String name, String text, Optional<Media> media) {
        var event = new DriverEvent.Received(sender, provider, from, name, text, media, clock.instant());
        if (!connected.contains(sender)) {
            return phones.keep(event);
        }
        listener.accept(event);
        return true;
    }

    @Override
    public boolean answers(SenderKey sender) {
        return connected.contains(sender);
    }

    /// The simulated phone scans the code that is shown.
    ///
    /// @return false when there is none
    boolean scan(SenderKey sender, Phone phone) {
        Optional<Session> found = session(sender);
        if (found.isEmpty()) {
            return false;
        }
        Session session = found.get();
        synchronized (session) {
            if (session.over) {
                return false;
            }
            end(sender, session);
            connected.add(sender);
            listener.accept(new DriverEvent.Linked(sender, phone, DEVICE));
            phones.take(sender).forEach(listener);
            return true;
        }
    }

    /// @return false when the sender is not connected, so that nothing can befall it
    boolean fault(SenderKey sender, Fault fault) {
        boolean was = fault == Fault.RESTRICT ? connected.contains(sender) : connected.remove(sender);
        if (was) {
            if (fault == Fault.DROP) {
                dropped.add(sender);
                timers.in(COMES_BACK_AFTER, () -> comeBack(sender));
            }
            listener.accept(
                    switch (fault) {
                        case DROP -> new DriverEvent.Disconnected(sender, "Simulated: the connection was lost");
                        case RESTRICT ->
                            new DriverEvent.Restricted(sender, "Simulated: error 463, may not open new chats");
                        case BAN -> new DriverEvent.Banned(sender, "Simulated: banned by WhatsApp");
                        case UNLINK -> new DriverEvent.Unlinked(sender, "Simulated: removed on the phone");
                    });
        }
        return was;
    }

    private void comeBack(SenderKey sender) {
        if (dropped.remove(sender)) {
            connect(sender);
        }
    }

    private Optional<Session> session(SenderKey sender) {
        return Optional.ofNullable(sessions.get(sender));
    }
}
