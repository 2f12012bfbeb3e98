package dev.banyan.whatsapp.drivers.cloud;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.NumberStatus;
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
import dev.banyan.whatsapp.drivers.MessageTemplate;
import dev.banyan.whatsapp.drivers.QrCode;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.TemplateDraft;
import dev.banyan.whatsapp.drivers.Upload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Meta's WhatsApp Business Platform. There is no session: a number is registered at Meta, and whoever has a token for
/// it may send. So nothing is linked, started or stopped, and the proof of life is Meta's own answer about the number.
@Singleton
public final class CloudGateway implements Gateway {

    private static final Set<Capability> CAPABILITIES = Set.copyOf(EnumSet.complementOf(EnumSet.of(
            Capability.NUMBER_CHECK,
            Capability.QR_CODE,
            Capability.PAIRING_CODE,
            Capability.PASSKEY,
            Capability.PROXY)));

    private static final String NO_CODES =
            "WhatsApp Cloud API numbers aren’t linked with a code. Enter the phone number"
                    + " ID from WhatsApp Manager instead.";

    private final GraphCalls graph;
    private final CloudStates states;
    private final CloudCheck check;
    private final CloudTemplates templates;
    private final CloudTemplateFiles files;
    private final CloudSending sending;
    private final CloudDownloads downloads;
    private final Clock clock;

    @Inject
    public CloudGateway(GatewayHttp http, Clock clock) {
        this(http, clock, GatewayHttp.SENDING);
    }

    /// @param patience how long sending a message or a file may take
    CloudGateway(GatewayHttp http, Clock clock, Duration patience) {
        this.graph = new GraphCalls(http, patience);
        var subscriptions = new CloudSubscriptions(graph);
        this.states = new CloudStates(graph, subscriptions);
        this.check = new CloudCheck(graph, states, subscriptions);
        this.templates = new CloudTemplates(graph);
        this.files = new CloudTemplateFiles(graph);
        this.sending = new CloudSending(graph, templates, clock);
        this.downloads = new CloudDownloads(graph);
        this.clock = clock;
    }

    @Override
    public DriverKind kind() {
        return DriverKind.CLOUD;
    }

    @Override
    public Set<Capability> capabilities(Connection connection) {
        return CAPABILITIES;
    }

    @Override
    public GatewayAnswer<Checked> check(GatewayAccess gateway) {
        return check.check(gateway);
    }

    @Override
    public GatewayAnswer<Map<String, NumberStatus>> statuses(GatewayAccess gateway, List<Line> lines) {
        return states.all(gateway, lines);
    }

    @Override
    public GatewayAnswer<NumberStatus> prepare(Line line) {
        return states.prepare(line);
    }

    @Override
    public GatewayAnswer<NumberStatus> proxyChanged(Line line) {
        return unsupported("Numbers of the Cloud API use no proxy.");
    }

    @Override
    public GatewayAnswer<NumberStatus> start(Line line) {
        return states.status(line);
    }

    @Override
    public GatewayAnswer<NumberStatus> status(Line line) {
        return states.status(line);
    }

    @Override
    public GatewayAnswer<QrCode> code(Line line) {
        return unsupported(NO_CODES);
    }

    @Override
    public Duration codeLasts(int number) {
        return Duration.ZERO;
    }

    @Override
    public int codes() {
        return 0;
    }

    @Override
    public GatewayAnswer<String> pairingCode(Line line, Phone phone) {
        return unsupported(NO_CODES);
    }

    @Override
    public GatewayAnswer<Passkey> passkey(Line line) {
        return unsupported(NO_CODES);
    }

    @Override
    public GatewayAnswer<Boolean> answerPasskey(Line line, String credential) {
        return unsupported(NO_CODES);
    }

    @Override
    public GatewayAnswer<Boolean> confirmPasskey(Line line) {
        return unsupported(NO_CODES);
    }

    private static <T> GatewayAnswer<T> unsupported(String sentence) {
        return GatewayAnswer.failed(Trouble.Kind.UNSUPPORTED, sentence);
    }

    /// There is nothing to stop.
    @Override
    public GatewayAnswer<Boolean> pause(Line line) {
        return GatewayAnswer.done(true);
    }

    /// There is nothing to restart but the webhooks, which may have been lost.
    @Override
    public GatewayAnswer<NumberStatus> restart(Line line) {
        return states.prepare(line);
    }

    /// The number stays at Meta: it exists without us, and deregistering it is limited and hard to undo.
    @Override
    public GatewayAnswer<Boolean> remove(Line line) {
        return GatewayAnswer.done(true);
    }

