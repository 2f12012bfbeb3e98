package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.platform.web.socket.Channel;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.platform.web.socket.Handshakes.Entry;
import dev.banyan.platform.web.socket.Handshakes.Visitor;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.session.LinkEvent;
import dev.banyan.whatsapp.session.Linking;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumberChanged;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspaceNumbers.WithNumber;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.access.WorkspaceApiGuard;
import dev.banyan.workspaces.number.NumberFrame.Said;
import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.WebSocket;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;

/// Notifies clients of changes to workspaces' numbers; [NumberFrame] describes the protocol. People who are signed in,
/// to the agency or to a workspace, may open one: 403 for other origins, 401 for everyone else. Each subscription is
/// checked on its own. It belongs to a workspace rather than to its number, so it continues when the workspace gets
/// another number.
@WebSocket(path = "/api/whatsapp/ws", endpointId = NumberSocket.ENDPOINT)
public final class NumberSocket extends Channel<String, NumberSocket.Watcher> {

    static final String ENDPOINT = "workspace-number";
    static final int SUBSCRIPTIONS = 100;
    private static final int PER_ADDRESS = 100;

    /// @param stop ends the subscription to codes
    record Watch(Optional<SenderId> number, boolean connected, Runnable stop) {}

    /// The client behind a socket.
    ///
    /// @param request the handshake: its cookies identify the caller while their sessions are valid
    /// @param watches its subscriptions, which are only changed while holding its lock
    record Watcher(String address, HttpServerRequest request, Map<WorkspaceId, Watch> watches) {

        synchronized void stop(WorkspaceId workspace) {
            Optional.ofNullable(watches.remove(workspace))
                    .ifPresent(watch -> watch.stop().run());
        }

        synchronized void stopAll() {
            List.copyOf(watches.keySet()).forEach(this::stop);
        }
    }

    private final NumberSubscribers subscribers;
    private final WorkspaceNumbers numbers;
    private final Linking linking;
    private final ExecutorService threads;

    NumberSocket(
            Handshakes handshakes,
            ObjectMapper json,
            NumberSubscribers subscribers,
            WorkspaceNumbers numbers,
            Linking linking,
            @VirtualThreads ExecutorService threads) {
        super(handshakes, json, ENDPOINT, PER_ADDRESS);
        this.subscribers = subscribers;
        this.numbers = numbers;
        this.linking = linking;
        this.threads = threads;
    }

    @Override
    public Job job() {
        return beat("beat-number-sockets", "Closes views of numbers that are no longer open.");
    }

    @Override
    protected Entry<Watcher> entry(HttpUpgradeContext handshake, Visitor visitor) {
        HttpServerRequest request = handshake.httpRequest();
        if (!subscribers.isSomebody(request, visitor)) {
            return new Entry.Denied<>(401);
        }
        return subscribers.isWithoutWorkspaces(request, visitor)
                ? new Entry.Denied<>(403)
                : new Entry.Granted<>(new Watcher(visitor.actor().ip(), request, new HashMap<>()));
    }

    @Override
    protected String key(Watcher watcher) {
        return watcher.address();
    }

    @Override
    protected void entering(Open<Watcher> open) {
        open.socket().atEnd(open.visitor()::stopAll);
    }

    /// Those with a session anywhere. Checks access to what they watch again as well: a few queries for all sockets of
    /// one session, however much they watch.
    @Override
    protected Predicate<Open<Watcher>> staying(List<Open<Watcher>> some) {
        var glance = new PresenceCheck(subscribers, numbers);
        return open -> {
            boolean stays = glance.isSomebody(open.visitor().request());
            if (stays) {
                look(open, glance);
            }
            return stays;
        };
    }

    @Override
    protected void said(Open<Watcher> from, String text) {
        if (floods(from, RateLimit.NUMBER_FRAMES_BY_SOCKET, from.socket().id())) {
            return;
        }
        Optional<Said> read = read(text, Said.class);
        Optional<String> name = read.flatMap(Said::subClientId);
        Optional<WorkspaceId> workspace = name.flatMap(WorkspaceId::parse);
        switch (read.flatMap(Said::type).orElse("")) {
            case "subscribe" ->
                workspace.ifPresentOrElse(
                        known -> subscribe(from, known),
                        () -> tell(
                                from,
                                NumberFrame.error(
                                        name.isEmpty() ? "Missing subClientId" : WorkspaceApiGuard.UNKNOWN_WORKSPACE)));
            case "unsubscribe" -> workspace.ifPresent(from.visitor()::stop);
            case "ping" -> tell(from, NumberFrame.PONG);
            default -> tell(from, NumberFrame.error("Send subscribe, unsubscribe or ping, as JSON"));
        }
    }

    private void subscribe(Open<Watcher> open, WorkspaceId workspace) {
        Watcher watcher = open.visitor();
        synchronized (watcher) {
            boolean again = watcher.watches().containsKey(workspace);
            if (!again && watcher.watches().size() >= SUBSCRIPTIONS) {
                tell(open, NumberFrame.error("Too many subscriptions"));
                return;
            }
            Outcome<WithNumber> seen = seen(watcher, workspace);
            Optional<String> refusal = refusal(seen);
            if (refusal.isPresent()) {
                tell(open, NumberFrame.error(refusal.get()));
                return;
            }
            tell(open, NumberFrame.SUBSCRIBED);
            Optional<Sender> number = numberOf(seen);
            number.ifPresent(sender -> tell(open, NumberFrame.status(workspace, sender)));
            watch(open, workspace, number);
        }
    }

