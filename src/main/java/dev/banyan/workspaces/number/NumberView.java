package dev.banyan.workspaces.number;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;

/// The JSON of a workspace's number, in the sub-client seed's terms.
///
/// @param phone in international form; absent until it is linked
/// @param connectedAt when it was linked, as `2025-02-23T10:30:00.000Z`; absent while it isn't connected
@JsonInclude(Include.NON_ABSENT)
record NumberView(
        SenderId id,
        Optional<String> phone,
        boolean connected,
        Optional<String> connectedAt,
        Optional<String> deviceName) {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static NumberView of(Sender number) {
        boolean connected = number.state().isActive();
        return new NumberView(
                number.id(),
                number.phone().map(Phone::e164),
                connected,
                number.link().linkedAt().filter(_ -> connected).map(NumberView::time),
                number.link().deviceName().filter(_ -> connected));
    }

    static String time(Instant instant) {
        return MILLISECONDS.format(instant);
    }
}
