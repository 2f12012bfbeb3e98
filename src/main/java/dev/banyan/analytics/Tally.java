package dev.banyan.analytics;

/// What happened, in numbers. Bots are in `bots` and in nothing else.
record Tally(long views, long clicks, long unlocks, long redirects, long bots, long visitors) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

    Tally plus(Tally more) {
        return new Tally(
                views + more.views,
                clicks + more.clicks,
                unlocks + more.unlocks,
                redirects + more.redirects,
                bots + more.bots,
                visitors + more.visitors);
    }

    boolean isNothing() {
        return equals(NOTHING);
    }
}
