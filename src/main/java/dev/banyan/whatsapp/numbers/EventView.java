package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Words;
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

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z");

    /// @param name of its sender; empty if it was removed in the meantime
    public static EventView of(SenderEvent event, Optional<String> name, Instant now) {
        return new EventView(
                SenderView.shortTime(event.at(), now),
                SenderView.fullTime(event.at()),
                event.at().toString(),
                event.tone().key(),
                event.title(),
                INSTANT.matcher(event.details()).replaceAll(found -> Words.moment(Instant.parse(found.group()))),
                name.isPresent() ? event.sender().value() : "",
                name.orElseGet(() -> Sender.shownName(Optional.empty(), event.sender())));
    }
}
