package dev.banyan.analytics;

/// Counters of events. Bots count in `bots` only.
record VisitCounts(long views, long clicks, long unlocks, long redirects, long bots, long visitors) {

    static final VisitCounts NOTHING = new VisitCounts(0, 0, 0, 0, 0, 0);

    VisitCounts plus(VisitCounts more) {
        return new VisitCounts(
                views + more.views,
                clicks + more.clicks,
                unlocks + more.unlocks,
                redirects + more.redirects,
                bots + more.bots,
                visitors + more.visitors);
    }

    VisitCounts minus(VisitCounts less) {
        return new VisitCounts(
                views - less.views,
                clicks - less.clicks,
                unlocks - less.unlocks,
                redirects - less.redirects,
                bots - less.bots,
                visitors - less.visitors);
    }

    /// Returns what is added to the counts of pages: visitors of short links may be the same people.
    VisitCounts ofShortLinks() {
        return new VisitCounts(0, 0, 0, redirects, bots, 0);
    }

    boolean isNothing() {
        return equals(NOTHING);
    }

    /// The full days of a period, and as many days before it.
    record Compared(VisitCounts now, VisitCounts before) {

        static final Compared NOTHING = new Compared(VisitCounts.NOTHING, VisitCounts.NOTHING);

        Compared plus(Compared more) {
            return new Compared(now.plus(more.now), before.plus(more.before));
        }
    }
}
