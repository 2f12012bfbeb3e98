package dev.banyan.workspaces;

import dev.banyan.platform.Uuids;
import dev.banyan.whatsapp.Phone;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Somebody outside, whom a workspace knows by a phone number.
///
/// @param name as the contact calls itself, until somebody of the workspace names it
/// @param about what the workspace's people wrote down about this contact
public record Contact(UUID id, Phone phone, String name, Optional<String> about, Instant createdAt, Instant updatedAt) {

    public static final int LONGEST_NAME = 100;
    public static final int LONGEST_ABOUT = 1_000;

    /// A function of workspace and number, so that two first messages at once make one contact.
    public static UUID idOf(WorkspaceId workspace, Phone phone) {
        return Uuids.named("contact\n" + workspace + "\n" + phone.e164());
    }

    /// The one conversation that a workspace has with this number.
    public static ConversationId conversationOf(WorkspaceId workspace, Phone phone) {
        return new ConversationId(Uuids.named("contact's conversation\n" + workspace + "\n" + phone.e164()));
    }

    /// Whether nobody has said yet what it is called.
    public boolean isNameless() {
        return name.equals(phone.e164());
    }
}
