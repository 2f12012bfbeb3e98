package dev.banyan.workspaces;

import dev.banyan.whatsapp.Media;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// A file of a conversation.
///
/// @param message the one that carries it; none while it waits to be sent
/// @param uploadedBy the workspace's user who brought it; none where it came from outside or from the project's side
/// @param name as people see it, cleaned
/// @param type such as `image/png`, told by its content
/// @param size in bytes
/// @param path below `files/` in the data folder
public record Attachment(
        UUID id,
        ConversationId conversation,
        Optional<UUID> message,
        Optional<Integer> uploadedBy,
        String name,
        String type,
        long size,
        String path,
        Instant createdAt) {

    private static final int LONGEST_NAME = 100;
    private static final String NAMELESS = "file";

    /// Whether browsers show it in the page.
    public boolean isPicture() {
        return type.startsWith("image/");
    }

    /// As `whatsapp` sends it.
    public Media media() {
        return new Media(name, type, path);
    }

    /// `912 KB`.
    public String sizeText() {
        if (size < 1_024) {
            return size + " B";
        }
        return size < 1_024 * 1_024 ? Math.round(size / 1_024.0) + " KB" : tenths(size / (1_024.0 * 1_024)) + " MB";
    }

    private static String tenths(double number) {
        long tenths = Math.round(number * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    /// The name without folders, control characters and marks that change the reading direction, which can make
    /// `gpj.exe` read like a picture. A long one keeps its end, which says what it is.
    public static String cleanName(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        var clean = new StringBuilder();
        last.codePoints().filter(Attachment::isAllowed).forEach(clean::appendCodePoint);
        String name = clean.toString().strip().replaceAll("\\s+", " ").replaceAll("^\\.+", "");
        int length = name.codePointCount(0, name.length());
        if (length > LONGEST_NAME) {
            int dot = name.lastIndexOf('.');
            String end = dot > 0 && name.length() - dot <= 10 ? name.substring(dot) : "";
            name = name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME - end.length())) + end;
        }
        return name.isEmpty() ? NAMELESS : name;
    }

    private static boolean isAllowed(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> point != 0xFFFD && "<>:\"|?*".indexOf(point) < 0;
        };
    }
}
