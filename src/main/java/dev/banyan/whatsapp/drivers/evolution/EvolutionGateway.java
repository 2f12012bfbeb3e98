package dev.banyan.whatsapp.drivers.evolution;

import static dev.banyan.whatsapp.drivers.GatewayAnswer.done;
import static dev.banyan.whatsapp.drivers.GatewayAnswer.failed;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.Credentials;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.RemoteNumber;
import dev.banyan.whatsapp.drivers.Attempt;
import dev.banyan.whatsapp.drivers.Download;
import dev.banyan.whatsapp.drivers.Gateway;
import dev.banyan.whatsapp.drivers.GatewayAccess;
import dev.banyan.whatsapp.drivers.GatewayAnswer;
import dev.banyan.whatsapp.drivers.GatewayAnswer.Trouble;
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.QrCode;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.Upload;
import dev.banyan.whatsapp.drivers.evolution.EvolutionStates.Row;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// How to speak to Evolution API v2, a Node server around Baileys. What the parts do is in `EvolutionInstances` and its
/// neighbors; the facts are in docs/drivers.md.
@Singleton
public final class EvolutionGateway implements Gateway {

    /// How long a code is on offer.
    private static final Duration CODE = Duration.ofSeconds(45);

    private static final Duration STATES = Duration.ofSeconds(20);

    private static final Set<Capability> CAPABILITIES = Collections.unmodifiableSet(EnumSet.of(
            Capability.TEXT,
            Capability.IMAGE,
            Capability.DOCUMENT,
            Capability.AUDIO,
            Capability.VIDEO,
            Capability.STICKER,
            Capability.LOCATION,
            Capability.CONTACT,
            Capability.REACTION,
            Capability.REPLY,
            Capability.TYPING,
            Capability.READ_RECEIPTS,
            Capability.NUMBER_CHECK,
            Capability.QR_CODE,
            Capability.PAIRING_CODE,
            Capability.PROXY));

    private final EvolutionCalls calls;
    private final EvolutionInstances instances;
    private final EvolutionSetup setup;
    private final EvolutionLinking linking;
    private final EvolutionProof proof;
    private final EvolutionSending sending;
    private final EvolutionChats chats;
    private final EvolutionSignatures signatures;

    @Inject
    public EvolutionGateway(GatewayHttp http, Clock clock) {
        this(http, clock, GatewayHttp.USUAL, GatewayHttp.SENDING);
    }

    /// @param proving how long a proof may take
    /// @param delivering how long sending may take
    EvolutionGateway(GatewayHttp http, Clock clock, Duration proving, Duration delivering) {
        this.calls = new EvolutionCalls(http);
        this.instances = new EvolutionInstances(calls);
        this.setup = new EvolutionSetup(calls, instances);
        this.linking = new EvolutionLinking(calls, instances, setup);
        this.proof = new EvolutionProof(calls, instances, proving);
        this.sending = new EvolutionSending(calls, delivering);
        this.chats = new EvolutionChats(calls);
        this.signatures = new EvolutionSignatures(clock);
    }

    @Override
    public DriverKind kind() {
        return DriverKind.EVOLUTION;
    }

    /// Buttons and lists exist in its API, but don't show on many phones, so they don't count.
    @Override
    public Set<Capability> capabilities(Connection connection) {
        return CAPABILITIES;
    }

    /// The root tells the version, but asks the internet for WhatsApp's first, so it may be slow and is not needed.
    @Override
    public GatewayAnswer<Checked> check(GatewayAccess gateway) {
        return instances.rows(gateway).map(rows -> {
            Optional<String> version =
                    calls.ask(calls.get(gateway, "/")) instanceof GatewayAnswer.Done<JsonNode>(JsonNode root)
                            ? Optional.of(root.path("version").asText("")).filter(text -> !text.isEmpty())
                            : Optional.empty();
            return checked(gateway, rows, version);
        });
    }

    private static Checked checked(GatewayAccess gateway, Map<String, JsonNode> rows, Optional<String> version) {
        var known = EvolutionVersion.parse(version.orElse(""));
        var missing = new ArrayList<String>();
        if (version.isPresent() && known.isTooOld()) {
            missing.add("Banyan needs Evolution API 2. Update the server.");
        }
        boolean isOfOneInstance = gateway.credentials().access() instanceof Credentials.ApiKey(String key)
                && rows.values().stream()
                        .anyMatch(row -> row.path("token").asText("").equals(key));
        if (isOfOneInstance) {
            missing.add(
                    "This key opens one instance only. Enter the global key (AUTHENTICATION_API_KEY) to add others.");
        }
        List<RemoteNumber> numbers = rows.entrySet().stream()
                .filter(row -> isOfWhatsAppWeb(row.getValue()))
                .map(row -> remote(row.getKey(), Row.of(row.getValue()), known))
                .sorted((one, other) -> one.remote().compareTo(other.remote()))
                .toList();
        return new Checked(version, Optional.empty(), numbers, List.copyOf(missing), true, Optional.empty());
    }

    private static RemoteNumber remote(String name, Row row, EvolutionVersion version) {
        NumberStatus status = EvolutionStates.of(row, row.state(), version);
        return new RemoteNumber(
                name,
                new NumberStatus(
                        status.state(), row.phone(), row.device(), status.reason(), status.until(), status.remarks()));
    }

