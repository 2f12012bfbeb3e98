package dev.banyan.whatsapp.messages;

import module java.base;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/// Detects the type of a file by its content, never by what its sender claims. The name only decides between types
/// that share their content: text and CSV, and the old office formats.
public final class MediaTypes {

    /// Everything that is not known. Browsers must only download it.
    public static final String UNKNOWN = "application/octet-stream";

    private static final String TEXT = "text/plain";
    private static final String OLD_OFFICE = "application/x-tika-msoffice";
    private static final String WEBP = "image/webp";
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("image/png", "image/png"),
            Map.entry("image/jpeg", "image/jpeg"),
            Map.entry("image/gif", "image/gif"),
            Map.entry(WEBP, WEBP),
            Map.entry("application/pdf", "application/pdf"),
            Map.entry(TEXT, TEXT),
            Map.entry("audio/mpeg", "audio/mpeg"),
            Map.entry("application/ogg", "audio/ogg"),
            Map.entry("audio/ogg", "audio/ogg"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/x-m4a", "audio/mp4"),
            Map.entry("audio/mp4", "audio/mp4"),
            Map.entry("audio/amr", "audio/amr"),
            Map.entry("audio/x-aac", "audio/aac"),
            Map.entry("application/mp4", "video/mp4"),
            Map.entry("video/mp4", "video/mp4"),
            Map.entry("video/x-m4v", "video/mp4"),
            Map.entry("video/quicktime", "video/mp4"),
            Map.entry("video/3gpp", "video/3gpp"));
    private static final Map<String, String> OLD_OFFICE_NAMES = Map.of(
            ".doc", "application/msword",
            ".xls", "application/vnd.ms-excel",
            ".ppt", "application/vnd.ms-powerpoint");
    private static final Map<String, String> NEW_OFFICE = Map.of(
            "word/document.xml", OFFICE + "wordprocessingml.document",
            "xl/workbook.xml", OFFICE + "spreadsheetml.sheet",
            "ppt/presentation.xml", OFFICE + "presentationml.presentation");
    private static final int HEAD = 16;

    private MediaTypes() {}

    /// Returns its type, such as `image/png`; [#UNKNOWN] for an empty file and for types that messages don't carry.
    public static String of(Path file, String name) {
        try {
            return Files.size(file) == 0 ? UNKNOWN : byHead(file).orElse(detected(file, name.toLowerCase(Locale.ROOT)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Tells what phones record, which begin with a few bytes only.
    private static Optional<String> byHead(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            String head = new String(content.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            if (head.startsWith("#!AMR")) {
                return Optional.of("audio/amr");
            }
            if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
                return Optional.of(WEBP);
            }
            if (head.startsWith("ftyp3g", 4)) {
                return Optional.of("video/3gpp");
            }
            boolean isAdts = head.length() > 1 && head.charAt(0) == 0xFF && (head.charAt(1) & 0xF6) == 0xF0;
            return isAdts ? Optional.of("audio/aac") : Optional.empty();
        }
    }

    private static String detected(Path file, String name) throws IOException {
        String found;
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            found = MimeTypes.getDefaultMimeTypes()
                    .detect(content, new Metadata())
                    .getBaseType()
                    .toString();
        }
        return switch (found) {
            case TEXT -> name.endsWith(".csv") ? "text/csv" : TEXT;
            case OLD_OFFICE ->
                OLD_OFFICE_NAMES.entrySet().stream()
                        .filter(end -> name.endsWith(end.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(UNKNOWN);
            case "application/zip", "application/x-tika-ooxml" -> archive(file);
            default -> KNOWN.getOrDefault(found, UNKNOWN);
        };
    }

    /// Office documents are archives. Those with macros count as unknown.
    private static String archive(Path file) {
        try (var archive = new ZipFile(file.toFile())) {
            if (archive.stream().anyMatch(entry -> entry.getName().endsWith("vbaProject.bin"))) {
                return UNKNOWN;
            }
            return NEW_OFFICE.entrySet().stream()
                    .filter(part -> archive.getEntry(part.getKey()) != null)
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("application/zip");
        } catch (IOException _) {
            return UNKNOWN; // not an archive after all
        }
    }
}
