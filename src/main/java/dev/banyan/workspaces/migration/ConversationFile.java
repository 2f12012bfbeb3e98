package dev.banyan.workspaces.migration;

import module java.base;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.banyan.workspaces.Message.Author;
import dev.banyan.workspaces.MessageText;
import dev.banyan.workspaces.chat.Conversations;

/// A conversation as the seed's server stored it in a file (contract 9):
/// `{metadata: {convId, projectId, createdAt, lastUpdatedAt, messageCount, userId?}, messages: [{role, content}]}`.
/// Read message by message, so that its length doesn't matter, and reduced to what is kept: a few kilobytes of
/// brackets, unpacked and turned into objects, would fill the memory.
///
/// @param userId the user; empty if the visitor wasn't signed in
/// @param said messages of people and the assistant, split into the length of a message
/// @param leftOut number of tool and system messages and non-text parts
record ConversationFile(Optional<String> userId, Instant createdAt, Instant updatedAt, List<Said> said, int leftOut) {

    static final long LARGEST = 64L * 1024 * 1024;
    private static final int LONGEST_STRING = 2_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(60)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(1_000)
                    .build())
            .build();

    /// One message or a part of a long one.
    ///
    /// @param from only [Author#USER] and [Author#ASSISTANT]
    record Said(Author from, String text) {}

    /// Result of reading a file.
    sealed interface Read {

        record Conversation(ConversationFile file) implements Read {}

        /// The file has another format.
        record Other() implements Read {}

        /// The file can't be used.
        record Broken(String why) implements Read {}
    }

    List<String> texts() {
        return said.stream().map(Said::text).toList();
    }

    /// @param fallback the time for entries without one
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
                            ? "invalid JSON"
                            : "invalid JSON in line " + place.getLineNr() + ", column " + place.getColumnNr());
        }
    }

    private static Read object(JsonParser parser, Instant fallback) throws IOException {
        Optional<About> metadata = Optional.empty();
        boolean hasMessages = false;
        var said = new ArrayList<Said>();
        int leftOut = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
                metadata = Optional.of(about(parser));
            } else if (name.equals("messages") && value == JsonToken.START_ARRAY && !hasMessages) {
                hasMessages = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    leftOut += add(parser, said);
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
        About about = metadata.get();
        Instant createdAt = about.createdAt().orElse(fallback);
        Instant updatedAt = about.updatedAt().orElse(createdAt);
        return new Read.Conversation(new ConversationFile(
                about.userId(),
                createdAt,
                updatedAt.isBefore(createdAt) ? createdAt : updatedAt,
                List.copyOf(said),
                leftOut));
    }

    private record About(Optional<String> userId, Optional<Instant> createdAt, Optional<Instant> updatedAt) {}

    private static About about(JsonParser parser) throws IOException {
        String userId = "";
        Optional<Instant> createdAt = Optional.empty();
        Optional<Instant> updatedAt = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "userId" -> userId = scalar(parser).strip();
                case "createdAt" -> createdAt = time(parser);
                case "lastUpdatedAt" -> updatedAt = time(parser);
                default -> parser.skipChildren();
            }
        }
        return new About(
                Optional.of(userId)
                        .filter(user -> !user.isEmpty() && !user.equals("anonymous") && user.length() <= 254),
                createdAt,
                updatedAt);
    }

    /// Returns the parser's current value as text; empty for objects, arrays and null.
    private static String scalar(JsonParser parser) throws IOException {
        JsonToken value = parser.currentToken();
        if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
            return parser.getText();
        }
        parser.skipChildren();
        return "";
    }

    /// @param parser positioned on a message, and afterwards on its end
    /// @return how many parts were left out
    private static int add(JsonParser parser, List<Said> said) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return 1;
        }
        String role = "";
        var content = new Content("", 0);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("role")) {
                role = scalar(parser);
            } else if (name.equals("content") && value == JsonToken.VALUE_STRING) {
                content = new Content(parser.getText(), 0);
            } else if (name.equals("content") && value == JsonToken.START_ARRAY) {
                content = parts(parser);
            } else {
                parser.skipChildren();
            }
        }
        Optional<Author> from = switch (role) {
            case "user" -> Optional.of(Author.USER);
            case "assistant" -> Optional.of(Author.ASSISTANT);
            default -> Optional.empty();
        };
        if (from.isEmpty()) {
            return 1;
        }
        List<String> pieces = MessageText.pieces(content.text());
        pieces.forEach(piece -> said.add(new Said(from.get(), piece)));
        return pieces.isEmpty() ? Math.max(1, content.leftOut()) : content.leftOut();
    }

    /// @param leftOut number of parts that aren't text
    private record Content(String text, int leftOut) {}

    /// Joins the text parts of a message, one per line.
    private static Content parts(JsonParser parser) throws IOException {
        var text = new StringBuilder();
        boolean first = true;
        int leftOut = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Optional<String> part = part(parser);
            if (part.isPresent()) {
                text.append(first ? "" : "\n").append(part.get());
                first = false;
            } else {
                leftOut++;
            }
        }
        return new Content(text.toString(), leftOut);
    }

    private static Optional<String> part(JsonParser parser) throws IOException {
        Optional<String> text = Optional.empty();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return text;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("text")) {
                text = Optional.of(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return text;
    }

    /// Parses milliseconds or ISO 8601; rejects nonsensical years.
    private static Optional<Instant> time(JsonParser parser) throws IOException {
        try {
            Instant time = parser.currentToken().isNumeric()
                    ? Instant.ofEpochMilli((long) parser.getDoubleValue())
                    : Instant.parse(scalar(parser));
            boolean sensible = !time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("3000-01-01T00:00:00Z"));
            return sensible ? Optional.of(Instant.ofEpochMilli(time.toEpochMilli())) : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Interpolates the time of a message: the file has only the first and last time and the order.
    Instant timeOf(int index) {
        long span = updatedAt.toEpochMilli() - createdAt.toEpochMilli();
        long steps = Math.max(1, said.size() - 1);
        return createdAt.plusMillis(span / steps * index + span % steps * index / steps);
    }
}
