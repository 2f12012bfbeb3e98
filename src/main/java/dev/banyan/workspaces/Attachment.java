package dev.banyan.workspaces;

import module java.base;
import dev.banyan.whatsapp.Media;

/// A file of a conversation.
///
/// @param message the message it is attached to; none while it is unsent
/// @param uploadedBy the workspace user who uploaded it; none for files from contacts or the project's side
/// @param name the sanitized display name
/// @param type such as `image/png`, detected from its content
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

    /// Whether browsers can show it in the page.
    public boolean isPicture() {
        return type.startsWith("image/");
    }

    /// The file as media for `whatsapp`.
    public Media media() {
        return new Media(name, type, path);
    }

    /// The size for display: `912 KB`.
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

    /// Removes folders, control characters and direction marks, which can make `gpj.exe` look like a picture. Keeps the
    /// end of a long name, because that is the file type.
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
