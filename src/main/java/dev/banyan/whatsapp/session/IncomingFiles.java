package dev.banyan.whatsapp.session;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Uuids;
import dev.banyan.platform.config.Settings;
import dev.banyan.whatsapp.Media;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Files of incoming messages, below `files/incoming/` in the data folder. The package that keeps a message is
/// responsible for its file.
@Singleton
public final class IncomingFiles {

    /// Limit of a file in bytes, so that the whole request stays within the default of `max-body`.
    public static final long LONGEST = 900 * 1_024;

    public static final String KNOWN = "PNG, JPEG, GIF or WebP";
    private static final String FOLDER = "incoming/";
    private static final int HEAD = 12;
    /// The first bytes of each file type, as Latin-1.
    private static final Map<String, String> BEGINNINGS = Map.of(
            "\u0089PNG\r\n\u001a\n", "image/png",
            "\u00ff\u00d8\u00ff", "image/jpeg",
            "GIF87a", "image/gif",
            "GIF89a", "image/gif");

    private final Path root;
    private final Uuids uuids;

    public IncomingFiles(Settings settings, Uuids uuids) {
        this.root = settings.data().resolve("files");
        this.uuids = uuids;
    }

    /// Detects the type of a picture by its content; empty for other files.
    public Optional<String> pictureType(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            String head = new String(content.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
                return Optional.of("image/webp");
            }
            return BEGINNINGS.entrySet().stream()
                    .filter(beginning -> head.startsWith(beginning.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Returns the type of a file: by its content, else as claimed if it is a plain media type.
    public String type(Path file, String claimed) {
        return pictureType(file)
                .orElseGet(() -> claimed.matches("(audio|video|application)/[a-z0-9.+-]{1,80}(;.*)?")
                        ? claimed.replaceFirst(";.*", "")
                        : "application/octet-stream");
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
