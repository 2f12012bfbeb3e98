package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.NumberStatus.State;

/// What the gateway's words about an instance mean.
///
/// An instance has two states: one in memory, which `connectionState` and webhooks tell, and one in the database, which
/// `fetchInstances` tells and which stays `open` while the connection is lost and comes back.
final class EvolutionStates {

    static final String GONE = "Evolution API has lost this instance with its keys. Link the phone again to go on.";
    static final String NETWORK_DROP =
            "The connection was lost for too long (network drop, 408), and this version of Evolution API then deletes"
                    + " the keys. Link the phone again.";

    private static final String CONFIRM = "Evolution API reports a logout (401). Its state is being checked.";

    private EvolutionStates() {}

    /// A row of `fetchInstances`.
    ///
    /// @param state `open`, `connecting` or `close`
    /// @param code why the connection was closed last; kept even after the instance works again
    record Row(String state, Optional<Phone> phone, String device, int code) {

        static Row of(JsonNode row) {
            return new Row(
                    row.path("connectionStatus").asText(""),
                    EvolutionAddresses.phone(row.path("ownerJid").asText("")),
                    row.path("profileName").asText(""),
                    row.path("disconnectionReasonCode").asInt(0));
        }

        boolean isClosed() {
            return state.equals("close");
        }
    }

    /// @param memory what `connectionState` says; empty if it knows nothing yet, as right after a start
    static NumberStatus of(Row row, String memory, EvolutionVersion version) {
        return switch (memory) {
            case "open" -> working(row);
            case "refused" -> NumberStatus.of(State.GIVEN_UP);
            case "close" -> closed(row, version);
            default -> connecting(row);
        };
    }

    static NumberStatus working(Row row) {
        return new NumberStatus(State.WORKING, row.phone(), row.device(), "", Optional.empty(), "");
    }

    /// One that was logged out for good has no keys, so it can only be showing codes.
    private static NumberStatus connecting(Row row) {
        boolean hasNoKeys = row.isClosed() && isFinal(row.code());
        return row.phone().isEmpty() || hasNoKeys ? NumberStatus.of(State.CODE) : reconnecting(row);
    }

    private static NumberStatus reconnecting(Row row) {
        return new NumberStatus(
                State.STARTING,
                row.phone(),
                row.device(),
                "Evolution API is reconnecting to WhatsApp.",
                Optional.empty(),
                "");
    }

    /// The row becomes `connecting` when a QR code is made. That of a number that was linked before may mean that it is
    /// linked anew, which only looking for a code can tell.
    static boolean mayShowCodes(Row row, NumberStatus status) {
        return status.state() == State.STARTING && row.state().equals("connecting");
    }

    /// The reason in the row is an old one unless the row is closed as well. A row that still shows codes belongs to a
    /// linking that ran out of them.
    private static NumberStatus closed(Row row, EvolutionVersion version) {
        if (row.state().equals("connecting") && row.phone().isEmpty()) {
            return NumberStatus.of(State.GIVEN_UP);
        }
        if (!row.isClosed() || row.code() == 0) {
            return new NumberStatus(State.STOPPED, row.phone(), row.device(), "", Optional.empty(), "");
        }
        if (row.code() == 401) {
            return NumberStatus.of(State.UNLINKED, "The phone has removed this device (401).");
        }
        NumberStatus ended = ended(row.code(), version);
        return ended.state() == State.STARTING ? NumberStatus.of(State.STOPPED, ended.reason()) : ended;
    }

    private static boolean isFinal(int code) {
        return code == 401 || code == 402 || code == 403 || code == 406 || code == 408;
    }

    /// What a webhook means that tells of a closed connection. A logout (401) shortly after the restart that follows
    /// linking (515) can be noise, which only asking can tell.
    static NumberStatus told(int code, EvolutionVersion version) {
        return code == 401 ? NumberStatus.of(State.STARTING, CONFIRM) : ended(code, version);
    }

    private static NumberStatus ended(int code, EvolutionVersion version) {
        return switch (code) {
            case 402 ->
                NumberStatus.of(State.BANNED, "WhatsApp has banned this number for a while (402). Wait until it ends.");
            case 403 ->
                NumberStatus.of(
                        State.BANNED,
                        "WhatsApp has locked this number (403): it is banned, or WhatsApp was moved to another phone.");
            case 406 -> NumberStatus.of(State.BANNED, "WhatsApp has banned this number (406).");
            case 408 ->
                version.isAtLeast24()
                        ? NumberStatus.of(State.UNLINKED, NETWORK_DROP)
                        : NumberStatus.of(State.STARTING, "The connection was lost (408).");
            case 411 ->
                NumberStatus.of(State.UNLINKED, "The phone doesn’t support linked devices any more (411). Link again.");
            case 440 ->
                NumberStatus.of(
                        State.BLOCKED,
                        "Another server uses the keys of this number (440). Stop one of the two servers.");
            case 405, 409, 413, 414, 415, 418 ->
                NumberStatus.of(
                        State.BLOCKED,
                        "WhatsApp doesn’t accept this version of Evolution API (" + code
                                + "). Its operator must update it.");
            default -> NumberStatus.of(State.STARTING, "The connection was lost (" + code + ").");
        };
    }
}
