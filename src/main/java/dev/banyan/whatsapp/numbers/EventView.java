package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.access.SenderView;

/// An event of a number on a page.
public record EventView(
        String time,
        String full,
        String machine,
        String tone,
        String title,
        String details,
        String senderId,
        String senderName) {

    /// @param name of its sender; empty if it was removed in the meantime
    public static EventView of(SenderEvent event, Optional<String> name, Instant now) {
        return new EventView(
                SenderView.shortTime(event.at(), now),
                SenderView.fullTime(event.at()),
                event.at().toString(),
                event.tone().key(),
                event.title(),
                event.details(),
                name.isPresent() ? event.sender().value() : "",
                name.orElseGet(() -> Sender.shownName(Optional.empty(), event.sender())));
    }
}
