package dev.banyan.whatsapp.drivers.waha;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Phone;

/// What a fake server knows about one session.
public final class FakeSession {

    /// How a session that says `WORKING` is dead.
    public enum Deafness {
        /// No event comes; they wait.
        NO_EVENTS,
        SENDS_HANG,
        /// Sends are accepted, and nothing leaves.
        SENDS_VANISH,
        CHECKS_HANG,
        CHECKS_FAIL,
        STREAM_LOST
    }

    /// What happens after a phone has scanned the code.
    enum PasskeyStep {
        NONE,
        CHALLENGE,
        CONFIRMATION
    }

    /// @param at of the change
    record Was(String status, Instant at) {}

    final String name;
    ObjectNode config;
    String status = "STOPPED";
    final Deque<Was> statuses = new ArrayDeque<>();
    /// The credentials; they survive the server.
    Optional<Phone> linked = Optional.empty();
    /// What the running process knows about itself.
    Optional<Phone> me = Optional.empty();
    Optional<Phone> scanning = Optional.empty();
    /// Counts starts and stops, so that timers of earlier ones do nothing.
    int run;
    int code;
    String qr = "";
    int pairingCodes;
    PasskeyStep passkey = PasskeyStep.NONE;
    String credential = "";
    boolean isBanned;
    boolean comesBack = true;
    JsonNode timelock = NullNode.getInstance();
    JsonNode capping = NullNode.getInstance();
    final Set<Deafness> deaf = new HashSet<>();
    final List<Runnable> unheard = new ArrayList<>();
    final List<Runnable> waiting = new ArrayList<>();
    /// Everything that the session remembers, as `message.any` shows it.
    final List<ObjectNode> messages = new ArrayList<>();
    final List<FakeSent> sent = new ArrayList<>();
    final List<ObjectNode> seen = new ArrayList<>();
    final List<String> typing = new ArrayList<>();
    final Set<String> chats = new HashSet<>();

    FakeSession(String name, ObjectNode config) {
        this.name = name;
        this.config = config;
    }

    boolean isRunning() {
        return !status.equals("STOPPED") && !status.equals("FAILED");
    }

    boolean isWorking() {
        return status.equals("WORKING");
    }

    boolean is(Deafness how) {
        return deaf.contains(how);
    }
}
