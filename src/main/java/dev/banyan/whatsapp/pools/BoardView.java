package dev.banyan.whatsapp.pools;

import module java.base;
import dev.banyan.platform.web.page.Chart;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.access.SenderView;
import dev.banyan.whatsapp.numbers.EventView;

/// The content of the board: pools as trees, or the senders found by a search.
///
/// @param pools empty during a search
/// @param found empty unless there is a search
/// @param next address of the next page of either
/// @param events the latest events, newest first
record BoardView(
        Tiles tiles,
        List<PoolCard> pools,
        Optional<Found> found,
        List<EventView> events,
        Optional<String> first,
        Optional<String> next) {

    static final BoardView NONE = new BoardView(
            new Tiles(0, 0, 0, 0, 0, 0, 0, 0, "–", 0, Optional.empty()),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    /// The totals of all pools.
    record Tiles(
            int healthy,
            int total,
            int masters,
            int servants,
            int pending,
            int down,
            long waiting,
            long perMinute,
            String delivered,
            long failed,
            Optional<String> oldest) {

        public String failedText() {
            return Words.grouped(failed);
        }

        public String waitingText() {
            return Words.grouped(waiting);
        }

        public String perMinuteText() {
            return Words.grouped(perMinute);
        }

        public String sendersText() {
            return Words.count(total, "number", "numbers") + " in " + Words.count(masters, "pool", "pools");
        }
    }

    /// @param paused `hold`, `drain` or empty
    /// @param failover what is unusual about the pool
    /// @param healthy how many of its numbers work
    /// @param servants the first ones: those in trouble before the others
    /// @param all the total number of servants
    /// @param others whether servants can be moved to another master
    /// @param trend its last 24 hours; empty if it was not used
    record PoolCard(
            SenderRow master,
            boolean backup,
            String paused,
            String status,
            Optional<String> failover,
            int healthy,
            List<SenderRow> servants,
            int all,
            boolean others,
            String strategy,
            String meaning,
            long waiting,
            long perMinute,
            Optional<String> backupMaster,
            long contacts,
            Optional<Trend> trend) {

        public String id() {
            return master.view().id();
        }

        public String name() {
            return master.view().name();
        }

        public boolean whole() {
            return healthy == all + 1;
        }

        /// Returns how many numbers work: `27 of 30`.
        public String healthyText() {
            return Words.grouped(healthy) + " of " + Words.grouped(all + 1);
        }

        public String servantsText() {
            return Words.count(all, "servant", "servants");
        }

        public boolean cut() {
            return all > servants.size();
        }

        public String allText() {
            return Words.grouped(all);
        }

        public boolean failed() {
            return status.equals("failed");
        }

        public boolean degraded() {
            return status.equals("degraded");
        }

        public String waitingText() {
            return Words.grouped(waiting);
        }

        public String perMinuteText() {
            return Words.grouped(perMinute);
        }

        public String contactsText() {
            return Words.grouped(contacts);
        }
    }

    /// What a pool sent and what failed, hour by hour, on one scale.
    record Trend(Chart.Line sent, Chart.Line failed, String sentText, String failedText) {}

    /// A sender with its load. `pool` is set if the sender is not shown in its tree.
    record SenderRow(
            SenderView view,
            boolean master,
            boolean others,
            int share,
            long queue,
            long perMinute,
            List<String> tags,
            Optional<String> pool) {

        public String queueText() {
            return Words.grouped(queue);
        }

        public String perMinuteText() {
            return Words.grouped(perMinute);
        }
    }

    /// The search results. `more` is true if there is another page.
    record Found(List<SenderRow> rows, boolean more) {

        public String text() {
            return rows.isEmpty()
                    ? "No numbers found"
                    : (more ? "More than " : "") + Words.count(rows.size(), "number", "numbers") + " found";
        }
    }
}
