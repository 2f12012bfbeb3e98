package dev.banyan.commands;

import module java.base;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.configfile.Mirrors;

/// Compares the `bots-config.json` files with the database, which is authoritative.
final class MirrorCheck {

    /// A running server writes some changes a second later; differences after this time are errors.
    private static final Duration SERVER_MAY_BE_WRITING = Duration.ofSeconds(3);

    private MirrorCheck() {}

    static List<Finding> of(Database database, Path data) {
        List<Path> differing = Mirrors.differing(database, data);
        if (!differing.isEmpty()) {
            List<Path> before = differing;
            pause();
            differing = Mirrors.differing(database, data).stream()
                    .filter(before::contains)
                    .toList();
        }
        return differing.isEmpty()
                ? List.of(Finding.good("bots-config.json files match the database"))
                : differing.stream()
                        .map(file -> Finding.problem(file + " differs from the database, which is what counts;"
                                + " restart the server to rewrite it (edits are kept in a copy),"
                                + " or apply it with import-config"))
                        .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(SERVER_MAY_BE_WRITING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