    private Outcome<WithNumber> seen(Watcher watcher, WorkspaceId workspace) {
        return subscribers
                .actor(watcher.request(), workspace)
                .map(actor -> numbers.find(actor, workspace))
                .orElseGet(Outcome::notFound);
    }

    private static Optional<String> refusal(Outcome<WithNumber> seen) {
        return seen.fold(
                _ -> Optional.empty(),
                refusal -> Optional.of(
                        refusal instanceof Refusal.Forbidden
                                ? WhatsAppClientResource.FORBIDDEN
                                : WorkspaceApiGuard.UNKNOWN_WORKSPACE));
    }

    private static Optional<Sender> numberOf(Outcome<WithNumber> seen) {
        return seen.fold(WithNumber::number, _ -> Optional.empty());
    }

    private static boolean isConnected(Optional<Sender> number) {
        return number.filter(sender -> sender.state().isActive()).isPresent();
    }

    /// Replaces the socket's subscription for this workspace.
    private void watch(Open<Watcher> open, WorkspaceId workspace, Optional<Sender> number) {
        Watcher watcher = open.visitor();
        watcher.stop(workspace);
        Runnable stop = number.map(
                        sender -> linking.watch(sender.tenant(), sender.id(), event -> told(open, workspace, event)))
                .orElse(() -> {});
        watcher.watches().put(workspace, new Watch(number.map(Sender::id), isConnected(number), stop));
        if (!of(watcher.address()).contains(open)) {
            watcher.stop(workspace); // the socket closed meanwhile, so the subscription has to be stopped here
        }
    }

    /// Forwards link events, except that a number is linked: its state change says so, as for every other state.
    private void told(Open<Watcher> open, WorkspaceId workspace, LinkEvent event) {
        switch (event) {
            case LinkEvent.Code code -> tell(open, NumberFrame.code(workspace, code.text()));
            case LinkEvent.TimedOut _ -> tell(open, NumberFrame.timeout(workspace));
            case LinkEvent.Refused refused -> tell(open, NumberFrame.error(refused.why()));
            case LinkEvent.PasskeyRequired _ ->
                tell(open, NumberFrame.error("This number asks for a passkey. Continue on the page of the number."));
            case LinkEvent.Linked _, LinkEvent.Stopped _ -> {}
        }
    }

    int subscriptions() {
        return all().mapToInt(open -> open.visitor().watches().size()).sum();
    }

    void senderChanged(@Observes SenderChanged changed) {
        later((_, watch) -> watch.number().equals(Optional.of(changed.sender())));
    }

    void numberChanged(@Observes WorkspaceNumberChanged changed) {
        later((workspace, _) -> workspace.equals(changed.workspace()));
    }

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        later((_, _) -> true);
    }

    /// Runs on another thread: the notifying one may be the database writer.
    private void later(BiPredicate<WorkspaceId, Watch> which) {
        if (size() > 0) {
            threads.execute(() -> all().forEach(open -> look(open, which)));
        }
    }

    private void look(Open<Watcher> open, BiPredicate<WorkspaceId, Watch> which) {
        Watcher watcher = open.visitor();
        synchronized (watcher) {
            List.copyOf(watcher.watches().entrySet()).stream()
                    .filter(watch -> which.test(watch.getKey(), watch.getValue()))
                    .map(Map.Entry::getKey)
                    .forEach(workspace -> look(open, workspace, seen(watcher, workspace)));
        }
    }

    private void look(Open<Watcher> open, PresenceCheck glance) {
        Watcher watcher = open.visitor();
        synchronized (watcher) {
            List<WorkspaceId> watched = List.copyOf(watcher.watches().keySet());
            Map<WorkspaceId, Outcome<WithNumber>> seen = glance.seen(watcher.request(), watched);
            watched.forEach(workspace -> look(open, workspace, seen.getOrDefault(workspace, Outcome.notFound())));
        }
    }

    /// Sends what has changed since the last frame, or that access has ended.
    private void look(Open<Watcher> open, WorkspaceId workspace, Outcome<WithNumber> seen) {
        Watcher watcher = open.visitor();
        Watch before = watcher.watches().get(workspace);
        if (before == null) {
            return;
        }
        Optional<String> refusal = refusal(seen);
        if (refusal.isPresent()) {
            watcher.stop(workspace);
            tell(open, NumberFrame.error(refusal.get()));
            return;
        }
        Optional<Sender> number = numberOf(seen);
        boolean connected = isConnected(number);
        if (before.connected() && !connected) {
            tell(open, NumberFrame.disconnected(workspace));
        } else if (connected && !before.connected()) {
            tell(open, NumberFrame.connected(workspace, number.orElseThrow()));
        }
        if (!number.map(Sender::id).equals(before.number())) {
            watch(open, workspace, number);
        } else if (connected != before.connected()) {
            watcher.watches().put(workspace, new Watch(before.number(), connected, before.stop()));
        }
    }
}
