package dev.banyan.whatsapp.session;

import module java.base;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.Liveness;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderConnected;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderHealth;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.SenderState;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.changes.SenderChanges;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Turns driver reports into states of senders, as far as the transitions of [SenderState] allow; others came too late
/// and change nothing.
@Singleton
public final class SenderStates {

    private final Database database;
    private final SenderChanges changes;
    private final LinkWatches watches;
    private final Liveness liveness;
    private final Event<SenderConnected> connections;
    private final Map<DriverKind, Driver> drivers = new EnumMap<>(DriverKind.class);

    public SenderStates(
            Database database,
            SenderChanges changes,
            LinkWatches watches,
            Liveness liveness,
            Event<SenderConnected> connections,
            @All List<Driver> drivers) {
        this.database = database;
        this.changes = changes;
        this.watches = watches;
        this.liveness = liveness;
        this.connections = connections;
        drivers.forEach(driver -> this.drivers.put(driver.kind(), driver));
    }

    Driver driver(Sender sender) {
        return driver(sender.driver());
    }

    Driver driver(DriverKind kind) {
        return Optional.ofNullable(drivers.get(kind))
                .orElseThrow(() -> new IllegalStateException("No driver " + kind.key()));
    }

    Collection<Driver> drivers() {
        return drivers.values();
    }

    /// Stops everything that runs for a sender.
    void forget(SenderKey key, DriverKind driver) {
        driver(driver).stop(key);
        liveness.gone(key);
        watches.tell(key, new LinkEvent.Stopped());
    }

    /// Processes a report about a sender.
    void happened(DriverEvent event) {
        SenderKey key = event.sender();
        switch (event) {
            case DriverEvent.Code code -> {
                watches.tell(
                        key,
                        new LinkEvent.Code(code.text(), code.number(), code.of(), code.shownAt(), code.expiresAt()));
            }
            case DriverEvent.PasskeyRequired _ -> {
                if (became(key, SenderState.PASSKEY_REQUIRED, Optional.empty())) {
                    watches.tell(key, new LinkEvent.PasskeyRequired());
                }
            }
            case DriverEvent.TimedOut _ -> {
                became(key, SenderState.PENDING, Optional.of("No code was scanned in time"));
                watches.tell(key, new LinkEvent.TimedOut());
            }
            case DriverEvent.LinkFailed failed -> {
                became(key, SenderState.PENDING, Optional.of(failed.reason()));
                watches.tell(key, new LinkEvent.Refused(failed.reason()));
            }
            case DriverEvent.Linked linked -> linked(linked);
            case DriverEvent.Connected _ -> connected(key);
            case DriverEvent.Disconnected lost -> lost(key, SenderState.DISCONNECTED, lost.reason());
            case DriverEvent.Restricted restricted ->
                became(key, SenderState.RESTRICTED, Optional.of(restricted.reason()));
            case DriverEvent.Unrestricted _ -> unrestricted(key);
            case DriverEvent.Banned banned -> lost(key, SenderState.BANNED, banned.reason());
            case DriverEvent.Unlinked unlinked -> lost(key, SenderState.UNLINKED, unlinked.reason());
            case DriverEvent.OfMessage _ -> {}
        }
    }

    private sealed interface Outcome {

        record Linked(Sender sender) implements Outcome {}

        record Refused(Sender sender, String why) implements Outcome {}

        /// The sender was removed, or is no longer being linked.
        record TooLate() implements Outcome {}
    }

    private void linked(DriverEvent.Linked event) {
        SenderKey key = event.sender();
        Outcome outcome = changes.write(key.tenant(), change -> {
            Optional<Sender> found = change.store().find(key.tenant(), key.id());
            if (found.filter(sender -> isLinkedWith(sender, event.phone())).isPresent()) {
                return new Outcome.Linked(found.get()); // reported twice
            }
            if (found.filter(sender -> sender.state().mayBecome(SenderState.LINKED))
                    .isEmpty()) {
                return new Outcome.TooLate();
            }
            Sender sender = found.get();
            Optional<String> wrong = wrongPhone(change.store(), sender, event.phone());
            Sender after = wrong.isPresent()
                    ? become(sender, SenderState.PENDING, wrong, change.now())
                    : sender.withPhone(event.phone())
                            .withLink(sender.link().done(event.deviceName(), change.now()), change.now());
            change.store().saveLink(key.tenant(), after);
            if (wrong.isPresent()) {
                change.happened(key.id());
                return new Outcome.Refused(after, wrong.get());
            }
            change.event(after, SenderEvent.Tone.GOOD, "Linked", "With " + event.phone() + ", " + event.deviceName());
            change.done(
                    Actor.SERVER,
                    "SenderLinked",
                    key.id(),
                    Map.of("phone", event.phone().e164(), "device", event.deviceName()));
            return new Outcome.Linked(after);
        });
        switch (outcome) {
            case Outcome.Linked(Sender sender) -> {
                cameUp(sender);
                watches.tell(key, new LinkEvent.Linked(sender));
            }
            case Outcome.Refused(Sender sender, String why) -> {
                driver(sender).stop(key);
                watches.tell(key, new LinkEvent.Refused(why));
            }
            case Outcome.TooLate _ -> drivers.values().forEach(driver -> driver.stop(key));
        }
    }

