package dev.banyan.workspaces;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Uuids;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a conversation.
@Schema(implementation = String.class, format = "uuid")
public record ConversationId(UUID value) {

    public static ConversationId of(String text) {
        return new ConversationId(UUID.fromString(text));
    }

    public static Optional<ConversationId> parse(String text) {
        return Uuids.parse(text).map(ConversationId::new);
    }

    /// Derives the id of the conversation that a message with this key starts from its sender and key, so that a first
    /// message sent twice starts one conversation. A UUID of version 8.
    public static ConversationId begunBy(Participant whose, String key) {
        return new ConversationId(Uuids.named(
                "conversation\n" + whose.tenant() + "\n" + whose.workspace() + "\n" + whose.user() + "\n" + key));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
