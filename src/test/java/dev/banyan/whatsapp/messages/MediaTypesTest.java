package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "'\u0089PNG\r\n\u001a\n', a.exe, image/png",
        "'\u00ff\u00d8\u00ff\u00e0', a.txt, image/jpeg",
        "'GIF89a', a, image/gif",
        "'RIFF....WEBPVP8 ', a, image/webp",
        "'%PDF-1.7\n', a.png, application/pdf",
        "'Hello, all', a, text/plain",
        "'a;b\n1;2', a.csv, text/csv",
        "'ID3\u0003', a, audio/mpeg",
        "'OggS\u0000\u0002', a, audio/ogg",
        "'#!AMR\n', a, audio/amr",
        "'\u00ff\u00f1\u0050', a, audio/aac",
        "'\u0000\u0000\u0000\u0020ftypM4A ', a, audio/mp4",
        "'\u0000\u0000\u0000\u0020ftypisom', a, video/mp4",
        "'\u0000\u0000\u0000\u0020ftyp3gp5', a, video/3gpp",
        "'<!DOCTYPE html><html><body>x', a.pdf, application/octet-stream",
        "'MZ\u0090\u0000', a.png, application/octet-stream",
        "'\u0001\u0002\u0003\u0004', a.mp3, application/octet-stream",
        "'', a.txt, application/octet-stream",
    })
    void theContentDecides(String content, String name, String type) throws IOException {
        Path file = Files.write(folder.resolve("file"), content.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(MediaTypes.of(file, name)).isEqualTo(type);
    }

    @Test
    void officeDocumentsAreToldByTheirParts() throws IOException {
        assertThat(MediaTypes.of(archive("[Content_Types].xml", "word/document.xml"), "a"))
                .endsWith("wordprocessingml.document");
        assertThat(MediaTypes.of(archive("[Content_Types].xml", "ppt/presentation.xml"), "a"))
                .endsWith("presentationml.presentation");
        assertThat(MediaTypes.of(archive("word/document.xml", "word/vbaProject.bin"), "a.docx"))
                .isEqualTo(MediaTypes.UNKNOWN);
        assertThat(MediaTypes.of(archive("photos/1.png"), "a.docx")).isEqualTo("application/zip");
    }

    private Path archive(String... entries) throws IOException {
        Path file = folder.resolve("archive");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write('x');
                zip.closeEntry();
            }
        }
        return file;
    }
}
