package dev.banyan.whatsapp;

import dev.banyan.accounts.Contexts;
import dev.banyan.accounts.Sessions;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.web.OpenSocket;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The open boards of this node. However much happens, one that is being told is told at most once more: "changed" says
/// it all.
@Singleton
public final class BoardSockets {

    static final String CHANGED = "changed";
    private static final CloseReason NOTHING_TO_SAY = new CloseReason(1008, "Nothing is to be said here");
    private static final int PER_TENANT = 100;

    /// Who looks, for which account, and at which sender's linking if at one.
    record Visit(Caller caller, Actor actor, String as, AccountId tenant, Optional<SenderId> sender) {}

    private static final class Open {

        private static final int QUIET = 0;
        private static final int TELLING = 1;
        private static final int TELL_AGAIN = 2;

        private final OpenSocket socket;
        private final Visit visit;
        private final AtomicInteger telling = new AtomicInteger(QUIET);
        private volatile Runnable unwatch = () -> {};

        private Open(WebSocketConnection connection, Visit visit) {
            this.socket = OpenSocket.of(connection);
            this.visit = visit;
        }

        private void changed() {
            if (telling.getAndUpdate(now -> now == QUIET ? TELLING : TELL_AGAIN) == QUIET) {
                send();
            }
        }

        private void send() {
            socket.send(CHANGED, this::sent);
        }

        private void sent() {
            if (telling.getAndUpdate(now -> now == TELL_AGAIN ? TELLING : QUIET) == TELL_AGAIN) {
                send();
            }
        }
    }

    private final Linking linking;
    private final Contexts contexts;
    private final Sessions sessions;
    private final Map<AccountId, List<Open>> byTenant = new ConcurrentHashMap<>();

    BoardSockets(Linking linking, Contexts contexts, Sessions sessions) {
        this.linking = linking;
        this.contexts = contexts;
        this.sessions = sessions;
    }

    void enter(WebSocketConnection connection, Visit visit) {
        var open = new Open(connection, visit);
        List<Open> all = byTenant.compute(visit.tenant(), (_, before) -> {
            List<Open> known = before == null ? List.of() : before;
            return known.size() < PER_TENANT
                    ? Stream.concat(known.stream(), Stream.of(open)).toList()
                    : known;
        });
        if (!all.contains(open)) {
            open.socket.close(OpenSocket.TOO_MANY);
            return;
        }
        open.changed(); // between the page and its socket something may have happened unheard
        visit.sender().ifPresent(sender -> open.unwatch = linking.watch(visit.tenant(), sender, _ -> open.changed()));
        if (open.socket.isClosed()) { // perhaps before it was listed, so nobody will take it off
            leave(connection, visit);
            open.socket.bury();
        }
    }

    void leave(WebSocketConnection connection, Visit visit) {
        forget(visit, open -> open.socket.isOf(connection));
    }

    private void forget(Visit visit, Predicate<Open> gone) {
        byTenant.computeIfPresent(visit.tenant(), (_, known) -> {
            List<Open> left = known.stream().filter(open -> !gone.test(open)).toList();
            known.stream().filter(open -> !left.contains(open)).forEach(open -> open.unwatch.run());
            return left.isEmpty() ? null : left;
        });
    }

    void heard(WebSocketConnection connection, Visit visit) {
        of(visit.tenant()).stream().filter(open -> open.socket.isOf(connection)).forEach(open -> open.socket.heard());
    }

    void refuse(WebSocketConnection connection) {
        OpenSocket.of(connection).close(NOTHING_TO_SAY);
    }

    /// Pings every socket, closes those that did not answer twice, and those of people who may not look any more. A job
    /// calls it twice a minute.
    public void beat() {
        byTenant.values().stream().flatMap(List::stream).toList().forEach(open -> {
            if (open.socket.isClosed()) {
                forget(open.visit, open::equals); // whatever kept its end from being told
                open.socket.bury();
            } else if (mayStillLook(open.visit)) {
                open.socket.beat();
            } else {
                open.socket.close(OpenSocket.SESSION_ENDED);
            }
        });
    }

    private boolean mayStillLook(Visit visit) {
        return sessions.isOpen(visit.caller())
                && contexts.resolve(visit.caller(), visit.actor(), Optional.of(visit.as()))
                        instanceof Contexts.Resolved.Found(var context)
                && context.root().id().equals(visit.tenant());
    }

    /// How many are open.
    public int size() {
        return byTenant.values().stream().mapToInt(List::size).sum();
    }

    void senderChanged(@Observes SenderChanged changed) {
        of(changed.tenant()).forEach(Open::changed);
    }

    void healthChanged(@Observes SenderHealthChanged changed) {
        of(changed.sender().tenant()).forEach(Open::changed);
    }

    private List<Open> of(AccountId tenant) {
        return byTenant.getOrDefault(tenant, List.of());
    }
}
