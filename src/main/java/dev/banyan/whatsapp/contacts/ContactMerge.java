package dev.banyan.whatsapp.contacts;

import module java.base;
import dev.banyan.whatsapp.ContactAddress;

/// Two addresses that were found to be of one person (decision 0116).
///
/// @param former under which nothing is kept any more
/// @param contact under which all is kept since
public record ContactMerge(UUID id, ContactAddress former, ContactAddress contact, Instant mergedAt) {

    /// Until when people can say that it was wrong.
    static final Duration UNDOABLE = Duration.ofHours(48);

    public Instant undoableUntil() {
        return mergedAt.plus(UNDOABLE);
    }
}
