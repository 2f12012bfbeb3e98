package dev.banyan.platform.web.page;

import module java.base;

/// The time of an entry in a log, in the parts that its row shows.
public record Moment(Instant at) {

    public String day() {
        return Words.day(at);
    }

    /// Returns the time, such as "09:41:07".
    public String time() {
        return Words.seconds(at);
    }

    /// Returns the time for the tooltip.
    public String exact() {
        return Words.exact(at);
    }

    /// Returns the time for machines, such as "2026-11-20T09:41:07.123Z".
    public String iso() {
        return at.toString();
    }
}
