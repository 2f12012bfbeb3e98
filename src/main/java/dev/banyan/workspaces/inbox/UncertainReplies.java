package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.QueueAction;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import jakarta.inject.Singleton;

/// Replies with unknown delivery: a person decides whether they are sent again.
@Singleton
record UncertainReplies(Database database, Outgoing outgoing, InboxLines lines) {

    /// Choices for a reply with unknown delivery.
    enum Decision {
        /// Send it again; the contact may get it twice.
        SEND_AGAIN,
        /// Count it as not sent.
        LEAVE
    }

    /// Decides about a reply with unknown delivery. Does nothing if its delivery is known by now.
    ///
    /// @return whether the reply exists
    boolean decide(Member member, ConversationId id, UUID message, Decision decision) {
        return database.write(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadMessageStore(tx)
                        .find(workspace.owner().tenant(), workspace.id(), id, message)
                        .flatMap(Message::outgoing)
                        .map(way -> decide(tx, workspace, member, id, way, decision)))
                .orElse(false));
    }

    private boolean decide(Tx tx, Workspace workspace, Member member, ConversationId id, UUID way, Decision decision) {
        AccountId tenant = workspace.owner().tenant();
        Outgoing.Decided decided = switch (decision) {
            case SEND_AGAIN -> outgoing.decide(tx, tenant, member.actor(), way, QueueAction.REQUEUE);
            case LEAVE -> outgoing.decide(tx, tenant, member.actor(), way, QueueAction.GIVE_UP);
        };
        lines.changed(tx, workspace, id, InboxChanged.What.DELIVERY);
        return !(decided instanceof Outgoing.Decided.NotFound);
    }
}
