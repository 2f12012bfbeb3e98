package dev.banyan.whatsapp.drivers;

import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.SenderKey;
import java.util.Optional;

/// No message has a file to send, and what comes in is kept by its size alone.
public final class NoFiles implements GatewayTools.Files {

    @Override
    public Optional<Upload> upload(Media media) {
        return Optional.empty();
    }

    @Override
    public Media keep(SenderKey sender, String name, String type, byte[] bytes) {
        return new Media(name, type, "incoming/" + bytes.length);
    }
}
