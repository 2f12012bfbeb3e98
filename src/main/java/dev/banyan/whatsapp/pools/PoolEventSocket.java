package dev.banyan.whatsapp.pools;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.accounts.context.Contexts;
import dev.banyan.accounts.context.LoginSessions;
import dev.banyan.analytics.Visit;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Caller;
import dev.banyan.platform.KeyLimits.Scope.Part;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.web.gate.KeyDoor;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.SenderChanged;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.alerts.Alert;
import dev.banyan.whatsapp.alerts.AlertRaised;
import dev.banyan.whatsapp.messages.MessageProgress;
import io.quarkus.websockets.next.WebSocket;
import jakarta.enterprise.event.Observes;

/// Sends the events of an account's pools to programs as JSON. A frame names the thing that changed but not its
/// content: clients fetch that through the API with their own permissions.
///
/// The server says `{"type":"hello"}` when it starts listening; earlier changes are in the lists. Then
/// - `{"type":"sender","sender":"…"}`: a sender was added, moved, changed or removed, or its state changed;
/// - `{"type":"message","id":"…","master":"…","sender":"…","state":"sent","at":"…"}`: the state of an outgoing message
///   changed; without `sender` while no number is chosen;
/// - `{"type":"alert","id":"…","alert":"sender.failed","master":"…","sender":"…","at":"…"}`: people are alerted;
/// `sender` is
///   the master again if it is about the whole pool;
/// - `{"type":"inbound","id":"…","master":"…","sender":"…","at":"…"}`: a contact has written to one of the numbers.
///
/// A key of an account hears what it may fetch: each frame asks for the route in [Frame].
///
/// Clients send nothing. A client that reads too slowly is closed with 4413, one whose session ends with 4401; both
/// should read the lists again after reconnecting.
@WebSocket(path = "/api/whatsapp/events", endpointId = PoolEventSocket.ENDPOINT)
public final class PoolEventSocket extends PoolSocket {

    static final String ENDPOINT = "pools-events";
    public static final String HELLO = "{\"type\":\"hello\"}";

    record SenderFrame(String type, SenderId sender) {}

    @JsonInclude(Include.NON_ABSENT)
    record MessageFrame(String type, UUID id, SenderId master, Optional<SenderId> sender, String state, Instant at) {}

    record AlertFrame(String type, UUID id, String alert, SenderId master, SenderId sender, Instant at) {}

    record InboundFrame(String type, UUID id, SenderId master, SenderId sender, Instant at) {}

    /// Where what a frame names is fetched.
    private enum Frame {
        SENDER("GET /api/whatsapp/senders/{senderId}"),
        MESSAGE("GET /api/whatsapp/messages/{messageId}"),
        ALERT("GET /api/whatsapp/alerts"),
        INBOUND("GET /api/whatsapp/inbound");

        private final KeyDoor.Asked fetched;

        Frame(String route) {
            this.fetched = new KeyDoor.Asked(route, Map.of());
        }
    }

    PoolEventSocket(
            Handshakes handshakes,
            ObjectMapper json,
            Contexts contexts,
            LoginSessions sessions,
            Database database,
            KeyDoor keys) {
        super(handshakes, json, contexts, sessions, database, keys, ENDPOINT);
    }

    @Override
    protected boolean mayEnter(Caller.ApiKey key) {
        return Stream.of(Frame.values()).anyMatch(frame -> opens(key, frame.fetched));
    }

    private void tell(AccountId tenant, Frame kind, Optional<SenderId> pool, Object frame) {
        tell(tenant, visit -> hears(visit.who().caller(), kind, pool), frame);
    }

    /// A key of one pool follows the messages of this pool alone, also while another one stands in for it.
    private boolean hears(Caller caller, Frame kind, Optional<SenderId> pool) {
        return opens(caller, kind.fetched)
                && (!(caller instanceof Caller.ApiKey key)
                        || key.scope().isWhole()
                        || pool.filter(id -> key.scope().isFor(Part.POOL, id.value()))
                                .isPresent());
    }

    @Override
    public Job job() {
        return beat("beat-pool-events", "Closes pool event feeds that no longer respond.");
    }

    @Override
    protected void entered(Open<Visit> open) {
        open.socket().send(HELLO);
    }

    void senderChanged(@Observes SenderChanged changed) {
        tell(changed.tenant(), Frame.SENDER, Optional.empty(), new SenderFrame("sender", changed.sender()));
    }

    void messageProgress(@Observes MessageProgress message) {
        tell(
                message.tenant(),
                Frame.MESSAGE,
                message.home().or(() -> Optional.of(message.pool())),
                new MessageFrame(
                        "message",
                        message.message(),
                        message.pool(),
                        message.sender(),
                        message.state().key(),
                        message.at()));
    }

    void alertRaised(@Observes AlertRaised raised) {
        Alert alert = raised.alert();
        tell(
                raised.tenant(),
                Frame.ALERT,
                Optional.of(alert.pool()),
                new AlertFrame("alert", alert.id(), alert.kind().key(), alert.pool(), alert.subject(), alert.at()));
    }

    void messageArriving(@Observes MessageArriving arriving) {
        arriving.tx()
                .afterCommit(() -> tell(
                        arriving.tenant(),
                        Frame.INBOUND,
                        Optional.of(arriving.pool()),
                        new InboundFrame("inbound", arriving.id(), arriving.pool(), arriving.sender(), arriving.at())));
    }
}