    /// Meta counts the calls about numbers.
    @Override
    public Duration believedFor() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration askedEvery() {
        return Duration.ofMinutes(1);
    }

    @Override
    public GatewayAnswer<Boolean> prove(Line line) {
        return states.prove(line);
    }

    @Override
    public SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat) {
        return sending.send(line, message, file, chat);
    }

    @Override
    public int atOnce() {
        return 30;
    }

    /// Meta can't be asked for a message. Its webhooks repeat our id, and tell in time.
    @Override
    public GatewayAnswer<Optional<String>> find(
            Line line, OutgoingMessage message, Optional<String> chat, Attempt attempt) {
        return GatewayAnswer.done(Optional.empty());
    }

    /// The last message is enough: WhatsApp marks the ones before it too.
    @Override
    public GatewayAnswer<Boolean> seen(Line line, String chat, List<String> providers) {
        return providers.isEmpty() ? GatewayAnswer.done(true) : read(line, receipt(providers.getLast()));
    }

    /// Shown for 25 seconds or until a message follows, and only as an answer. It can't be taken back.
    @Override
    public GatewayAnswer<Boolean> typing(Line line, String chat, Optional<String> last, boolean isTyping) {
        if (!isTyping || last.isEmpty()) {
            return GatewayAnswer.done(!isTyping);
        }
        ObjectNode body = receipt(last.get());
        body.putObject("typing_indicator").put("type", "text");
        return read(line, body);
    }

    private static ObjectNode receipt(String provider) {
        return GraphJson.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", provider);
    }

    private GatewayAnswer<Boolean> read(Line line, JsonNode body) {
        return graph.post(line.gateway(), "/" + GraphCalls.encoded(line.remote()) + "/messages", body)
                .map(answer -> answer.path("success").asBoolean(false));
    }

    @Override
    public GatewayAnswer<Optional<String>> addressOf(Line line, Phone phone) {
        return unsupported("WhatsApp Cloud API can’t check whether a number is on WhatsApp. A message that can’t be"
                + " delivered says so.");
    }

    /// A hidden address stays hidden until the contact's next message tells more.
    @Override
    public GatewayAnswer<Optional<Phone>> phoneOf(Line line, String chat) {
        return GatewayAnswer.done(CloudContacts.isHidden(chat) ? Optional.empty() : CloudContacts.phone(chat));
    }

    @Override
    public String chat(Phone phone) {
        return phone.digits();
    }

    @Override
    public GatewayAnswer<Download> download(Line line, RemoteMedia media) {
        return downloads.download(line, media);
    }

    /// There is none to ask for, and none is needed: Meta repeats a webhook for seven days until it is accepted.
    @Override
    public GatewayAnswer<List<HookEvent>> history(Line line, Instant since) {
        return GatewayAnswer.done(List.of());
    }

    @Override
    public Optional<String> greeting(GatewayAccess gateway, Map<String, String> query) {
        return CloudSignatures.greeting(gateway, query);
    }

    @Override
    public Genuine isGenuine(GatewayAccess gateway, HookRequest request) {
        return CloudSignatures.genuine(gateway, request);
    }

    @Override
    public String repeatKey(HookRequest request) {
        return CloudSignatures.repeatKey(request);
    }

    @Override
    public List<HookEvent> read(GatewayAccess gateway, byte[] body) {
        return CloudWebhooks.read(body, GraphCalls.waba(gateway), clock.instant());
    }

    @Override
    public boolean concernsOthers(GatewayAccess gateway, byte[] body) {
        Optional<String> own = GraphCalls.waba(gateway);
        return own.isPresent()
                && CloudWebhooks.accounts(body).stream()
                        .anyMatch(account -> !own.get().equals(account));
    }

    @Override
    public boolean isOf(GatewayAccess gateway, byte[] body) {
        return GraphCalls.waba(gateway)
                .filter(CloudWebhooks.accounts(body)::contains)
                .isPresent();
    }

    @Override
    public GatewayAnswer<List<MessageTemplate>> templates(GatewayAccess gateway) {
        return templates.list(gateway);
    }

    @Override
    public GatewayAnswer<String> saveTemplate(
            GatewayAccess gateway, Optional<MessageTemplate> before, TemplateDraft draft) {
        return templates.save(gateway, before, draft);
    }

    @Override
    public GatewayAnswer<Boolean> deleteTemplate(GatewayAccess gateway, String name, Optional<String> id) {
        return templates.delete(gateway, name, id);
    }

    @Override
    public GatewayAnswer<String> templateFile(GatewayAccess gateway, String name, String type, byte[] bytes) {
        return files.upload(gateway, name, type, bytes);
    }
}
