package dev.banyan.whatsapp.messages;

import dev.banyan.whatsapp.DeliveryChanged;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Tells the windows on all nodes how far messages have come.
@Singleton
record ProgressNews(Event<MessageProgress> progress) {

    void deliveryChanged(@Observes DeliveryChanged changed) {
        progress.fire(MessageProgress.of(changed.message()));
    }
}
