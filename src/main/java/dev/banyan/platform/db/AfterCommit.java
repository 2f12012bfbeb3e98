package dev.banyan.platform.db;

import module java.base;
import org.jboss.logging.Logger;

/// Runs actions after a commit. A failing action is logged and must not undo the commit; the others still run.
final class AfterCommit {

    private static final Logger LOG = Logger.getLogger(AfterCommit.class);

    private AfterCommit() {}

    static void run(List<Runnable> actions) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException | Error failure) {
                LOG.error("An action after a commit failed", failure);
            }
        }
    }
}