    private static boolean isLinkedWith(Sender sender, Phone phone) {
        return sender.state() == SenderState.LINKED
                && sender.phone().filter(phone::isFormOf).isPresent();
    }

    private static Optional<String> wrongPhone(SenderStore store, Sender sender, Phone scanned) {
        if (sender.phone().filter(phone -> !phone.isFormOf(scanned)).isPresent()) {
            return Optional.of("The code was scanned with " + scanned + ", but this account is "
                    + sender.phone().get() + ".");
        }
        return store.findByPhone(sender.tenant(), scanned)
                .filter(other -> !other.id().equals(sender.id()))
                .map(other -> scanned + " is already linked as “" + other.shownName() + "”.");
    }

    private void connected(SenderKey key) {
        Optional<Sender> found = database.read(key.tenant(), tx -> new SenderStore(tx).find(key.tenant(), key.id()));
        if (found.isEmpty()) {
            drivers.values().forEach(driver -> driver.stop(key));
            return;
        }
        Sender sender = found.get();
        // A sender that is still linked in the database, because the server was down and not the phone,
        // needs no update.
        if (sender.state().isActive() || became(key, SenderState.LINKED, Optional.empty())) {
            cameUp(sender);
        } else {
            driver(sender).stop(key);
        }
    }

    private void cameUp(Sender sender) {
        liveness.connected(sender.key(), driver(sender));
        connections.fire(new SenderConnected(sender));
    }

    private void unrestricted(SenderKey key) {
        changes.write(key.tenant(), change -> {
            Optional<Sender> restricted = change.store()
                    .find(key.tenant(), key.id())
                    .filter(sender -> sender.state() == SenderState.RESTRICTED);
            restricted.ifPresent(sender -> {
                Sender after = become(sender, SenderState.LINKED, Optional.empty(), change.now());
                change.store().saveLink(key.tenant(), after);
                change.event(sender, SenderEvent.Tone.GOOD, "Restriction lifted", "It can start new chats again");
                change.happened(key.id());
            });
            return restricted;
        });
    }

    private void lost(SenderKey key, SenderState next, String reason) {
        became(key, next, Optional.of(reason));
        liveness.gone(key);
    }

    private boolean became(SenderKey key, SenderState next, Optional<String> error) {
        return changes.write(key.tenant(), change -> {
            Optional<Sender> sender = change.store()
                    .find(key.tenant(), key.id())
                    .filter(found -> found.state().mayBecome(next));
            sender.ifPresent(found -> {
                change.store().saveLink(key.tenant(), become(found, next, error, change.now()));
                change.event(found, tone(next), title(found.state(), next), error.orElse(""));
                change.happened(key.id());
            });
            return sender.isPresent();
        });
    }

    private static SenderEvent.Tone tone(SenderState state) {
        return switch (state) {
            case LINKED -> SenderEvent.Tone.GOOD;
            case PENDING, LINKING, PASSKEY_REQUIRED -> SenderEvent.Tone.INFO;
            case DISCONNECTED, RESTRICTED -> SenderEvent.Tone.WARN;
            case BANNED, UNLINKED -> SenderEvent.Tone.BAD;
        };
    }

    private static String title(SenderState before, SenderState state) {
        return switch (state) {
            case LINKED -> before == SenderState.BANNED ? "Ban lifted" : "Connected";
            case PENDING -> "Not linked";
            case LINKING -> "Linking";
            case PASSKEY_REQUIRED -> "Passkey needed";
            case DISCONNECTED -> "Disconnected";
            case RESTRICTED -> "Restricted";
            case BANNED -> "Banned";
            case UNLINKED -> "Logged out";
        };
    }

    Sender become(Sender sender, SenderState next, Optional<String> error, Instant now) {
        return sender.withLink(sender.link().became(next, error, liveness.lastProof(sender.key()), now), now);
    }

    /// Adds an event when a sender has stopped responding, or responds again. Its state is unchanged, because that is
    /// what WhatsApp reports.
    ///
    /// @return the sender, if it still exists
    Optional<Sender> healthChanged(SenderKey key, Liveness.Change health) {
        return changes.write(key.tenant(), change -> {
            Optional<Sender> found = change.store().find(key.tenant(), key.id());
            found.ifPresent(sender -> {
                switch (health.after()) {
                    case OFFLINE -> {}
                    case HEALTHY ->
                        change.event(
                                sender, SenderEvent.Tone.GOOD, "Recovered", "It responds and sends messages again.");
                    case DEGRADED ->
                        change.event(
                                sender,
                                SenderEvent.Tone.WARN,
                                "Degraded",
                                "It appears connected, but missed "
                                        + health.health().misses() + " of "
                                        + health.health().checks().misses() + " checks.");
                    case FAILED ->
                        change.event(sender, SenderEvent.Tone.BAD, "Failed", failed(health.health(), change.now()));
                }
                change.happened(key.id());
            });
            return found;
        });
    }

    private static String failed(SenderHealth health, Instant now) {
        if (health.isStuck(now)) {
            return "It appears connected, but its messages are not being sent.";
        }
        return health.isRefusing(now)
                ? "It appears connected, but refuses messages."
                : "It appears connected, but missed " + health.checks().misses() + " checks.";
    }
}
