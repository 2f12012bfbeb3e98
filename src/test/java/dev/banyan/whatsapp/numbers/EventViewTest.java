package dev.banyan.whatsapp.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.whatsapp.SenderEvent;
import dev.banyan.whatsapp.SenderId;
import org.junit.jupiter.api.Test;

class EventViewTest {

    /// WhatsApp tells until when a number is restricted; a page is read in many zones.
    @Test
    void timesInDetailsAreWrittenForTheirReader() {
        Instant now = Instant.parse("2026-07-20T08:00:00Z");
        var event = new SenderEvent(
                UUID.randomUUID(),
                new SenderId("sales"),
                new SenderId("sales"),
                SenderEvent.Tone.BAD,
                "Business account restricted",
                "No templates can be sent until 2026-07-22T08:43:20Z; replies go out.",
                now);
        assertThat(EventView.of(event, Optional.empty(), now).details())
                .startsWith("No templates can be sent until Jul 22, 2026, 08:43")
                .endsWith("; replies go out.");
    }
}
