package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.PrivateFiles;
import dev.banyan.platform.files.FileStore;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.session.IncomingFiles;
import jakarta.inject.Singleton;

/// The files of messages.
@Singleton
record GatewayFiles(FileStore files, IncomingFiles incoming) implements GatewayTools.Files {

    private static final Pattern TYPE = Pattern.compile("(image|audio|video)/([a-z0-9]{2,5})\\b.*");

    @Override
    public Optional<Upload> upload(Media media) {
        return files.find(media.path()).map(file -> new Upload(file, media.name(), media.type()));
    }

    @Override
    public Media keep(SenderKey sender, String name, String type, byte[] bytes) {
        try {
            Path file = PrivateFiles.temporaryFile("banyan-incoming", "");
            try {
                Files.write(file, bytes);
                String called = name.isBlank() ? named(type) : name;
                return incoming.keep(sender.tenant(), called, IncomingFiles.type(file, called), StoredFile.of(file));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Pictures and voice messages come without a name.
    private static String named(String type) {
        Matcher known = TYPE.matcher(type);
        return known.matches() ? known.group(1) + "." + known.group(2) : "file";
    }
}
