package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.RateLimit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.web.socket.Handshakes;
import dev.banyan.whatsapp.SenderStore;
import dev.banyan.whatsapp.contacts.PoolContactStore;
import dev.banyan.whatsapp.messages.MessageProgress;
import dev.banyan.whatsapp.session.ContactTypes;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.HandoverRequested;
import dev.banyan.workspaces.InboxAccessEnded;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceStore;
import dev.banyan.workspaces.access.MemberChannel;
import dev.banyan.workspaces.access.Members;
import dev.banyan.workspaces.access.WorkspaceSessions;
import dev.banyan.workspaces.access.WorkspaceVisits;
import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.WebSocket;
import jakarta.enterprise.event.Observes;

/// Notifies an open inbox of changes. Names only the thread, never its content: the page fetches that with its own
/// permissions.
///
/// The client sends `{"type":"typing","thread":"…"}` while an agent types a reply. The server sends
/// `{"type":"typing","thread":"…","typing":true}` where the driver tells that a contact types,
/// `{"type":"changed","thread":"…","what":"message|thread|delivery"}`, and
/// `{"type":"notify","thread":"…","why":"message|mention"}` where a person wants to be told: a customer wrote, or a
/// note mentions this user. A program with a key of the account hears the same, and types nothing.
///
/// The client sends `ping`, as plain text or as `{"type":"ping"}`, answered with
/// `{"type":"pong"}`.
@WebSocket(path = "/s/{shortPath}/inbox/ws", endpointId = InboxSocket.ENDPOINT)
public final class InboxSocket extends MemberChannel<WorkspaceId> {

    static final String ENDPOINT = "workspace-inbox";

    record Changed(String type, ConversationId thread, String what) {}

    record Typing(String type, ConversationId thread, boolean typing) {}

    record Notify(String type, ConversationId thread, String why) {}

    private final Database database;
    private final ExecutorService threads;
    private final AgentTyping agents;
    private final ObjectMapper json;

    InboxSocket(
            Handshakes handshakes,
            ObjectMapper json,
            Members members,
            WorkspaceVisits visits,
            WorkspaceSessions sessions,
            Database database,
            @VirtualThreads ExecutorService threads,
            AgentTyping agents) {
        super(handshakes, json, members, visits, sessions, ENDPOINT, Right.USE_INBOX);
        this.database = database;
        this.threads = threads;
        this.agents = agents;
        this.json = json;
    }

    @Override
    public Job job() {
        return beat("beat-inbox-sockets", "Closes inboxes that are no longer open.");
    }

    @Override
    protected WorkspaceId key(Member member) {
        return member.workspace().id();
    }

    @Override
    protected void said(Open<Member> from, String text) {
        if (!floods(
                from,
                RateLimit.INBOX_FRAMES_BY_USER,
                Participant.of(from.visitor()).name())) {
            Optional<ConversationId> typed = typed(text);
            // A program does nothing here, whatever else its key may do.
            if (typed.isPresent() && from.visitor().key().isEmpty()) {
                threads.execute(() -> agents.types(from.visitor(), typed.get()));
                return;
            }
            from.socket()
                    .send(
                            text.contains("ping")
                                    ? "{\"type\":\"pong\"}"
                                    : "{\"type\":\"error\",\"error\":\"Send ping; everything else goes over HTTP\"}");
        }
    }

    private Optional<ConversationId> typed(String text) {
        try {
            JsonNode frame = json.readTree(text);
            return frame.path("type").asText().equals("typing")
                    ? ConversationId.parse(frame.path("thread").asText())
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty(); // a plain ping
        }
    }

    /// Shows that a contact types, in inboxes that are open.
    void contactTypes(@Observes ContactTypes types) {
        AccountId tenant = types.sender().tenant();
        if (all().anyMatch(open -> open.visitor().owner().tenant().equals(tenant))) {
            threads.execute(() -> database.read(tx -> workspaceOf(tx, types))
                    .ifPresent(
                            known -> tell(known.getKey(), new Typing("typing", known.getValue(), types.isTyping()))));
        }
    }

    private static Optional<Map.Entry<WorkspaceId, ConversationId>> workspaceOf(Tx tx, ContactTypes types) {
        AccountId tenant = types.sender().tenant();
        return new SenderStore(tx)
                .find(tenant, types.sender().id())
                .map(sender -> sender.masterId().orElse(sender.id()))
                .map(pool -> new PoolContactStore(tx)
                        .home(tenant, pool, types.from())
                        .orElse(pool))
                .flatMap(pool -> new WorkspaceStore(tx).findByWhatsappClient(tenant, pool.value()))
                .map(workspace -> Map.entry(
                        workspace.id(), new ContactStore(tx).conversation(tenant, workspace.id(), types.from())));
    }

    void inboxChanged(@Observes InboxChanged changed) {
        tell(
                changed.workspace(),
                new Changed("changed", changed.thread(), changed.what().key()));
    }

    /// Notifies inboxes of a delivery. `whatsapp` knows nothing about inboxes, so the message's thread is looked up,
    /// but only if the tenant has an open inbox.
    void messageProgress(@Observes MessageProgress message) {
        if (all().anyMatch(open -> open.visitor().owner().tenant().equals(message.tenant()))) {
            threads.execute(() -> database.read(
                            message.tenant(),
                            tx -> new ThreadMessageStore(tx).threadOf(message.tenant(), message.message()))
                    .ifPresent(thread -> inboxChanged(
                            new InboxChanged(thread.workspace(), thread.thread(), InboxChanged.What.DELIVERY))));
        }
    }

    void contactWrote(@Observes ContactWrote wrote) {
        tell(wrote.workspace(), new Notify("notify", wrote.thread(), "message"));
    }

    /// A user of the chat asked for a person, or wrote again while waiting.
    void personAwaited(@Observes HandoverRequested awaited) {
        awaited.tx()
                .afterCommit(() -> tell(
                        awaited.whose().workspace(),
                        new Notify("notify", awaited.conversation().id(), "message")));
    }

    void mentioned(@Observes Mentioned mentioned) {
        all().filter(open -> open.visitor().workspace().id().equals(mentioned.workspace())
                        && mentioned.users().contains(open.visitor().user().id()))
                .forEach(open -> tell(open, new Notify("notify", mentioned.thread(), "mention")));
    }

    void accessEnded(@Observes InboxAccessEnded ended) {
        end(member -> Participant.of(member).equals(ended.user()));
    }
}
