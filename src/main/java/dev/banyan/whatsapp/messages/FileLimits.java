package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.platform.Invalid;
import dev.banyan.whatsapp.MessageContent.Kind;

/// What WhatsApp takes as a picture, a video and so on.
final class FileLimits {

    private static final long KILOBYTE = 1_024;
    private static final long MEGABYTE = 1_024 * KILOBYTE;
    private static final String FIELD = "media";

    private FileLimits() {}

    /// Returns what is wrong with a file of this kind.
    static Optional<Invalid> broken(Kind kind, String type, long size) {
        if (!fits(kind, type)) {
            return Optional.of(new Invalid(FIELD, "media must be " + types(kind)));
        }
        long most = kind.longestFile();
        return size > most ? Optional.of(tooLarge(most)) : Optional.empty();
    }

    static Invalid tooLarge(long most) {
        return new Invalid(
                FIELD,
                "media must be " + (most < MEGABYTE ? most / KILOBYTE + " KB" : most / MEGABYTE + " MB")
                        + " or smaller");
    }

    private static boolean fits(Kind kind, String type) {
        return switch (kind) {
            case IMAGE -> Set.of("image/jpeg", "image/png").contains(type);
            case AUDIO ->
                Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")
                        .contains(type);
            case VIDEO -> Set.of("video/mp4", "video/3gpp").contains(type);
            case STICKER -> type.equals("image/webp");
            case DOCUMENT, TEMPLATE -> !type.equals(MediaTypes.UNKNOWN);
            case TEXT, LOCATION, CONTACT, REACTION, BUTTONS, LIST -> false;
        };
    }

    private static String types(Kind kind) {
        return switch (kind) {
            case IMAGE -> "a JPEG or PNG picture";
            case AUDIO -> "an AAC, AMR, MP3, M4A or OGG file";
            case VIDEO -> "an MP4 or 3GP video";
            case STICKER -> "a WebP sticker";
            case DOCUMENT, TEMPLATE -> "a PDF, text, office document, archive, picture, audio file or video";
            case TEXT, LOCATION, CONTACT, REACTION, BUTTONS, LIST -> "left out";
        };
    }
}