    @Override
    public GatewayAnswer<Map<String, NumberStatus>> statuses(GatewayAccess gateway, List<Line> lines) {
        return instances.statuses(gateway, lines, STATES);
    }

    @Override
    public GatewayAnswer<NumberStatus> prepare(Line line) {
        return setup.prepare(line);
    }

    /// An instance uses its proxy from its next start on.
    @Override
    public GatewayAnswer<NumberStatus> proxyChanged(Line line) {
        return setup.changeProxy(line).then(_ -> linking.restart(line));
    }

    @Override
    public GatewayAnswer<NumberStatus> start(Line line) {
        return linking.start(line);
    }

    @Override
    public GatewayAnswer<NumberStatus> status(Line line) {
        return instances.status(line);
    }

    /// An instance that doesn't exist can't be adopted, and neither can one that isn't connected like WhatsApp Web.
    @Override
    public GatewayAnswer<NumberStatus> numberOf(GatewayAccess gateway, String remote) {
        var line = new Line(NOT_OURS, gateway, remote, Optional.empty(), Optional.empty());
        return instances
                .row(line)
                .then(row -> row.filter(EvolutionGateway::isOfWhatsAppWeb)
                        .map(_ -> instances.status(line))
                        .orElseGet(() -> failed(Trouble.Kind.UNKNOWN, EvolutionErrors.NO_INSTANCE)));
    }

    private static boolean isOfWhatsAppWeb(JsonNode row) {
        String integration = row.path("integration").asText("");
        return integration.isEmpty() || integration.equals("WHATSAPP-BAILEYS");
    }

    @Override
    public GatewayAnswer<QrCode> code(Line line) {
        return linking.code(line);
    }

    @Override
    public Duration codeLasts(int number) {
        return CODE;
    }

    @Override
    public int codes() {
        return EvolutionLinking.CODES;
    }

    @Override
    public GatewayAnswer<String> pairingCode(Line line, Phone phone) {
        return linking.pairingCode(line, phone);
    }

    @Override
    public GatewayAnswer<Passkey> passkey(Line line) {
        return noPasskey();
    }

    @Override
    public GatewayAnswer<Boolean> answerPasskey(Line line, String credential) {
        return noPasskey();
    }

    @Override
    public GatewayAnswer<Boolean> confirmPasskey(Line line) {
        return noPasskey();
    }

    private static <T> GatewayAnswer<T> noPasskey() {
        return failed(
                Trouble.Kind.UNSUPPORTED,
                "Evolution API can’t do the passkey step. Move this number to a WAHA connection, or remove the passkey"
                        + " in WhatsApp on the phone and scan again.");
    }

    /// There is no way to stop an instance that keeps its keys: a logout would unlink it.
    @Override
    public GatewayAnswer<Boolean> pause(Line line) {
        return done(false);
    }

    @Override
    public GatewayAnswer<NumberStatus> restart(Line line) {
        return linking.restart(line);
    }

    @Override
    public GatewayAnswer<Boolean> remove(Line line) {
        return linking.remove(line);
    }

    @Override
    public GatewayAnswer<Boolean> prove(Line line) {
        return proof.prove(line);
    }

    @Override
    public boolean isRepeatable(Line line, OutgoingMessage message) {
        return EvolutionSending.isRepeatable(line, message);
    }

    @Override
    public SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat) {
        return sending.send(line, message, file, chat);
    }

    @Override
    public GatewayAnswer<Optional<String>> find(
            Line line, OutgoingMessage message, Optional<String> chat, Attempt attempt) {
        return sending.find(line, message, chat, attempt);
    }

    @Override
    public GatewayAnswer<Boolean> seen(Line line, String chat, List<String> providers) {
        return chats.seen(line, chat, providers);
    }

    @Override
    public GatewayAnswer<Boolean> typing(Line line, String chat, Optional<String> last, boolean isTyping) {
        return chats.typing(line, chat, isTyping);
    }

    @Override
    public GatewayAnswer<Optional<String>> addressOf(Line line, Phone phone) {
        return chats.addressOf(line, phone);
    }

    @Override
    public GatewayAnswer<Optional<Phone>> phoneOf(Line line, String chat) {
        return chats.phoneOf(line, chat);
    }

    @Override
    public String chat(Phone phone) {
        return EvolutionAddresses.of(phone);
    }

    @Override
    public GatewayAnswer<Download> download(Line line, RemoteMedia media) {
        return chats.download(line, media);
    }

    @Override
    public GatewayAnswer<List<HookEvent>> history(Line line, Instant since) {
        return chats.history(line, since);
    }

    @Override
    public Genuine isGenuine(GatewayAccess gateway, HookRequest request) {
        return signatures.isGenuine(request, gateway.credentials().hookSecret());
    }

    @Override
    public String repeatKey(HookRequest request) {
        return EvolutionSignatures.repeatKey(request.body());
    }

    @Override
    public byte[] stored(byte[] body) {
        return EvolutionWebhooks.withoutToken(body);
    }

    @Override
    public List<HookEvent> read(GatewayAccess gateway, byte[] body) {
        return EvolutionWebhooks.read(body, EvolutionVersion.of(gateway.connection()));
    }
}
