package dev.banyan.workspaces;

import module java.base;
import dev.banyan.whatsapp.messages.MediaTypes;

/// Detects a file's type from its content only, without executing or unpacking it. Knows pictures, PDF, plain text,
/// audio, video, documents and archives; web pages, scripts, programs and everything else are refused.
public final class FileType {

    public static final String KNOWN =
            "Pictures (PNG, JPEG, GIF, WebP), PDF, text, CSV, MP3, OGG, M4A, AAC, AMR, MP4, 3GP, DOCX, XLSX, PPTX and ZIP";

    private static final String ZIP = "application/zip";
    private static final int MOST_ENTRIES = 10_000;

    private FileType() {}

    /// @param name only decides between types that share their content
    /// @return empty for an unknown type
    public static Optional<String> of(Path file, String name) {
        String type = MediaTypes.of(file, name);
        return Optional.of(type)
                .filter(known -> !known.equals(MediaTypes.UNKNOWN))
                .filter(known -> !known.equals(ZIP) && !known.contains("openxmlformats") || isHarmless(file));
    }

    /// Office documents are archives; refuses those with macros, and archives that are programs.
    private static boolean isHarmless(Path file) {
        try (var archive = new ZipFile(file.toFile())) {
            return archive.size() <= MOST_ENTRIES && names(archive).stream().noneMatch(FileType::isProgram);
        } catch (IOException _) {
            return false; // not an archive after all
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
