package dev.banyan.workspaces.number;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumberChanged;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.ViewResult;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/// The sockets on this node that watch numbers, and their subscriptions. A subscription belongs to a workspace rather
/// than to its number, so it continues when the workspace gets another number.
@Singleton
public final class NumberSockets implements Recurring {

    static final int SUBSCRIPTIONS = 100;
    static final int SOCKETS_PER_ADDRESS = 100;

    /// @param stop ends the subscription to codes
    private record Watch(Optional<SenderId> number, boolean connected, Runnable stop) {}

    /// A socket with its subscriptions, which are only changed while holding its lock.
    private record Open(
            String id, OpenSocket socket, HttpServerRequest request, String address, Map<WorkspaceId, Watch> watches) {}

    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> perAddress = new ConcurrentHashMap<>();
    private final NumberSubscribers visitors;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final ObjectMapper json;
    private final ExecutorService threads;

    NumberSockets(
            NumberSubscribers visitors,
            WorkspaceNumbers numbers,
            Linking linking,
            ObjectMapper json,
            @VirtualThreads ExecutorService threads) {
        this.visitors = visitors;
        this.numbers = numbers;
        this.linking = linking;
        this.json = json;
        this.threads = threads;
    }

    void enter(WebSocketConnection connection, HttpServerRequest request) {
        String address =
                visitors.visitor(request).map(visitor -> visitor.actor().ip()).orElse("");
        var socket = OpenSocket.of(connection);
        if (perAddress.merge(address, 1, Integer::sum) > SOCKETS_PER_ADDRESS) {
            oneLess(address);
            socket.close(OpenSocket.TOO_MANY);
            return;
        }
        open.put(connection.id(), new Open(connection.id(), socket, request, address, new HashMap<>()));
        if (socket.isClosed()) {
            leave(connection);
            socket.bury();
        }
    }

    void leave(WebSocketConnection connection) {
        Optional.ofNullable(open.remove(connection.id())).ifPresent(socket -> {
            oneLess(socket.address());
            synchronized (socket) {
                socket.watches().values().forEach(watch -> watch.stop().run());
                socket.watches().clear();
            }
        });
    }

    private void oneLess(String address) {
        perAddress.computeIfPresent(address, (_, sockets) -> sockets > 1 ? sockets - 1 : null);
    }

    /// Records a sign of life.
    void heard(WebSocketConnection connection) {
        Optional.ofNullable(open.get(connection.id()))
                .ifPresent(known -> known.socket().heard());
    }

    void subscribe(WebSocketConnection connection, Optional<String> subClientId) {
        Optional<WorkspaceId> workspace = subClientId.flatMap(WorkspaceId::parse);
        Optional<Open> socket = Optional.ofNullable(open.get(connection.id()));
        if (workspace.isEmpty()) {
            tell(
                    connection,
                    NumberFrame.error(
                            subClientId.isEmpty() ? "Missing subClientId" : WorkspaceApiGuard.UNKNOWN_WORKSPACE));
        } else if (socket.isPresent()) {
            subscribe(socket.get(), workspace.get());
        }
    }

    private void subscribe(Open socket, WorkspaceId workspace) {
        synchronized (socket) {
            boolean again = socket.watches().containsKey(workspace);
            if (!again && socket.watches().size() >= SUBSCRIPTIONS) {
                tell(socket.socket(), NumberFrame.error("Too many subscriptions"));
                return;
            }
            ViewResult seen = seen(socket, workspace);
            Optional<String> refusal = refusal(seen);
            if (refusal.isPresent()) {
                tell(socket.socket(), NumberFrame.error(refusal.get()));
                return;
            }
            tell(socket.socket(), NumberFrame.SUBSCRIBED);
            Optional<Sender> number = numberOf(seen);
            number.ifPresent(sender -> tell(socket.socket(), NumberFrame.status(workspace, sender)));
            watch(socket, workspace, number);
        }
    }

    private ViewResult seen(Open socket, WorkspaceId workspace) {
        return visitors.actor(socket.request(), workspace)
                .map(actor -> numbers.find(actor, workspace))
                .orElseGet(ViewResult.NotFound::new);
    }

    private static Optional<String> refusal(ViewResult seen) {
        return switch (seen) {
            case ViewResult.Done _, ViewResult.NoNumber _ -> Optional.empty();
            case ViewResult.NotFound _ -> Optional.of(WorkspaceApiGuard.UNKNOWN_WORKSPACE);
            case ViewResult.Forbidden _ -> Optional.of(WhatsAppClientResource.FORBIDDEN);
        };
    }

    private static Optional<Sender> numberOf(ViewResult seen) {
        return seen instanceof ViewResult.Done(Workspace _, Sender number) ? Optional.of(number) : Optional.empty();
    }

    /// Replaces the socket's subscription for this workspace.
    private void watch(Open socket, WorkspaceId workspace, Optional<Sender> number) {
        stop(socket, workspace);
        Runnable stop = number.map(sender ->
                        linking.watch(sender.tenant(), sender.id(), event -> told(socket.socket(), workspace, event)))
                .orElse(() -> {});
        socket.watches()
                .put(
                        workspace,
                        new Watch(
                                number.map(Sender::id),
                                number.filter(sender -> sender.state().isActive())
                                        .isPresent(),
                                stop));
        if (!open.containsKey(socket.id())) {
            stop(socket, workspace); // the socket closed meanwhile, so the subscription has to be stopped here
        }
    }

