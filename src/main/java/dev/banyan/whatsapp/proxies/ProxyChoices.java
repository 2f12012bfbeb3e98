package dev.banyan.whatsapp.proxies;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.Driver;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent.Tone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.changes.SenderChanges;
import dev.banyan.whatsapp.changes.SenderChanges.Change;
import dev.banyan.whatsapp.proxies.Proxies.Used;
import dev.banyan.whatsapp.proxies.ProxyStore.Assigned;
import io.quarkus.arc.All;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Gives proxies to numbers. Each number keeps the one it was given until a person changes that, or deletes the proxy:
/// an address that changes by itself makes WhatsApp suspicious.
@Singleton
public final class ProxyChoices {

    public static final Invalid UNKNOWN = new Invalid("proxy", "proxy must be the id of a proxy, auto or null");

    private static final String FULL = "No proxy has room. Add a proxy, or let one serve more numbers.";

    /// What a number should use.
    public sealed interface Choice {

        record None() implements Choice {}

        /// One of the account's, chosen here. A number that has one keeps it.
        record Automatic() implements Choice {}

        record Own(ProxyId proxy) implements Choice {}
    }

    /// The proxy of a number.
    ///
    /// @param automatic whether it was chosen here
    public record Current(Proxy proxy, boolean automatic) {}

    private final Database database;
    private final SenderChanges changes;
    private final List<Driver> drivers;
    private final Event<ProxyChanged> changed;

    public ProxyChoices(
            Database database, SenderChanges changes, @All List<Driver> drivers, Event<ProxyChanged> changed) {
        this.database = database;
        this.changes = changes;
        this.drivers = List.copyOf(drivers);
        this.changed = changed;
    }

    /// Returns why a number can't use a proxy, as a full sentence; empty if it can.
    public Optional<String> hindrance(Sender sender) {
        return drivers.stream()
                .filter(driver -> driver.kind() == sender.driver())
                .filter(driver -> !driver.capabilities(sender.key()).contains(Capability.PROXY))
                .findFirst()
                .map(_ -> sender.driver().title() + " doesn’t support proxies.");
    }

    public Optional<Current> current(AccountId tenant, SenderId sender) {
        return database.read(tx -> current(tx, tenant, sender));
    }

    private static Optional<Current> current(Tx tx, AccountId tenant, SenderId sender) {
        var store = new ProxyStore(tx);
        return store.assigned(tenant, sender)
                .flatMap(found -> store.find(tenant, found.proxy())
                        .map(stored -> new Current(stored.proxy(), found.automatic())));
    }

    public Outcome<Optional<Current>> choose(AccountId tenant, Actor actor, SenderId id, Choice choice) {
        return changes.write(tenant, change -> {
            Optional<Sender> sender = change.store().find(tenant, id);
            if (sender.isEmpty()) {
                return Outcome.notFound();
            }
            Optional<String> hindrance = hindrance(sender.get());
            if (hindrance.isPresent() && !(choice instanceof Choice.None)) {
                return Outcome.conflict(hindrance.get());
            }
            return switch (choice) {
                case Choice.None _ -> none(change, actor, sender.get());
                case Choice.Automatic _ -> automatic(change, actor, sender.get());
                case Choice.Own(ProxyId proxy) -> own(change, actor, sender.get(), proxy);
            };
        });
    }

    private Outcome<Optional<Current>> none(Change change, Actor actor, Sender sender) {
        if (current(change.tx(), sender.tenant(), sender.id()).isPresent()) {
            new ProxyStore(change.tx()).unassign(sender.tenant(), sender.id());
            change.event(sender, Tone.INFO, "Proxy removed", "It connects without a proxy now.");
            change.done(actor, "SenderProxySet", sender.id(), Map.of("proxy", ""));
            tell(change, sender);
        }
        return Outcome.done(Optional.empty());
    }

    private Outcome<Optional<Current>> automatic(Change change, Actor actor, Sender sender) {
        Optional<Current> kept = current(change.tx(), sender.tenant(), sender.id());
        if (kept.isPresent()) {
            return given(change, actor, sender, kept.get().proxy(), true);
        }
        return Proxies.list(change.tx(), sender.tenant()).stream()
                .filter(used -> used.proxy().enabled() && used.hasRoom())
                .min(Comparator.comparingInt(Used::numbers))
                .map(used -> given(change, actor, sender, used.proxy(), true))
                .orElseGet(() -> Outcome.conflict(FULL));
    }

    private Outcome<Optional<Current>> own(Change change, Actor actor, Sender sender, ProxyId id) {
        Optional<Used> wanted = Proxies.list(change.tx(), sender.tenant()).stream()
                .filter(used -> used.proxy().id().equals(id))
                .findFirst();
        if (wanted.isEmpty()) {
            return Outcome.rejected(UNKNOWN);
        }
        Proxy proxy = wanted.get().proxy();
        boolean keeps = current(change.tx(), sender.tenant(), sender.id())
                .filter(now -> now.proxy().id().equals(id))
                .isPresent();
        if (!keeps && !proxy.enabled()) {
            return Outcome.conflict("“" + proxy.name() + "” is turned off. Turn it on, or choose another proxy.");
        }
        if (!keeps && !wanted.get().hasRoom()) {
            return Outcome.conflict("“" + proxy.name() + "” has no room: it serves " + proxy.capacity()
                    + (proxy.capacity() == 1 ? " number." : " numbers.")
                    + " Choose another proxy, or let it serve more numbers.");
        }
        return given(change, actor, sender, proxy, false);
    }

    private Outcome<Optional<Current>> given(
            Change change, Actor actor, Sender sender, Proxy proxy, boolean automatic) {
        var store = new ProxyStore(change.tx());
        var wanted = new Assigned(proxy.id(), automatic);
        Optional<Assigned> before = store.assigned(sender.tenant(), sender.id());
        if (!before.equals(Optional.of(wanted))) {
            store.assign(sender.tenant(), sender.id(), wanted);
            change.done(actor, "SenderProxySet", sender.id(), Map.of("proxy", proxy.name()));
        }
        if (!before.map(Assigned::proxy).equals(Optional.of(proxy.id()))) {
            change.event(sender, Tone.INFO, "Proxy set", "It connects through “" + proxy.name() + "”.");
            tell(change, sender);
        }
        return Outcome.done(Optional.of(new Current(proxy, automatic)));
    }

    private void tell(Change change, Sender sender) {
        change.tx().afterCommit(() -> changed.fire(new ProxyChanged(sender.key())));
    }
}
