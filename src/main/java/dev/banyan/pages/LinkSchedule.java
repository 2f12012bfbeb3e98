package dev.banyan.pages;

import java.time.Instant;
import java.util.Optional;

/// When a link is shown: from its start on, and no more from its end on. The texts are kept as they were typed, in
/// their zone; the moments follow from them.
///
/// @param start such as `2027-01-01T00:00`; empty for always
/// @param zone an IANA name such as `Asia/Dubai`
record LinkSchedule(String start, String end, String zone, Optional<Instant> startsAt, Optional<Instant> endsAt) {

    boolean isOpen(Instant now) {
        return startsAt.filter(now::isBefore).isEmpty()
                && endsAt.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
