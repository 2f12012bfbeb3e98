package dev.banyan.workspaces;

import module java.base;
import dev.banyan.platform.Keyed;

/// A request for the inboxes of an account, last used first.
///
/// @param search words of workspaces' names as typed; blank finds all
public record InboxQuery(Shown shown, String search, Optional<Cursor> after, int limit) {

    /// Which inboxes a list shows.
    public enum Shown implements Keyed {
        ALL("All"),
        UNREAD("Unread"),
        /// With customers who wait for an answer.
        WAITING("Waiting for an answer");

        public final String label;

        Shown(String label) {
            this.label = label;
        }
    }

    /// Where the next part of a list begins.
    public record Cursor(Instant at, WorkspaceId workspace) {

        /// The latest time that a column of milliseconds holds in any sensible database.
        private static final long LATEST = 1L << 48;

        public static Optional<Cursor> parse(String text) {
            int dot = text.indexOf('.');
            if (dot < 1 || !text.substring(0, dot).matches("[0-9]{1,15}")) {
                return Optional.empty();
            }
            long at = Long.parseLong(text.substring(0, dot));
            return at > LATEST
                    ? Optional.empty()
                    : WorkspaceId.parse(text.substring(dot + 1))
                            .map(workspace -> new Cursor(Instant.ofEpochMilli(at), workspace));
        }

        @Override
        public String toString() {
            return at.toEpochMilli() + "." + workspace.value();
        }
    }
}
