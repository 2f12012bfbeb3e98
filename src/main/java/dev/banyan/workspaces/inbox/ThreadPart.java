package dev.banyan.workspaces.inbox;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.IncomingMessage;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.OutgoingStore;
import dev.banyan.whatsapp.campaigns.Campaigns;
import dev.banyan.whatsapp.history.IncomingStore;
import dev.banyan.whatsapp.history.MessageDetails;
import dev.banyan.whatsapp.history.MessageDetails.Details;
import dev.banyan.whatsapp.history.QuotedMessage;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.chat.Attachments;

/// A thread with a part of its messages.
///
/// @param messages in the order they were written, including notes
/// @param earlier the position before which the previous part ends, if there is one
/// @param files of these messages, by message id
/// @param mentions in these notes, by message id
/// @param received what `whatsapp` knows about the contact's messages, by message id
/// @param sent what it knows about replies, by its own ids
/// @param details of both, by its ids
/// @param campaigns the names of the campaigns that sent some, by id
/// @param answered the ids that the messages they answer have in this thread, by the ids that `whatsapp` knows
/// @param mentioned whether the reader is mentioned in a note that they haven't read
record ThreadPart(
        InboxThread thread,
        List<Message> messages,
        Optional<Long> earlier,
        Map<UUID, List<Attachment>> files,
        Map<UUID, List<Message.By>> mentions,
        boolean mentioned,
        Map<UUID, IncomingMessage> received,
        Map<UUID, OutgoingMessage> sent,
        Map<UUID, Details> details,
        Map<UUID, String> campaigns,
        Map<UUID, UUID> answered) {

    /// Returns the campaign that a message belongs to.
    Optional<Campaign> campaign(Message message) {
        return message.outgoing()
                .flatMap(id -> Optional.ofNullable(sent.get(id)))
                .flatMap(OutgoingMessage::campaign)
                .map(id -> new Campaign(id, Optional.ofNullable(campaigns.get(id))));
    }

    /// @param name absent if the campaign was deleted
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Campaign(UUID id, Optional<String> name) {}

    /// Returns true if there is something that the reader has not read.
    boolean isNew() {
        return thread.unread() > 0 || mentioned;
    }

    static ThreadPart read(
            Tx tx, Workspace workspace, Member reader, InboxThread thread, Optional<Long> before, int limit) {
        AccountId tenant = workspace.owner().tenant();
        List<Message> messages = new ThreadMessageStore(tx)
                .before(tenant, workspace.id(), thread.id(), before.orElse(thread.messages() + 1), limit);
        long first = messages.stream()
                .mapToLong(Message::position)
                .filter(position -> position > 0)
                .findFirst()
                .orElse(1);
        return of(tx, workspace, reader, thread, messages, first > 1 ? Optional.of(first) : Optional.empty());
    }

    /// @param earlier the position before which there are more messages
    static ThreadPart of(
            Tx tx,
            Workspace workspace,
            Member reader,
            InboxThread thread,
            List<Message> messages,
            Optional<Long> earlier) {
        AccountId tenant = workspace.owner().tenant();
        var mentions = new NoteMentionStore(tx);
        Map<UUID, IncomingMessage> received = new IncomingStore(tx)
                        .findAll(
                                tenant,
                                messages.stream()
                                        .filter(message -> message.author() == Message.Author.CONTACT)
                                        .map(Message::id)
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(IncomingMessage::id, message -> message));
        List<UUID> ordered = messages.stream()
                .flatMap(message -> message.outgoing().stream())
                .toList();
        Map<UUID, OutgoingMessage> sent = ordered.isEmpty() ? Map.of() : new OutgoingStore(tx).findAll(tenant, ordered);
        Map<UUID, Details> details = sent.isEmpty() && received.isEmpty()
                ? Map.of()
                : MessageDetails.of(tx, tenant, sent.values(), received.values());
        return new ThreadPart(
                thread,
                messages,
                earlier,
                Attachments.of(tx, tenant, workspace.id(), messages),
                mentions.of(
                        tenant,
                        workspace.id(),
                        thread.id(),
                        messages.stream()
                                .filter(message -> message.author() == Message.Author.NOTE)
                                .map(Message::id)
                                .toList()),
                mentions.isUnread(
                        tenant, workspace.id(), thread.id(), reader.user().id()),
                received,
                sent,
                details,
                Campaigns.names(
                        tx,
                        tenant,
                        sent.values().stream()
                                .flatMap(one -> one.campaign().stream())
                                .collect(Collectors.toSet())),
                new ThreadMessageStore(tx)
                        .idsOf(
                                tenant,
                                workspace.id(),
                                thread.id(),
                                details.values().stream()
                                        .flatMap(one -> one.quoted().stream())
                                        .map(QuotedMessage::id)
                                        .collect(Collectors.toSet())));
    }
}
