package dev.banyan.whatsapp.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.AccessChanged;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.platform.web.socket.OpenSockets;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.api.PoolSubscribers.Visit;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The event sockets open on this node; see [PoolEventSocket] for their messages.
@Singleton
public final class PoolEventSockets implements Recurring {

    static final String HELLO = "{\"type\":\"hello\"}";
    private static final CloseReason NOTHING_TO_SAY = new CloseReason(1008, "Nothing is to be said here");
    private static final int PER_TENANT = 100;

    record SenderFrame(String type, SenderId sender) {}

    @JsonInclude(Include.NON_ABSENT)
    record MessageFrame(String type, UUID id, SenderId master, Optional<SenderId> sender, String state, Instant at) {}

    record InboundFrame(String type, UUID id, SenderId master, SenderId sender, Instant at) {}

    private final PoolSubscribers visits;
    private final ObjectMapper json;
    private final OpenSockets<AccountId, Visit> sockets = new OpenSockets<>(Visit::tenant, _ -> {});

    PoolEventSockets(PoolSubscribers visits, ObjectMapper json) {
        this.visits = visits;
        this.json = json;
    }

    void enter(WebSocketConnection connection, Visit visit) {
        if (sockets.enter(connection, visit, others -> others.size() < PER_TENANT)) {
            OpenSocket.of(connection).send(HELLO);
        }
    }

    void leave(WebSocketConnection connection, Visit visit) {
        sockets.leave(connection, visit.tenant());
    }

    void heard(WebSocketConnection connection, Visit visit) {
        sockets.heard(connection, visit.tenant());
    }

    void refuse(WebSocketConnection connection) {
        OpenSocket.of(connection).close(NOTHING_TO_SAY);
    }

    /// Closes sockets that have lost access or are dead. A job calls this twice a minute.
    public void heartbeat() {
        sockets.beat(visits::staying);
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "30s", "30s", "beat-pool-events", "Closes feeds of pools that nobody reads.", this::heartbeat);
    }

    /// Applies the access check of [#beat] to one account at once.
    void accessChanged(@Observes AccessChanged changed) {
        sockets.recheck(changed.tenant(), visits::staying);
    }

    /// Returns the number of open sockets.
    public int size() {
        return sockets.size();
    }

    void senderChanged(@Observes SenderChanged changed) {
        tell(changed.tenant(), new SenderFrame("sender", changed.sender()));
    }

    void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        tell(
                message.tenant(),
                new MessageFrame(
                        "message",
                        message.id(),
                        message.pool(),
                        message.sender(),
                        message.state().key(),
                        message.changedAt()));
    }

    void messageArriving(@Observes MessageArriving arriving) {
        arriving.tx()
                .afterCommit(() -> tell(
                        arriving.tenant(),
                        new InboundFrame("inbound", arriving.id(), arriving.pool(), arriving.sender(), arriving.at())));
    }

    private void tell(AccountId tenant, Object frame) {
        List<OpenSockets.Open<Visit>> listening = sockets.of(tenant);
        if (!listening.isEmpty()) {
            String text = write(frame);
            listening.forEach(open -> open.socket().send(text));
        }
    }

    private String write(Object frame) {
        try {
            return json.writeValueAsString(frame);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("A frame cannot be written as JSON", failure);
        }
    }
}
