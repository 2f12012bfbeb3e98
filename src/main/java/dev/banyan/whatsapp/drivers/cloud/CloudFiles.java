package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.drivers.Upload;

/// Which files WhatsApp takes as what, and how long they may be.
final class CloudFiles {

    private static final long KIB = 1_024;
    private static final long MIB = 1_024 * KIB;
    static final long LONGEST = 100 * MIB;

    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png");
    private static final Set<String> SOUNDS =
            Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus");
    private static final Set<String> FILMS = Set.of("video/mp4", "video/3gpp");
    private static final String STICKER = "image/webp";

    /// Other names of the same types, as browsers and detectors write them.
    private static final Map<String, String> ALIASES = Map.of(
            "image/jpg", "image/jpeg",
            "audio/mp3", "audio/mpeg",
            "audio/m4a", "audio/mp4",
            "audio/x-m4a", "audio/mp4",
            "audio/x-aac", "audio/aac",
            "application/ogg", "audio/ogg",
            "video/3gp", "video/3gpp");

    /// What becomes of a file.
    sealed interface Form {

        /// @param kind what it is sent as
        /// @param type the media type for the upload
        record Taken(Kind kind, String type, boolean isVoice) implements Form {}

        record Refused(String sentence) implements Form {}
    }

    private CloudFiles() {}

    static long longest(Kind kind) {
        return switch (kind) {
            case IMAGE -> 5 * MIB;
            case AUDIO, VIDEO -> 16 * MIB;
            case STICKER -> 500 * KIB;
            case DOCUMENT, TEMPLATE, BUTTONS -> LONGEST;
            case TEXT, LOCATION, CONTACT, REACTION, LIST -> 0;
        };
    }

    /// A file whose sender has not said what it is to be falls back to a document, which takes everything; one that is
    /// to be shown in a certain way is refused if WhatsApp can't show it so.
    static Form form(MessageContent content, Upload file) {
        String type = type(file.type());
        return switch (content.detail()) {
            case MessageContent.File(Kind kind, boolean isVoice) ->
                takes(kind, type)
                        ? new Form.Taken(kind, type, isVoice && type.equals("audio/ogg"))
                        : new Form.Refused(refused(kind));
            case MessageContent.Plain _,
                    MessageContent.Location _,
                    MessageContent.Contacts _,
                    MessageContent.Reaction _,
                    MessageContent.Template _,
                    MessageContent.Buttons _,
                    MessageContent.Choices _,
                    MessageContent.PhoneRequest _,
                    MessageContent.Picked _ -> {
                Kind kind = Kind.ofFile(type);
                yield new Form.Taken(takes(kind, type) ? kind : Kind.DOCUMENT, type, false);
            }
        };
    }

    private static String type(String claimed) {
        String bare = claimed.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        return bare.isEmpty() ? "application/octet-stream" : ALIASES.getOrDefault(bare, bare);
    }

    private static boolean takes(Kind kind, String type) {
        return switch (kind) {
            case IMAGE -> PICTURES.contains(type);
            case AUDIO -> SOUNDS.contains(type);
            case VIDEO -> FILMS.contains(type);
            case STICKER -> type.equals(STICKER);
            case DOCUMENT -> true;
            case TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST -> false;
        };
    }

    private static String refused(Kind kind) {
        return switch (kind) {
            case IMAGE -> "WhatsApp takes pictures as JPEG or PNG. Convert it, or send it as a document.";
            case AUDIO ->
                "WhatsApp takes audio as AAC, AMR, MP3, M4A or OGG with Opus. Convert it, or send it as a document.";
            case VIDEO -> "WhatsApp takes videos as MP4 or 3GP. Convert it, or send it as a document.";
            case STICKER -> "WhatsApp takes stickers as WebP of 512 × 512 pixels.";
            case DOCUMENT, TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST ->
                "WhatsApp can’t send a file in such a message.";
        };
    }
}
