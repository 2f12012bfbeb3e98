package dev.banyan.workspaces;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/// Detects a file's type from its content only, without executing or unpacking it. Knows pictures, PDF, plain text,
/// audio, video, documents and archives; web pages, scripts, programs and everything else are refused.
public final class FileType {

    public static final String KNOWN =
            "Pictures (PNG, JPEG, GIF, WebP), PDF, text, CSV, MP3, OGG, M4A, MP4, DOCX, XLSX and ZIP";

    private static final String TEXT = "text/plain";
    private static final String ZIP = "application/zip";
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("image/png", "image/png"),
            Map.entry("image/jpeg", "image/jpeg"),
            Map.entry("image/gif", "image/gif"),
            Map.entry("image/webp", "image/webp"),
            Map.entry("application/pdf", "application/pdf"),
            Map.entry(TEXT, TEXT),
            Map.entry("audio/mpeg", "audio/mpeg"),
            Map.entry("application/ogg", "audio/ogg"),
            Map.entry("audio/ogg", "audio/ogg"),
            Map.entry("audio/vorbis", "audio/ogg"),
            Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/x-m4a", "audio/mp4"),
            Map.entry("audio/mp4", "audio/mp4"),
            Map.entry("application/mp4", "video/mp4"),
            Map.entry("video/mp4", "video/mp4"),
            Map.entry(ZIP, ZIP),
            Map.entry("application/x-tika-ooxml", ZIP));
    private static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final String SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int MOST_ENTRIES = 10_000;

    private FileType() {}

    /// @param name only decides between plain text and CSV
    /// @return empty for an unknown type
    public static Optional<String> of(Path file, String name) {
        try {
            if (Files.size(file) == 0) {
                return Optional.empty();
            }
            String found = detect(file);
            if (found.equals(TEXT) && name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
                return Optional.of("text/csv");
            }
            Optional<String> type = Optional.ofNullable(ALLOWED.get(found));
            return type.equals(Optional.of(ZIP)) ? archive(file) : type;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String detect(Path file) throws IOException {
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file))) {
            return MimeTypes.getDefaultMimeTypes()
                    .detect(content, new Metadata())
                    .getBaseType()
                    .toString();
        }
    }

    /// Office documents are archives; refuses those with macros, and archives that are programs.
    private static Optional<String> archive(Path file) {
        try (var archive = new ZipFile(file.toFile())) {
            if (archive.size() > MOST_ENTRIES) {
                return Optional.empty();
            }
            Set<String> names = names(archive);
            if (names.stream().anyMatch(FileType::isProgram)) {
                return Optional.empty();
            }
            if (names.contains("word/document.xml")) {
                return Optional.of(WORD);
            }
            return Optional.of(names.contains("xl/workbook.xml") ? SHEET : ZIP);
        } catch (IOException _) {
            return Optional.empty(); // not an archive after all
        }
    }

    private static Set<String> names(ZipFile archive) {
        var names = new HashSet<String>();
        Enumeration<? extends ZipEntry> entries = archive.entries();
        while (entries.hasMoreElements()) {
            names.add(entries.nextElement().getName());
        }
        return names;
    }

    private static boolean isProgram(String entry) {
        return entry.endsWith("vbaProject.bin")
                || entry.equals("META-INF/MANIFEST.MF")
                || entry.equals("AndroidManifest.xml");
    }
}
