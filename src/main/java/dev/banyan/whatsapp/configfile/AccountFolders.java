package dev.banyan.whatsapp.configfile;

import module java.base;
import io.quarkus.logging.Log;

/// The folders of accounts, which have their usernames. When an account gets another one, its folder is renamed, and a
/// link leads there from the former name for as long as that is the account's: other programs may know it.
record AccountFolders(Path parent) {
    /// Returns the folder of an account, which may not exist yet.
    ///
    /// @param former the usernames that lead on to the account
    Path settle(String username, Set<String> former) {
        Path folder = parent.resolve(username);
        try {
            unlink(folder); // of the account that had the name before
            for (String name : former) {
                lead(parent.resolve(name), folder);
            }
        } catch (IOException | UnsupportedOperationException failure) {
            Log.warnf(failure, "Not every former folder leads to %s", folder);
        }
        return folder;
    }

    private static void lead(Path old, Path folder) throws IOException {
        if (!isLink(old) && Files.isDirectory(old) && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(old, folder);
        }
        Path name = Objects.requireNonNull(folder.getFileName());
        boolean leads = isLink(old) && Files.readSymbolicLink(old).equals(name);
        if (!leads && Files.isDirectory(folder)) {
            unlink(old);
            if (!Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(old, name);
            }
        }
    }

    /// Removes the link from a name that has ended.
    void forget(String name) {
        try {
            unlink(parent.resolve(name));
        } catch (IOException failure) {
            Log.warnf(failure, "The link %s could not be removed", parent.resolve(name));
        }
    }

    /// Removes all links, before [#settle] makes those anew that count.
    void forgetAll() {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> all = Files.list(parent)) {
            for (Path path : all.toList()) {
                unlink(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void unlink(Path path) throws IOException {
        if (isLink(path)) {
            Files.delete(path);
        }
    }

    /// A link of ours, not one to another disk that someone has made.
    private static boolean isLink(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return false;
        }
        Path target = Files.readSymbolicLink(path);
        return !target.isAbsolute() && target.getNameCount() == 1;
    }
}
