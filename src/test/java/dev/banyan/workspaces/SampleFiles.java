package dev.banyan.workspaces;

import module java.base;

/// Small files of many kinds, for tests of uploads.
public final class SampleFiles {

    /// One pixel.
    public static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    static final byte[] JPEG = hex("ffd8ffe000104a46494600010101004800480000ffdb004300");
    public static final byte[] GIF =
            hex("4749463839610100010080000000000000ffffff21f90401000000002c00000000010001000002024401003b");
    static final byte[] WEBP = hex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700");
    public static final byte[] PDF = text("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
    static final byte[] MP3 = hex("494433040000000000000000fffb9064000000000000000000");
    public static final byte[] OGG = oggOpus();
    static final byte[] M4A =
            hex("000000206674797" + "04d344120000000004d344120" + "6d70343269736f6d00000000000000086d64617400");
    static final byte[] MP4 = hex("00000018667479706d703432000000006d70343269736f6d000000086d646174");
    public static final byte[] EXE = hex("4d5a90000300000004000000ffff0000b800000000000000400000000000000000000000");
    static final byte[] ELF = hex("7f454c4602010100000000000000000002003e0001000000");

    private SampleFiles() {}

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Returns an archive with these entries.
    public static byte[] zip(String... entries) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(text("<x/>"));
                zip.closeEntry();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    public static Path in(Path folder, byte[] content) {
        try {
            Files.createDirectories(folder);
            return Files.write(Files.createTempFile(folder, "upload", ""), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] oggOpus() {
        byte[] page = Arrays.copyOf(hex("4f67675300020000000000000000000000000000000000000000" + "0113"), 47);
        System.arraycopy(text("OpusHead"), 0, page, 28, 8);
        return page;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
