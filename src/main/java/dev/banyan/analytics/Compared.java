package dev.banyan.analytics;

/// The full days of a period, and as many days before it.
record Compared(VisitCounts now, VisitCounts before) {

    static final Compared NOTHING = new Compared(VisitCounts.NOTHING, VisitCounts.NOTHING);

    Compared plus(Compared more) {
        return new Compared(now.plus(more.now), before.plus(more.before));
    }
}
