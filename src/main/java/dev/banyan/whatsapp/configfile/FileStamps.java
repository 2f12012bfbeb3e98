package dev.banyan.whatsapp.configfile;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Digests;

/// Recognizes the `bots-config.json` files written by this server without reading them each time, and so detects files
/// edited by others.
final class FileStamps {

    private record Stamp(long size, FileTime modified, Optional<Object> key) {}

    private final Map<AccountId, Stamp> ours = new ConcurrentHashMap<>();

    /// @param written digests of earlier contents
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

    /// Accepts the current file as the account's own.
    void accept(AccountId tenant, Path file) {
        stamp(file).ifPresent(stamp -> ours.put(tenant, stamp));
    }

    /// Makes the next check read the account's file again.
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

    /// Reads the text leniently: a damaged file is different, but must not cause a failure.
    static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
