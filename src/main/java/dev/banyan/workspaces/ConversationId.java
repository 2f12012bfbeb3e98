package dev.banyan.workspaces;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Uuids;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The id of a conversation.
@Schema(implementation = String.class, format = "uuid")
public record ConversationId(UUID value) {

    static ConversationId of(String text) {
        return new ConversationId(UUID.fromString(text));
    }

    static Optional<ConversationId> parse(String text) {
        return Uuids.parse(text).map(ConversationId::new);
    }

    /// The id of the conversation that a message with this key begins: a function of who sent it and its key, so that
    /// a first message sent twice begins one conversation. A UUID of version 8.
    static ConversationId begunBy(Participant whose, String key) {
        String name = "conversation\n" + whose.tenant() + "\n" + whose.workspace() + "\n" + whose.user() + "\n" + key;
        var digest = ByteBuffer.wrap(Digests.sha256(name.getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong() & ~0xF000L | 0x8000L;
        long low = digest.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new ConversationId(new UUID(high, low));
    }

    @Override
    @JsonValue
    public String toString() {
        return value.toString();
    }
}
