package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.files.FilesUnavailable;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.SenderKey;

/// No message has a file to send, and what comes in is kept by its size alone.
public final class NoFiles implements GatewayTools.Files {

    private volatile boolean isAway;

    /// From now on it can't be said whether there are any.
    void goAway() {
        isAway = true;
    }

    @Override
    public Optional<Upload> upload(Media media) {
        if (isAway) {
            throw new FilesUnavailable(new IOException("No answer"));
        }
        return Optional.empty();
    }

    @Override
    public Media keep(SenderKey sender, String name, String type, byte[] bytes) {
        return new Media(name, type, "incoming/" + bytes.length);
    }
}
