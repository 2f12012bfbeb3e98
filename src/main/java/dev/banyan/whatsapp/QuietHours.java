package dev.banyan.whatsapp;

import java.time.LocalTime;

/// When a pool sends nothing, by the clock of its time zone; to the minute. `from` may be later than `until`: then it
/// is quiet over midnight.
public record QuietHours(LocalTime from, LocalTime until) {

    public boolean contain(LocalTime time) {
        return from.isBefore(until)
                ? !time.isBefore(from) && time.isBefore(until)
                : !time.isBefore(from) || time.isBefore(until);
    }
}
