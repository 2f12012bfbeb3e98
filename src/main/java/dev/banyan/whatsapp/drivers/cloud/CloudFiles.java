package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.drivers.Upload;

/// Which files WhatsApp takes as what, and how long they may be.
final class CloudFiles {

    static final long LONGEST = Kind.DOCUMENT.longestFile();

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

    /// A file whose sender has not said what it is to be falls back to a document, which takes every type; one that is
    /// to be shown in a certain way is refused if WhatsApp can't show it so.
    ///
    /// @throws IOException if the file can't be read
    static Form form(MessageContent content, Upload file) throws IOException {
        String type = type(file.type());
        boolean isVoice = false;
        Kind kind = takes(Kind.ofFile(type), type) ? Kind.ofFile(type) : Kind.DOCUMENT;
        if (content.detail() instanceof MessageContent.File(Kind wanted, boolean voice)) {
            kind = wanted;
            isVoice = voice && type.equals("audio/ogg");
        }
        if (!takes(kind, type)) {
            return new Form.Refused(refused(kind));
        }
        return file.size() > kind.longestFile() ? new Form.Refused(tooLong(kind)) : new Form.Taken(kind, type, isVoice);
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

    private static String tooLong(Kind kind) {
        return switch (kind) {
            case IMAGE -> "WhatsApp takes pictures of up to 5 MB. Make it smaller.";
            case AUDIO, VIDEO -> "WhatsApp takes audio and video of up to 16 MB. Make it shorter.";
            case STICKER -> "WhatsApp takes stickers of up to 500 KB.";
            case DOCUMENT, TEXT, LOCATION, CONTACT, REACTION, TEMPLATE, BUTTONS, LIST ->
                "WhatsApp takes files of up to 100 MB.";
        };
    }
}
