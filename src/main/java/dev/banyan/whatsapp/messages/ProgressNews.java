package dev.banyan.whatsapp.messages;

import dev.banyan.whatsapp.DeliveryChanged;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells the windows on all nodes how far messages have come.
@Singleton
final class ProgressNews {

    private final Event<MessageProgress> progress;

    ProgressNews(Event<MessageProgress> progress) {
        this.progress = progress;
    }

    void deliveryChanged(@Observes DeliveryChanged changed) {
        progress.fire(MessageProgress.of(changed.message()));
    }
}
