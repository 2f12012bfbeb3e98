package dev.banyan.whatsapp.changes;

import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderKey;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Stores driver reports that can never be processed, however often they are retried. They are kept unchanged for
/// investigation and shown on the board, so that later reports can go on.
@Singleton
public record RejectedEvents(SenderChanges changes) {
    /// @throws dev.banyan.platform.db.DatabaseUnavailable when the database is unavailable; the report is not
    ///     set aside yet
    public void keep(DriverEvent event, Throwable why) {
        SenderKey key = event.sender();
        changes.write(key.tenant(), change -> {
            change.setAside(event, why);
            change.store()
                    .find(key.tenant(), key.id())
                    .ifPresent(sender -> change.event(
                            sender,
                            SenderEvent.Tone.BAD,
                            "Event set aside",
                            "Something WhatsApp reported couldn't be stored. It is kept for the people who run this"
                                    + " server."));
            change.happened(key.id());
            return true;
        });
        Log.errorf(why, "Set aside for %s: a %s", key.id(), event.getClass().getSimpleName());
    }
}
