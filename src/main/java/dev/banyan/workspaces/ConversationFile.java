package dev.banyan.workspaces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.banyan.workspaces.Message.Author;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A conversation as the seed's server kept it in a file (contract 9):
/// `{metadata: {convId, projectId, createdAt, lastUpdatedAt, messageCount, userId?}, messages: [{role, content}]}`. It
/// is read message by message, so that its length does not matter.
///
/// @param userId whose it was; empty where nobody had signed in
/// @param said what people and the assistant said, cut into pieces that fit into a message
/// @param leftOut messages that nobody said, of tools and of the system, and parts that are no text
record ConversationFile(Optional<String> userId, Instant createdAt, Instant updatedAt, List<Said> said, int leftOut) {

    static final long LARGEST = 64L * 1024 * 1024;
    private static final int LONGEST_STRING = 2_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(60)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(1_000)
                    .build())
            .build());

    /// One message or a part of a long one.
    ///
    /// @param from only [Author#USER] and [Author#ASSISTANT]
    record Said(Author from, String text) {}

    /// What a file turned out to be.
    sealed interface Read {

        record Conversation(ConversationFile file) implements Read {}

        /// It has another shape.
        record Other() implements Read {}

        /// It cannot be used, and why.
        record Broken(String why) implements Read {}
    }

    /// @param fallback the time of what says no time
    static Read read(Path file, Instant fallback) throws IOException {
        if (Files.size(file) > LARGEST) {
            return new Read.Broken("it is larger than 64 MB");
        }
        try (var bytes = new BufferedInputStream(
                        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                JsonParser parser = JSON.createParser(bytes)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? object(parser, fallback) : new Read.Other();
        } catch (JsonProcessingException failure) {
            var place = failure.getLocation();
            return new Read.Broken(
                    place == null
                            ? "broken JSON"
                            : "broken JSON in line " + place.getLineNr() + ", column " + place.getColumnNr());
        }
    }

    private static Read object(JsonParser parser, Instant fallback) throws IOException {
        Optional<JsonNode> metadata = Optional.empty();
        boolean hasMessages = false;
        var said = new ArrayList<Said>();
        int leftOut = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
                metadata = Optional.of(JSON.<JsonNode>readTree(parser));
            } else if (name.equals("messages") && value == JsonToken.START_ARRAY && !hasMessages) {
                hasMessages = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    leftOut += add(JSON.readTree(parser), said);
                    if (said.size() > Conversations.FULL) {
                        return new Read.Broken("it has more than 10,000 messages");
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
        if (metadata.isEmpty() || !hasMessages) {
            return new Read.Other();
        }
        JsonNode about = metadata.get();
        Instant createdAt = time(about.path("createdAt")).orElse(fallback);
        Instant updatedAt = time(about.path("lastUpdatedAt")).orElse(createdAt);
        return new Read.Conversation(new ConversationFile(
                Optional.of(about.path("userId").asText("").strip())
                        .filter(user -> !user.isEmpty() && !user.equals("anonymous") && user.length() <= 254),
                createdAt,
                updatedAt.isBefore(createdAt) ? createdAt : updatedAt,
                List.copyOf(said),
                leftOut));
    }

    /// @return how much of it was left out
    private static int add(JsonNode message, List<Said> said) {
        Optional<Author> from = switch (message.path("role").asText("")) {
            case "user" -> Optional.of(Author.USER);
            case "assistant" -> Optional.of(Author.ASSISTANT);
            default -> Optional.empty();
        };
        if (from.isEmpty()) {
            return 1;
        }
        JsonNode content = message.path("content");
        int leftOut = 0;
        String text;
        if (content.isArray()) {
            var parts = new ArrayList<String>();
            for (JsonNode part : content) {
                if (part.path("text").isTextual()) {
                    parts.add(part.path("text").asText());
                } else {
                    leftOut++;
                }
            }
            text = String.join("\n", parts);
        } else {
            text = content.isTextual() ? content.asText() : "";
        }
        List<String> pieces = MessageText.pieces(text);
        pieces.forEach(piece -> said.add(new Said(from.get(), piece)));
        return pieces.isEmpty() ? Math.max(1, leftOut) : leftOut;
    }

    /// Milliseconds, or a time in ISO 8601; nothing that the year says is nonsense.
    private static Optional<Instant> time(JsonNode value) {
        try {
            Instant time = value.isNumber() ? Instant.ofEpochMilli(value.asLong()) : Instant.parse(value.asText(""));
            boolean sensible = !time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("3000-01-01T00:00:00Z"));
            return sensible ? Optional.of(Instant.ofEpochMilli(time.toEpochMilli())) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// When each was said: the file knows only the first and the last time, and the order.
    Instant timeOf(int index) {
        long span = updatedAt.toEpochMilli() - createdAt.toEpochMilli();
        long steps = Math.max(1, said.size() - 1);
        return createdAt.plusMillis(span / steps * index + span % steps * index / steps);
    }
}
