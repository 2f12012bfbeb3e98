package dev.banyan.whatsapp.registry;

import dev.banyan.whatsapp.DriverEvent;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderKey;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// What a driver reported and cannot be stored by its own fault, however often it is tried. It is kept as it came,
/// for people who look for it, and the board says so; what comes behind it goes on.
@Singleton
public final class SetAside {

    private static final Logger LOG = Logger.getLogger(SetAside.class);

    private final SenderChanges changes;

    public SetAside(SenderChanges changes) {
        this.changes = changes;
    }

    /// @throws dev.banyan.platform.db.UnusableDatabase when the database is away: then it is not set aside yet
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
        LOG.errorf(why, "Set aside for %s: a %s", key.id(), event.getClass().getSimpleName());
    }
}
