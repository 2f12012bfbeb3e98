package dev.banyan.whatsapp.configfile;

import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Knows the `bots-config.json` files that this server wrote, without reading them each time, and so those that
/// somebody
/// else has written since.
final class FileStamps {

    private record Stamp(long size, FileTime modified, Optional<Object> key) {}

    private final Map<AccountId, Stamp> ours = new ConcurrentHashMap<>();

    /// @param written digests of what was written before
    boolean isStrange(AccountId tenant, Path file, Supplier<List<String>> written) {
        Optional<Stamp> present = stamp(file);
        if (present.isEmpty() || present.equals(Optional.ofNullable(ours.get(tenant)))) {
            return false;
        }
        boolean strange = !written.get().contains(Digests.sha256Hex(text(file)));
        if (!strange) {
            ours.put(tenant, present.get());
        }
        return strange;
    }

    /// From now on this is the account's file, as it lies there now.
    void accept(AccountId tenant, Path file) {
        stamp(file).ifPresent(stamp -> ours.put(tenant, stamp));
    }

    /// Looks at the account's file anew when somebody asks next.
    void forget(AccountId tenant) {
        ours.remove(tenant);
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey())));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Not as strict text: a damaged file differs, and is no reason to stop.
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
