package dev.banyan.whatsapp.drivers.evolution;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.drivers.evolution.FakeEvolution.Version;

/// An instance of the fake: what it is in memory, and what the database says about it. They may disagree.
final class FakeInstance {

    static final int CODES = 30;
    static final Duration CODE = Duration.ofSeconds(45);

    /// How a frozen instance behaves: it says that it is open.
    enum Frozen {
        NO,
        /// Whatever needs WhatsApp hangs.
        HANGS,
        /// Messages are accepted and go nowhere; whatever needs WhatsApp's answer hangs.
        SWALLOWS,
        /// The gateway notices nothing, and hides the failures of its calls.
        CLOSED
    }

    private final FakeEvolution server;
    private final String name;
    private final String id;
    private final String token;
    private Optional<String> number;

    private String memory = "close";
    private String row = "close";
    private Optional<String> ownerJid = Optional.empty();
    private String profile = "";
    private int reason;
    private boolean hasKeys;
    private boolean isReachable = true;
    private boolean isDeleting;
    private Frozen frozen = Frozen.NO;

    private String code = "";
    private String pairing = "";
    private int count;
    private Optional<Instant> codeEnds = Optional.empty();
    private Optional<JsonNode> webhook = Optional.empty();
    private Optional<JsonNode> proxy = Optional.empty();
    private JsonNode settings = MissingNode.getInstance();

    final List<ObjectNode> messages = new ArrayList<>();
    final Map<String, byte[]> files = new HashMap<>();
    final Set<String> checked = new HashSet<>();
    final Map<String, String> phones = new HashMap<>();

