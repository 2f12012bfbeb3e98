package dev.banyan.workspaces.inbox;

import dev.banyan.platform.db.Database;
import dev.banyan.platform.jobs.Job;
import dev.banyan.platform.jobs.Recurring;
import dev.banyan.platform.web.socket.OpenSocket;
import dev.banyan.whatsapp.DeliveryChanged;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.workspaces.InboxAccessEnded;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceSessionsEnded;
import dev.banyan.workspaces.access.MemberSockets;
import dev.banyan.workspaces.access.WorkspaceSessions;
import io.quarkus.virtual.threads.VirtualThreads;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.ExecutorService;

/// The open inboxes on this node: notifies them of changes.
@Singleton
public final class InboxSockets implements Recurring {

    private final MemberSockets<WorkspaceId> sockets;
    private final Database database;
    private final ExecutorService threads;

    InboxSockets(WorkspaceSessions sessions, Database database, @VirtualThreads ExecutorService threads) {
        this.sockets = new MemberSockets<>(
                sessions, Right.USE_INBOX, member -> member.workspace().id());
        this.database = database;
        this.threads = threads;
    }

    /// @return whether it is open; if not, it is closed
    boolean enter(WebSocketConnection connection, Member member) {
        return sockets.enter(connection, member);
    }

    void leave(WebSocketConnection connection, Member member) {
        sockets.leave(connection, member);
    }

    /// Records a sign of life.
    void heard(WebSocketConnection connection, Member member) {
        sockets.heard(connection, member);
    }

    /// The number of open sockets.
    public int size() {
        return sockets.size();
    }

    /// Detects dead sockets. Called by a job twice a minute.
    public void heartbeat() {
        sockets.heartbeat();
    }

    @Override
    public Job job() {
        return Job.scheduled(
                "30s", "30s", "beat-inbox-sockets", "Closes inboxes that nobody reads any more.", this::heartbeat);
    }

    void tell(WebSocketConnection connection, String frame) {
        OpenSocket.of(connection).send(frame);
    }

    void inboxChanged(@Observes InboxChanged changed) {
        String frame = "{\"type\":\"changed\",\"thread\":\"" + changed.thread() + "\",\"what\":\""
                + changed.what().name().toLowerCase(Locale.ROOT) + "\"}";
        sockets.tell(changed.workspace(), frame);
    }

    /// Notifies inboxes of a delivery. `whatsapp` knows nothing about inboxes, so the message's thread is looked up,
    /// but only if the tenant has an open inbox.
    void deliveryChanged(@Observes DeliveryChanged changed) {
        OutgoingMessage message = changed.message();
        if (sockets.anyOf(member -> member.owner().tenant().equals(message.tenant()))) {
            threads.execute(() -> database.read(
                            tx -> new ThreadMessageStore(tx).threadOf(message.tenant(), message.id()))
                    .ifPresent(thread -> inboxChanged(
                            new InboxChanged(thread.workspace(), thread.thread(), InboxChanged.What.DELIVERY))));
        }
    }

    void accessEnded(@Observes InboxAccessEnded ended) {
        sockets.close(ended.user());
    }

    void sessionsEnded(@Observes WorkspaceSessionsEnded ended) {
        sockets.sessionsEnded(ended);
    }
}
