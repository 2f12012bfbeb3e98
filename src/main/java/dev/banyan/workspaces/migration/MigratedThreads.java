package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.Phone;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.InboxThread.Channel;
import dev.banyan.workspaces.InboxThread.Last;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.ThreadStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.inbox.ContactStore;
import dev.banyan.workspaces.migration.ConversationFile.Said;
import jakarta.inject.Singleton;

/// Moves WhatsApp conversations: adds a thread with a contact to the workspace's inbox.
@Singleton
record MigratedThreads(Uuids uuids) {

    /// @param digits the contact's number
    /// @return empty if it is not a number, or if the contact already has a conversation here
    Optional<ConversationId> store(Tx tx, Workspace workspace, String digits, ConversationFile file) {
        AccountId tenant = workspace.owner().tenant();
        Optional<Phone> number = Phone.ofContact("+" + digits);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        Phone phone = number.get();
        ConversationId id = new ContactStore(tx).conversation(tenant, workspace.id(), phone);
        var threads = new ThreadStore(tx);
        if (threads.lock(tenant, workspace.id(), id).isPresent()) {
            return Optional.empty();
        }
        var contact = new Contact(
                Contact.idOf(workspace.id(), phone),
                phone,
                phone.e164(),
                Optional.empty(),
                Optional.empty(),
                file.createdAt(),
                file.updatedAt());
        new ContactStore(tx).insert(tenant, workspace.id(), contact);
        threads.beginConversation(tenant, workspace.id(), id, phone.e164(), file.createdAt());
        List<Said> said = file.said();
        List<Message> messages = IntStream.range(0, said.size())
                .mapToObj(i -> message(said.get(i), i + 1L, file.timeOf(i)))
                .toList();
        messages.forEach(message -> threads.append(tenant, workspace.id(), id, message));
        threads.insert(
                tenant, workspace.id(), id, Channel.WHATSAPP, Optional.of(contact.id()), Last.of(messages.getLast()));
        var words = new ConversationWordStore(tx);
        words.addContact(tenant, workspace.id(), id, "", phone);
        words.add(tenant, workspace.id(), id, file.texts());
        return Optional.of(id);
    }

    /// The outside author becomes the contact.
    private Message message(Said said, long position, Instant at) {
        Author from = said.from() == Author.USER ? Author.CONTACT : Author.ASSISTANT;
        return Message.of(uuids.next(), position, from, said.text(), Optional.empty(), at);
    }
}
