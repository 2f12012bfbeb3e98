package dev.banyan.whatsapp.messages;

import module java.base;
import dev.banyan.whatsapp.Media;

/// A file for messages that programs send: uploaded, or fetched from a link.
///
/// @param type detected from its content
/// @param size in bytes
/// @param path below `files/` in the data folder
/// @param expiresAt when it is removed
public record MessageFile(
        UUID id, String name, String type, long size, String path, Instant expiresAt, Instant createdAt) {

    public Media media() {
        return new Media(name, type, path);
    }
}
