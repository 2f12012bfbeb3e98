package dev.banyan.whatsapp.session;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.sending.MediaTypes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Files of incoming messages, below `files/incoming/` in the data folder. The package that keeps a message is
/// responsible for its file.
@Singleton
public final class IncomingFiles {

    /// Limit of a file in bytes, so that the whole request stays within the default of `max-body`.
    public static final long LONGEST = 900 * 1_024;

    private static final String FOLDER = "incoming/";

    private final Path root;
    private final Uuids uuids;

    public IncomingFiles(Settings settings, Uuids uuids) {
        this.root = settings.data().resolve("files");
        this.uuids = uuids;
    }

    /// Detects the type of a file by its content. One of an unknown type is kept as [MediaTypes#UNKNOWN], which is only
    /// ever offered as a download.
    public static String type(Path file, String name) {
        return MediaTypes.of(file, name);
    }

    /// Stores a copy of a file as an incoming one.
    public Media keep(AccountId tenant, String name, String type, Path file) {
        String path = FOLDER + tenant + "/" + uuids.next();
        Path to = root.resolve(path);
        try {
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Media(name, type, path);
    }

    /// Stores a copy of a file sent by another number: each side has its own.
    ///
    /// @return empty if the file no longer exists
    public Optional<Media> copy(AccountId tenant, Media sent) {
        Path from = root.resolve(sent.path()).normalize();
        return from.startsWith(root) && Files.isRegularFile(from)
                ? Optional.of(keep(tenant, sent.name(), sent.type(), from))
                : Optional.empty();
    }

    public void remove(Media media) {
        Path file = root.resolve(media.path()).normalize();
        if (file.startsWith(root.resolve(FOLDER))) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