    private static void stop(Open socket, WorkspaceId workspace) {
        Optional.ofNullable(socket.watches().remove(workspace))
                .ifPresent(watch -> watch.stop().run());
    }

    /// Forwards link events, except that a number is linked: its state change says so, as for every other state.
    private void told(OpenSocket socket, WorkspaceId workspace, LinkEvent event) {
        switch (event) {
            case LinkEvent.Code code -> tell(socket, NumberFrame.code(workspace, code.text()));
            case LinkEvent.TimedOut _ -> tell(socket, NumberFrame.timeout(workspace));
            case LinkEvent.Refused refused -> tell(socket, NumberFrame.error(refused.why()));
            case LinkEvent.PasskeyRequired _ ->
                tell(socket, NumberFrame.error("This number asks for a passkey. Confirm on the phone."));
            case LinkEvent.Linked _, LinkEvent.Stopped _ -> {}
        }
    }

    void unsubscribe(WebSocketConnection connection, Optional<String> subClientId) {
        Optional<Open> socket = Optional.ofNullable(open.get(connection.id()));
        socket.ifPresent(known -> {
            synchronized (known) {
                subClientId.flatMap(WorkspaceId::parse).ifPresent(workspace -> stop(known, workspace));
            }
        });
    }

    /// The number of open sockets.
    public int size() {
        return open.size();
    }

    /// The number of subscriptions of all sockets.
    int subscriptions() {
        return open.values().stream()
                .mapToInt(socket -> socket.watches().size())
                .sum();
    }

    /// Reacts to changes of numbers.

    void senderChanged(@Observes SenderChanged changed) {
        later(watch -> watch.number().equals(Optional.of(changed.sender())));
    }

    void numberChanged(@Observes WorkspaceNumberChanged changed) {
        threads.execute(() -> open.values().forEach(socket -> {
            synchronized (socket) {
                if (socket.watches().containsKey(changed.workspace())) {
                    look(socket, changed.workspace());
                }
            }
        }));
    }

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        later(_ -> true);
    }

    /// Runs on another thread: the notifying one may be the database writer.
    private void later(Predicate<Watch> which) {
        if (!open.isEmpty()) {
            threads.execute(() -> open.values().forEach(socket -> look(socket, which)));
        }
    }

    private void look(Open socket, Predicate<Watch> which) {
        synchronized (socket) {
            List.copyOf(socket.watches().entrySet()).stream()
                    .filter(watch -> which.test(watch.getValue()))
                    .map(Map.Entry::getKey)
                    .forEach(workspace -> look(socket, workspace));
        }
    }

    /// Checks access again and sends what has changed since the last frame.
    private void look(Open socket, WorkspaceId workspace) {
        look(socket, workspace, seen(socket, workspace));
    }

    private void look(Open socket, WorkspaceId workspace, ViewResult seen) {
        Watch before = socket.watches().get(workspace);
        if (before == null) {
            return;
        }
        Optional<String> refusal = refusal(seen);
        if (refusal.isPresent()) {
            stop(socket, workspace);
            tell(socket.socket(), NumberFrame.error(refusal.get()));
            return;
        }
        Optional<Sender> number = numberOf(seen);
        boolean connected = number.filter(sender -> sender.state().isActive()).isPresent();
        if (before.connected() && !connected) {
            tell(socket.socket(), NumberFrame.disconnected(workspace));
        } else if (connected && !before.connected()) {
            tell(socket.socket(), NumberFrame.connected(workspace, number.orElseThrow()));
        }
        if (!number.map(Sender::id).equals(before.number())) {
            watch(socket, workspace, number);
        } else if (connected != before.connected()) {
            socket.watches().put(workspace, new Watch(before.number(), connected, before.stop()));
        }
    }

    /// Pings every socket, closes those that missed the last two pings and those whose sessions have all ended, and
    /// checks access again: a few queries for all sockets of one session, however much they watch. Called by a job
    /// twice a minute.
    public void heartbeat() {
        var glance = new PresenceCheck(visitors, numbers);
        open.values().forEach(socket -> {
            if (!glance.isSomebody(socket.request())) {
                socket.socket().close(OpenSocket.SESSION_ENDED);
            } else {
                look(socket, glance);
                socket.socket().heartbeat();
            }
        });
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "30s", "30s", "beat-number-sockets", "Closes views of numbers that nobody has.", this::heartbeat);
    }

    private void look(Open socket, PresenceCheck glance) {
        synchronized (socket) {
            List<WorkspaceId> watched = List.copyOf(socket.watches().keySet());
            Map<WorkspaceId, ViewResult> seen = glance.seen(socket.request(), watched);
            watched.forEach(
                    workspace -> look(socket, workspace, seen.getOrDefault(workspace, new ViewResult.NotFound())));
        }
    }

    void tell(WebSocketConnection connection, NumberFrame frame) {
        tell(OpenSocket.of(connection), frame);
    }

    private void tell(OpenSocket socket, NumberFrame frame) {
        socket.send(write(frame));
    }

    private String write(NumberFrame frame) {
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A frame cannot be written as JSON", failure);
        }
    }
}
