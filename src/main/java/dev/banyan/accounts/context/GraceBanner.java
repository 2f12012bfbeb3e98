package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.plans.GracePeriod;

/// The notice that the plan has no room for all brands: which ones, until when, and what can be done. `day` is the
/// number of days of the grace period that have passed.
public record GraceBanner(
        String title,
        String text,
        List<String> names,
        int more,
        boolean over,
        long day,
        List<Mark> marks,
        boolean choosable,
        Optional<Offer> offer) {

    /// A day of the grace period on which something happens; `now` marks the latest one reached.
    record Mark(String label, boolean now) {}

    /// The smallest pack with room for all: its price, and a link to the choice with it filled in.
    public record Offer(String label, String href) {}

    private static final List<Long> SHOWN = List.of(0L, 7L, 21L, 29L);

    /// Returns the marks. The last day is so close to the last mail that one mark stands for both.
    public static List<Mark> marks(long day) {
        long now = SHOWN.stream().filter(shown -> shown <= day).reduce(0L, Math::max);
        return SHOWN.stream()
                .map(shown -> new Mark(
                        (shown == 0 ? "Day 0" : Long.toString(shown)) + (shown == 29 ? ", 30" : ""), shown == now))
                .toList();
    }

    public long length() {
        return GracePeriod.LENGTH.toDays();
    }
}
