package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.EndpointOwner;
import dev.banyan.platform.webhooks.EventFile;
import dev.banyan.platform.webhooks.Webhooks;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.workspaces.InboxThread.Channel;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;

/// Tells webhooks what happens in conversations, in the transaction in which it happens, and counters of messages
/// afterwards. The fields are in `EventType`. Notes are not told: they never leave the inbox. What a user and the
/// assistant write to each other is told without its text, until the team can see it in the inbox.
@Singleton
public record ConversationEvents(Webhooks webhooks, Event<Written> written, Settings settings) {

    /// The conversation that an event is about.
    ///
    /// @param user whose chat it is; empty for one with a contact
    /// @param contact whom it is with; empty for a chat
    /// @param withAssistant whether the assistant alone answers, so that the team doesn’t see it
    public record Subject(
            AccountId tenant,
            WorkspaceId workspace,
            ConversationId id,
            Optional<Integer> user,
            Optional<ContactAddress> contact,
            boolean withAssistant) {

        public static Subject chat(Participant whose, Conversation conversation) {
            return new Subject(
                    whose.tenant(),
                    whose.workspace(),
                    conversation.id(),
                    Optional.of(whose.user()),
                    Optional.empty(),
                    !conversation.handedOver());
        }

        public static Subject with(AccountId tenant, WorkspaceId workspace, ConversationId id, ContactAddress contact) {
            return new Subject(tenant, workspace, id, Optional.empty(), Optional.of(contact), false);
        }

        public static Subject of(Workspace workspace, InboxThread thread) {
            return new Subject(
                    workspace.owner().tenant(),
                    workspace.id(),
                    thread.id(),
                    thread.user().map(Message.By::user),
                    thread.contact().map(Contact::address),
                    false);
        }
    }

    /// A message that was written here; fired after the commit.
    public record Written(WorkspaceId workspace, Message.Author author) {}

    /// Tells of a message. The first one begins the conversation.
    public void written(Tx tx, Subject subject, Message message) {
        written(tx, subject, message, message.position() == 1, Optional.empty(), Optional.empty());
    }

    /// @param begins whether the conversation begins with it; one that comes late may have the first place later
    /// @param ad what led its writer here
    /// @param file which came with it
    public void written(
            Tx tx,
            Subject subject,
            Message message,
            boolean begins,
            Optional<MessageContent.Ad> ad,
            Optional<Attachment> file) {
        if (message.origin().isEmpty()) {
            tx.afterCommit(() -> written.fire(new Written(subject.workspace(), message.author())));
        }
        if (begins) {
            tell(tx, subject, "conversation.created", _ -> {});
        }
        tell(tx, subject, "conversation.message_created", data -> {
            data.put("message", message.id().toString());
            data.put("position", message.position());
            data.put("author", message.author().key());
            message.by().ifPresent(by -> data.put("by", by.name()));
            message.origin().ifPresent(origin -> data.put("origin", origin.key()));
            if (!subject.withAssistant()) {
                data.put("text", message.text());
            }
            data.put("files", message.attachments());
            file.ifPresent(one -> data.put(
                    "file", new EventFile(one.name(), one.type(), one.size(), settings.baseUrl() + filePath(one))));
            ad.ifPresent(from -> data.put("ad", from));
        });
    }

    /// Returns where programs get a file of a thread.
    public static String filePath(Attachment file) {
        return "/api/sub-client/inbox/threads/" + file.conversation() + "/files/" + file.id();
    }

    /// @param assignee a username; empty if it is no longer assigned
    public void assigned(Tx tx, Subject subject, Optional<String> assignee, String by) {
        tell(tx, subject, "conversation.assigned", data -> {
            assignee.ifPresent(name -> data.put("assignee", name));
            data.put("by", by);
        });
    }

    public void closed(Tx tx, Subject subject, String by) {
        tell(tx, subject, "conversation.closed", data -> data.put("by", by));
    }

    /// @param by empty if a new message of the customer did it
    public void reopened(Tx tx, Subject subject, Optional<String> by) {
        tell(tx, subject, "conversation.reopened", data -> by.ifPresent(name -> data.put("by", name)));
    }

    /// @param by who answers from now on; empty if the assistant asked for a person
    public void handedOver(Tx tx, Subject subject, Optional<String> by) {
        tell(tx, subject, "conversation.handed_over", data -> by.ifPresent(name -> data.put("by", name)));
    }

    private void tell(Tx tx, Subject subject, String type, Consumer<Map<String, Object>> more) {
        if (webhooks.mayBeHeard(subject.tenant())) {
            new WorkspaceStore(tx)
                    .findById(subject.workspace())
                    .map(WorkspaceStore.Visited::workspace)
                    .ifPresent(workspace -> webhooks.tell(
                            tx,
                            new EndpointOwner(
                                    workspace.owner(),
                                    Optional.of(workspace.id().value())),
                            type,
                            subject.id().toString(),
                            () -> data(workspace, subject, more)));
        }
    }

    private static Map<String, ?> data(Workspace workspace, Subject subject, Consumer<Map<String, Object>> more) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", subject.id().toString());
        data.put("account", workspace.owner().account().toString());
        data.put("project", workspace.project().toString());
        data.put("workspace", workspace.id().value());
        data.put("channel", (subject.user().isPresent() ? Channel.CHAT : Channel.WHATSAPP).key());
        subject.user().ifPresent(user -> data.put("user", user));
        subject.contact().ifPresent(contact -> data.put("contact", contact.key()));
        more.accept(data);
        return data;
    }
}