    FakeInstance(FakeEvolution server, String name, UUID id, String token, Optional<String> number) {
        this.server = server;
        this.name = name;
        this.id = id.toString();
        this.token = token;
        this.number = number;
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    synchronized Optional<String> ownerJid() {
        return ownerJid;
    }

    synchronized String memory() {
        return memory;
    }

    synchronized Frozen frozen() {
        return frozen;
    }

    synchronized void freeze(Frozen how) {
        frozen = how;
    }

    synchronized boolean isOpen() {
        return memory.equals("open");
    }

    synchronized boolean hasKeys() {
        return hasKeys;
    }

    synchronized Optional<JsonNode> webhook() {
        return webhook;
    }

    synchronized void webhook(JsonNode row) {
        webhook = Optional.of(row);
    }

    synchronized Optional<JsonNode> proxy() {
        return proxy;
    }

    synchronized void proxy(JsonNode row) {
        proxy = Optional.of(row);
    }

    synchronized JsonNode settings() {
        return settings;
    }

    synchronized void settings(JsonNode row) {
        settings = row;
    }

    synchronized Optional<Instant> codeEnds() {
        return codeEnds;
    }

    /// Makes the row say something else than the memory.
    synchronized void rowSays(String state) {
        row = state;
    }

    private void hook(String event, ObjectNode data) {
        server.hook(this, event, data);
    }

    private static ObjectNode json() {
        return FakeAnswer.JSON.createObjectNode();
    }

    private void connectionUpdate(String state, int why) {
        hook(
                "connection.update",
                json().put("instance", name).put("state", state).put("statusReason", why));
    }

    /// Connects: with keys to WhatsApp, without them to make codes.
    synchronized void connect(Optional<String> with) {
        number = with;
        memory = "connecting";
        connectionUpdate("connecting", 200);
        if (!hasKeys) {
            count = 0;
            nextCode();
        } else if (isReachable) {
            open();
        }
    }

    private void open() {
        memory = "open";
        row = "open";
        codeEnds = Optional.empty();
        frozen = Frozen.NO;
        hook(
                "connection.update",
                json().put("instance", name)
                        .put("wuid", ownerJid.orElse(null))
                        .put("profileName", profile)
                        .putNull("profilePictureUrl")
                        .put("state", "open")
                        .put("statusReason", 200));
    }

    private void nextCode() {
        count++;
        code = "2@" + name + "-" + server.nextNumber();
        pairing =
                number.map(_ -> String.format("PAIR%04d", server.nextNumber())).orElse("");
        row = "connecting";
        codeEnds = Optional.of(server.now().plus(CODE));
        ObjectNode data = json();
        data.set("qrcode", qrcode().put("instance", name));
        data.withObject("/qrcode").remove("count");
        hook("qrcode.updated", data);
    }

    synchronized ObjectNode qrcode() {
        ObjectNode qrcode = json();
        if (pairing.isEmpty()) {
            qrcode.putNull("pairingCode");
        } else {
            qrcode.put("pairingCode", pairing);
        }
        return code.isEmpty()
                ? qrcode.put("count", count)
                : qrcode.put("code", code)
                        .put("base64", "data:image/png;base64,AAAA")
                        .put("count", count);
    }

    /// A code has been on offer long enough.
    synchronized void codeRunsOut() {
        if (codeEnds.isEmpty()) {
            return;
        }
        if (count < CODES) {
            nextCode();
            return;
        }
        codeEnds = Optional.empty();
        code = "";
        count = 0;
        hook(
                "qrcode.updated",
                json().put("message", "QR code limit reached, please login again")
                        .put("statusCode", 500));
        memory = "close";
        connectionUpdate("refused", 428);
    }

    /// A phone has scanned the code: WhatsApp closes with 515, and the server connects again.
    ///
    /// @return false if there is no code
    synchronized boolean scanned(String phone, String called, boolean noise) {
        if (codeEnds.isEmpty()) {
            return false;
        }
        codeEnds = Optional.empty();
        hasKeys = true;
        isReachable = true;
        ownerJid = Optional.of(phone + "@s.whatsapp.net");
        profile = called;
        if (isDeleting && server.version() == Version.V2_4_0) {
            return true;
        }
        connectionUpdate("connecting", 515);
        if (noise) {
            connectionUpdate("close", 401);
            connectionUpdate("connecting", 200);
        }
        open();
        return true;
    }

    /// The connection breaks. Some codes are final; after all others the server tries again at once and silently.
    synchronized void breaks(int why) {
        boolean isFinal = why == 401
                || why == 402
                || why == 403
                || why == 406
                || why == 408 && server.version() == Version.V2_4_0;
        if (isFinal) {
            ended(why);
        } else {
            isReachable = false;
            memory = "connecting";
            connectionUpdate("connecting", 200);
        }
    }

    private void ended(int why) {
        memory = "close";
        row = "close";
        reason = why;
        hasKeys = false;
        codeEnds = Optional.empty();
        code = "";
        hook(
                "status.instance",
                json().put("instance", name)
                        .put("status", "closed")
                        .put("disconnectionAt", server.now().toString())
                        .put("disconnectionReasonCode", why)
                        .put("disconnectionObject", "{\"error\":{}}"));
        hook("logout.instance", json());
        connectionUpdate("close", why);
    }

    /// Another attempt to reconnect that comes to nothing.
    synchronized void tries() {
        connectionUpdate("connecting", 200);
    }

    synchronized void comesBack() {
        isReachable = true;
        if (hasKeys && memory.equals("connecting")) {
            open();
        }
    }

    /// @return false if the connection was closed already
    synchronized boolean logout() {
        isDeleting = true;
        if (memory.equals("close")) {
            return false;
        }
        ended(401);
        return true;
    }

    /// The process has started. Up to 2.3 all instances connect, also those that were never linked; from 2.4 on those
    /// that would have connected stay closed, and are silent about it.
    synchronized void booted() {
        isDeleting = false;
        frozen = Frozen.NO;
        code = "";
        codeEnds = Optional.empty();
        memory = "close";
        if (server.version() != Version.V2_4_0) {
            connect(Optional.empty());
        }
    }

    synchronized void restarted() {
        memory = "connecting";
        connectionUpdate("connecting", 200);
        if (hasKeys && isReachable) {
            open();
        }
    }

    synchronized ObjectNode row() {
        ObjectNode json = json().put("id", id)
                .put("name", name)
                .put("connectionStatus", row)
                .put("ownerJid", ownerJid.orElse(null))
                .put("profileName", profile)
                .put("integration", "WHATSAPP-BAILEYS")
                .put("number", number.orElse(null))
                .put("token", token)
                .put("clientName", "fake");
        if (reason == 0) {
            json.putNull("disconnectionReasonCode");
        } else {
            json.put("disconnectionReasonCode", reason);
        }
        json.putObject("_count").put("Message", messages.size());
        return json;
    }
}
