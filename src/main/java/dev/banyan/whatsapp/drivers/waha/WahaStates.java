package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;
import dev.banyan.whatsapp.drivers.MessageShape;

/// Translates the states of sessions. WAHA’s `FAILED` has no reason: whether a number was linked before tells a device
/// that was removed from codes that were not scanned.
final class WahaStates {

    static final String LOGGED_OUT = "WhatsApp has logged this number out. Link it again.";
    static final String LOCKED = "WhatsApp lets this number answer existing chats only (error 463).";
    static final String CAPPED = "This number has used up its new chats (error 475). Existing chats go on.";
    private static final String CODES_USED_UP = "The QR codes have expired, or WAHA couldn’t start the session.";

    private WahaStates() {}

    /// Returns the state of a session as the sessions API tells it.
    static NumberStatus of(JsonNode session, Instant now) {
        return of(session, session.path("me"), MissingNode.getInstance(), now);
    }

    /// Returns the state that an event tells.
    ///
    /// @param me the account of the session, if it is known
    static NumberStatus ofEvent(JsonNode payload, JsonNode me, Instant now) {
        return of(payload, me, payload.path("data"), now);
    }

    private static NumberStatus of(JsonNode session, JsonNode me, JsonNode data, Instant now) {
        Optional<Phone> phone = phone(me);
        return switch (WahaJson.text(session.path("status")).orElse("")) {
            case "WORKING" -> working(me, data, now);
            case "SCAN_QR_CODE" -> NumberStatus.of(State.CODE);
            case "PASSKEY_REQUIRED", "PASSKEY_CONFIRMATION_REQUIRED" -> NumberStatus.of(State.PASSKEY);
            case "FAILED" -> failed(session, phone);
            case "STOPPED" -> plain(State.STOPPED, phone);
            default -> plain(State.STARTING, phone);
        };
    }

    static Optional<Phone> phone(JsonNode me) {
        return WahaJson.text(me.path("id"), me.path("jid")).flatMap(WahaIds::phone);
    }

    private static NumberStatus plain(State state, Optional<Phone> phone) {
        return new NumberStatus(state, phone, "", "", Optional.empty(), "");
    }

    private static NumberStatus failed(JsonNode session, Optional<Phone> phone) {
        boolean wasLinked = before(session).map(last -> last.equals("WORKING")).orElse(phone.isPresent());
        return wasLinked
                ? new NumberStatus(State.UNLINKED, phone, "", LOGGED_OUT, Optional.empty(), "")
                : NumberStatus.of(State.GIVEN_UP, CODES_USED_UP);
    }

    /// Returns the last of the session’s states before this one that decides: it worked, or it showed codes.
    private static Optional<String> before(JsonNode session) {
        return StreamSupport.stream(session.path("statuses").spliterator(), false)
                .map(status -> status.path("status").asText())
                .filter(status -> status.equals("WORKING") || status.equals("SCAN_QR_CODE"))
                .reduce((_, last) -> last);
    }

    private static NumberStatus working(JsonNode me, JsonNode data, Instant now) {
        var phone = phone(me);
        String device = WahaJson.text(me.path("pushName")).orElse("");
        JsonNode capping = WahaJson.object(data.path("messageCapping"), capping(data), me.path("messageCapping"))
                .orElseGet(MissingNode::getInstance);
        Optional<Restriction> restriction = WahaJson.object(
                        data.path("reachoutTimelock"), lock(data), me.path("reachoutTimelock"))
                .flatMap(lock -> timeLock(lock, now))
                .or(() -> capped(capping, now));
        return restriction
                .map(limit -> new NumberStatus(State.RESTRICTED, phone, device, limit.reason(), limit.until(), ""))
                .orElseGet(
                        () -> new NumberStatus(State.WORKING, phone, device, "", Optional.empty(), remarks(capping)));
    }

    private static JsonNode lock(JsonNode data) {
        return data.has("isActive") ? data : MissingNode.getInstance();
    }

    private static JsonNode capping(JsonNode data) {
        return data.has("cappingStatus") ? data : MissingNode.getInstance();
    }

    /// @param until when it ends, if that is known
    record Restriction(String reason, Optional<Instant> until) {}

    /// Returns the restriction that is in force. WAHA keeps the last one that it has seen, even when it is over.
    static Optional<Restriction> timeLock(JsonNode lock, Instant now) {
        return lock.path("isActive").asBoolean()
                ? inForce(LOCKED, MessageShape.time(lock.path("timeEnforcementEnds")), now)
                : Optional.empty();
    }

    static Optional<Restriction> capped(JsonNode capping, Instant now) {
        return capping.path("cappingStatus").asText().equals("CAPPED")
                ? inForce(CAPPED, MessageShape.time(capping.path("cycleEnd")), now)
                : Optional.empty();
    }

    private static Optional<Restriction> inForce(String reason, Optional<Instant> until, Instant now) {
        return until.filter(end -> !end.isAfter(now)).isPresent()
                ? Optional.empty()
                : Optional.of(new Restriction(reason, until));
    }

    private static String remarks(JsonNode capping) {
        boolean isWarned = capping.path("cappingStatus").asText().endsWith("_WARNING");
        long total = capping.path("totalQuota").asLong();
        return isWarned && total > 0
                ? String.format(
                        Locale.US,
                        "WhatsApp warns: %,d of %,d new chats are used up.",
                        capping.path("usedQuota").asLong(),
                        total)
                : "";
    }
}
