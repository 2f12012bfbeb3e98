package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Quotes;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxChanged;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import jakarta.inject.Singleton;

/// What agents react with to messages of contacts.
@Singleton
record InboxReactions(Database database, Outgoing outgoing, InboxLines lines, Uuids uuids) {

    /// Reacts to a message of the thread. The reaction is shown at the message, so it is no message of its own.
    ///
    /// @param emoji empty takes the reaction back
    Sent react(Member member, ConversationId id, UUID message, String emoji) {
        Optional<Invalid> broken = MessageContents.brokenEmoji(emoji);
        if (broken.isPresent()) {
            return new Sent.Rejected(broken.get());
        }
        return database.write(tx -> InboxAccess.to(tx, member)
                .flatMap(workspace -> new ThreadListStore(tx)
                        .find(workspace.owner().tenant(), workspace.id(), id)
                        .flatMap(thread -> new ThreadMessageStore(tx)
                                .find(workspace.owner().tenant(), workspace.id(), id, message)
                                .map(found -> react(tx, workspace, member.actor(), thread, found, emoji.strip()))))
                .orElseGet(Sent.NotFound::new));
    }

    private Sent react(Tx tx, Workspace workspace, Actor actor, InboxThread thread, Message message, String emoji) {
        AccountId tenant = workspace.owner().tenant();
        Optional<SenderId> pool = workspace.whatsappClient().flatMap(SenderId::parse);
        if (pool.isEmpty() || thread.contact().isEmpty()) {
            return new Sent.NoNumber();
        }
        ContactAddress address = thread.contact().get().address();
        return switch (WhatsAppReplies.quoted(tx, tenant, pool.get(), address, message)) {
            case Quotes.Found.Rejected(Invalid invalid) -> new Sent.Rejected(invalid);
            case Quotes.Found.Done(MessageContent.Quoted quoted) -> {
                var reaction = new MessageContent.Reaction(emoji);
                var order = new Outgoing.Order(
                        pool.get(),
                        address,
                        MessageContents.summary(reaction),
                        Optional.empty(),
                        MessageContent.of(reaction).answering(quoted),
                        uuids.next().toString(),
                        MessageSchedule.NONE);
                Optional<Sent> refused = WhatsAppReplies.refusal(outgoing.order(tx, tenant, actor, order));
                lines.changed(tx, workspace, thread.id(), InboxChanged.What.MESSAGE);
                yield refused.orElseGet(() -> new Sent.Done(thread.id(), message, false));
            }
        };
    }
}
