package dev.banyan.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Names of files, and their types by content.
class AttachmentTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "menu.pdf, menu.pdf",
        "../../etc/passwd, passwd",
        "C:\\Users\\amira\\menu.pdf, menu.pdf",
        ".htaccess, htaccess",
        "' a   b.png ', a b.png",
        "قائمة الطعام.pdf, قائمة الطعام.pdf",
        "'a\"b<c>.png', abc.png",
        "'..', file",
        "'', file"
    })
    void aNameLosesWhatIsNoPartOfIt(String given, String clean) {
        assertThat(Attachment.cleanName(given)).isEqualTo(clean);
    }

    @Test
    void aNameCannotReadLikeAnother() {
        assertThat(Attachment.cleanName("photo\u202Egpj.exe")).isEqualTo("photogpj.exe");
        assertThat(Attachment.cleanName("a\u0000b\r\nc\u200F\uFEFF.png")).isEqualTo("abc.png");
    }

    @Test
    void aLongNameKeepsItsEnd() {
        assertThat(Attachment.cleanName("x".repeat(500) + ".jpeg")).hasSize(100).endsWith("xx.jpeg");
        assertThat(Attachment.cleanName("🌿".repeat(500))).isEqualTo("🌿".repeat(100));
    }

    @Test
    void sizesAreWrittenForPeople() {
        assertThat(sized(912)).isEqualTo("912 B");
        assertThat(sized(2_048)).isEqualTo("2 KB");
        assertThat(sized(10 * 1_024 * 1_024)).isEqualTo("10 MB");
        assertThat(sized(1_600_000)).isEqualTo("1.5 MB");
    }

    private static String sized(long bytes) {
        return new Attachment(
                        UUID.randomUUID(),
                        new ConversationId(UUID.randomUUID()),
                        Optional.empty(),
                        Optional.empty(),
                        "a.png",
                        "image/png",
                        bytes,
                        "a",
                        Instant.EPOCH)
                .sizeText();
    }

    static Stream<Arguments> known() {
        return Stream.of(
                Arguments.of("image/png", SampleFiles.PNG, "a.txt"),
                Arguments.of("image/jpeg", SampleFiles.JPEG, "a.jpg"),
                Arguments.of("image/gif", SampleFiles.GIF, "a.gif"),
                Arguments.of("image/webp", SampleFiles.WEBP, "a.webp"),
                Arguments.of("application/pdf", SampleFiles.PDF, "a.pdf"),
                Arguments.of("audio/mpeg", SampleFiles.MP3, "a.mp3"),
                Arguments.of("audio/ogg", SampleFiles.OGG, "a.ogg"),
                Arguments.of("audio/mp4", SampleFiles.M4A, "a.m4a"),
                Arguments.of("video/mp4", SampleFiles.MP4, "a.mp4"),
                Arguments.of("text/plain", SampleFiles.text("Opening hours\nوقت الفتح\n"), "a.txt"),
                Arguments.of("text/csv", SampleFiles.text("name,phone\nAmira,+971500000101\n"), "a.CSV"),
                Arguments.of("application/zip", SampleFiles.zip("photos/a.png"), "a.zip"),
                Arguments.of(
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        SampleFiles.zip("[Content_Types].xml", "word/document.xml"),
                        "a.docx"),
                Arguments.of(
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        SampleFiles.zip("[Content_Types].xml", "xl/workbook.xml"),
                        "a.xlsx"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void known(String type, byte[] content, String name) {
        assertThat(FileType.of(SampleFiles.in(folder, content), name)).contains(type);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("HTML", SampleFiles.text("<!doctype html><html><script>alert(1)</script></html>")),
                Arguments.of("HTML without a head", SampleFiles.text("<html><body>hello</body></html>")),
                Arguments.of(
                        "SVG",
                        SampleFiles.text("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>")),
                Arguments.of("XML", SampleFiles.text("<?xml version=\"1.0\"?><a/>")),
                Arguments.of("a script", SampleFiles.text("#!/bin/sh\nrm -rf /\n")),
                Arguments.of("a program for Windows", SampleFiles.EXE),
                Arguments.of("a program for Linux", SampleFiles.ELF),
                Arguments.of("a document with macros", SampleFiles.zip("word/document.xml", "word/vbaProject.bin")),
                Arguments.of("a program for Java", SampleFiles.zip("META-INF/MANIFEST.MF", "A.class")),
                Arguments.of("a broken archive", SampleFiles.text("PK\u0003\u0004 and then nothing")),
                Arguments.of("bytes", new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String what, byte[] content) {
        assertThat(FileType.of(SampleFiles.in(folder, content), "picture.png"))
                .as(what)
                .isEmpty();
    }
}
