package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Quotes;
import dev.banyan.workspaces.Attachment;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.inbox.InboxReplies.Sent;
import jakarta.inject.Singleton;

/// Orders replies over the number of a workspace.
@Singleton
record WhatsAppReplies(Outgoing outgoing, AnsweringNumbers numbers) {

    private static final Invalid WINDOW_CLOSED = new Invalid(
            "message", "The 24-hour window is closed. Send a template, or wait until the contact writes again");

    /// The result of ordering a reply.
    sealed interface Placed {

        record Done(UUID outgoing) implements Placed {}

        record Refused(Sent sent) implements Placed {}
    }

    static final Invalid NOT_HERE = new Invalid("replyTo", "replyTo must be the id of a message of this conversation");

    /// @param replyTo the message of the thread that it answers
    /// @param id of the reply: its idempotency key
    Placed place(
            Tx tx,
            Workspace workspace,
            Actor actor,
            InboxThread thread,
            String text,
            MessageContent.Detail detail,
            List<Attachment> files,
            Optional<UUID> replyTo,
            UUID id) {
        AccountId tenant = workspace.owner().tenant();
        Optional<SenderId> pool = workspace.whatsappClient().flatMap(SenderId::parse);
        if (pool.isEmpty()) {
            return new Placed.Refused(new Sent.NoNumber());
        }
        if (files.size() > 1) {
            return refused(new Invalid("attachments", "A WhatsApp message can carry only one file"));
        }
        boolean isPlain = detail instanceof MessageContent.Plain;
        ContactAddress address = thread.contact().orElseThrow().address();
        if (!(detail instanceof MessageContent.Template) && numbers.isClosed(tx, workspace, pool.get(), address)) {
            return refused(WINDOW_CLOSED);
        }
        MessageContent content = MessageContent.of(
                isPlain
                        ? files.stream()
                                .findFirst()
                                .map(WhatsAppReplies::detail)
                                .orElse(detail)
                        : detail);
        Optional<Message> answered =
                replyTo.flatMap(wanted -> new ThreadMessageStore(tx).find(tenant, workspace.id(), thread.id(), wanted));
        if (replyTo.isPresent() && answered.isEmpty()) {
            return refused(NOT_HERE);
        }
        if (answered.isPresent()) {
            switch (quoted(tx, tenant, pool.get(), address, answered.get())) {
                case Quotes.Found.Rejected(Invalid invalid) -> {
                    return refused(invalid);
                }
                case Quotes.Found.Done(MessageContent.Quoted quoted) -> content = content.answering(quoted);
            }
        }
        var order = new Outgoing.Order(
                pool.get(),
                address,
                text,
                files.stream().findFirst().map(Attachment::media),
                content,
                id.toString(),
                MessageSchedule.NONE);
        Outgoing.Ordered ordered = outgoing.order(tx, tenant, actor, order);
        return refusal(ordered)
                .<Placed>map(Placed.Refused::new)
                .orElseGet(() -> new Placed.Done(
                        ((Outgoing.Ordered.Done) ordered).message().id()));
    }

    private static Placed refused(Invalid invalid) {
        return new Placed.Refused(new Sent.Rejected(invalid));
    }

    /// A picture, a video and so on that WhatsApp doesn't take as such is sent as a document.
    private static MessageContent.Detail detail(Attachment file) {
        return MessageContents.isSentAsItIs(file.type(), file.size())
                ? new MessageContent.Plain()
                : new MessageContent.File(MessageContent.Kind.DOCUMENT, false);
    }

    /// @return empty if it was accepted
    static Optional<Sent> refusal(Outgoing.Ordered ordered) {
        return switch (ordered) {
            case Outgoing.Ordered.Done _ -> Optional.empty();
            case Outgoing.Ordered.NoPool _ -> Optional.of(new Sent.NoNumber());
            case Outgoing.Ordered.Rejected rejected -> Optional.of(new Sent.Rejected(rejected.invalid()));
            case Outgoing.Ordered.Full _ ->
                Optional.of(new Sent.Rejected(
                        new Invalid("text", "Too many messages are waiting for this number. Try again in a minute")));
            case Outgoing.Ordered.Draining _ ->
                Optional.of(
                        new Sent.Rejected(new Invalid("text", "This number is paused and accepts no new messages")));
        };
    }

    static Quotes.Found quoted(Tx tx, AccountId tenant, SenderId pool, ContactAddress address, Message message) {
        return Quotes.find(
                tx,
                tenant,
                pool,
                address,
                message.outgoing().orElse(message.id()).toString());
    }
}
