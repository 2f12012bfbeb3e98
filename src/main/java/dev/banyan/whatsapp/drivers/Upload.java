package dev.banyan.whatsapp.drivers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file to be sent.
public record Upload(Path file, String name, String type) {

    public byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }
}
