package dev.banyan.accounts;

import java.util.List;
import java.util.Optional;

/**
 * That the plan has no room for all brands: which, until when, and what can be done. {@code day} of {@code days} of the grace have
 * passed; a grace that is over has none. {@code kept} is how many stay.
 */
record GraceBanner(
        String title,
        String text,
        List<String> names,
        int more,
        boolean over,
        long day,
        List<Mark> marks,
        Optional<Offer> offer) {

    /** A day of the grace on which something happens; {@code now} is the last one that has come. */
    record Mark(String label, boolean now) {}

    /** The smallest pack that makes room for all: what it costs, and the choice with it filled in. */
    record Offer(String label, String href) {}

    public long length() {
        return Grace.LENGTH.toDays();
    }
}
