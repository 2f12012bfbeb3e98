package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Uuids;
import dev.banyan.whatsapp.ContactAddress;

/// A person outside the workspace, known by an address at WhatsApp.
///
/// @param name the contact's own display name until a user of the workspace changes it
/// @param username what WhatsApp calls the contact without a number, as far as it tells: `amal.k`
/// @param about what the workspace's users wrote down about this contact
public record Contact(
        UUID id,
        ContactAddress address,
        String name,
        Optional<String> username,
        Optional<String> about,
        Instant createdAt,
        Instant updatedAt) {

    public static final int LONGEST_NAME = 100;
    public static final int LONGEST_ABOUT = 1_000;

    /// Returns a contact whom a workspace meets now.
    public static Contact met(
            WorkspaceId workspace, ContactAddress address, String name, Optional<String> username, Instant now) {
        return new Contact(idOf(workspace, address), address, name, username, Optional.empty(), now, now);
    }

    /// Returns this contact as WhatsApp tells of it now. Its own name counts until a member gives it one.
    public Contact told(String ownName, Optional<String> newUsername, Instant now) {
        String nameNow = isNameless() ? ownName : name;
        Optional<String> usernameNow = newUsername.or(() -> username);
        return nameNow.equals(name) && usernameNow.equals(username)
                ? this
                : new Contact(id, address, nameNow, usernameNow, about, createdAt, now);
    }

    /// Returns this contact with what a member writes down about it.
    public Contact described(String newName, Optional<String> newAbout, Instant now) {
        return new Contact(id, address, newName, username, newAbout, createdAt, now);
    }

    /// Returns this contact under another address.
    public Contact at(ContactAddress to) {
        return new Contact(id, to, isNameless() ? to.shown() : name, username, about, createdAt, updatedAt);
    }

    /// Derives the id from workspace and number, so that two first messages at the same time create one contact.
    public static UUID idOf(WorkspaceId workspace, ContactAddress address) {
        return Uuids.named("contact\n" + workspace + "\n" + address.key());
    }

    /// Returns the id that the workspace's only conversation with this number has if it begins with it.
    public static ConversationId conversationOf(WorkspaceId workspace, ContactAddress address) {
        return new ConversationId(Uuids.named("contact's conversation\n" + workspace + "\n" + address.key()));
    }

    /// Returns the name, which is not the number.
    public Optional<String> ownName() {
        return isNameless() ? Optional.empty() : Optional.of(name);
    }

    /// Returns the names that the contact is found by.
    public String names() {
        return username.map(known -> name + " " + known).orElse(name);
    }

    /// Whether the contact has no name yet.
    public boolean isNameless() {
        return name.equals(address.shown());
    }
}
