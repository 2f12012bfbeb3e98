package dev.banyan.whatsapp.drivers.waha;

import module java.base;
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
import dev.banyan.whatsapp.drivers.GatewayHttp;
import dev.banyan.whatsapp.drivers.HookEvent;
import dev.banyan.whatsapp.drivers.HookRequest;
import dev.banyan.whatsapp.drivers.Line;
import dev.banyan.whatsapp.drivers.QrCode;
import dev.banyan.whatsapp.drivers.RemoteMedia;
import dev.banyan.whatsapp.drivers.SendResult;
import dev.banyan.whatsapp.drivers.Upload;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Speaks to WAHA servers. What WAHA calls a number is the name of a session.
///
/// A session’s webhook is part of its configuration, and changing that restarts the session, so [#prepare] changes
/// nothing that is right already. A webhook that is set for the whole server, too, doubles all events; the ids of
/// messages tell them apart.
@Singleton
public final class WahaGateway implements Gateway {

    private final WahaSessions sessions;
    private final WahaLinking linking;
    private final WahaProof proof;
    private final WahaSending sending;
    private final WahaSearch search;
    private final WahaContacts contacts;
    private final WahaFiles files;
    private final WahaWebhooks webhooks;

    @Inject
    public WahaGateway(GatewayHttp http, Clock clock) {
        this(http, clock, WahaCalls.Limits.DEFAULT);
    }

    WahaGateway(GatewayHttp http, Clock clock, WahaCalls.Limits limits) {
        var calls = new WahaCalls(http, limits);
        this.sessions = new WahaSessions(calls, clock);
        this.linking = new WahaLinking(calls);
        this.proof = new WahaProof(calls);
        this.contacts = new WahaContacts(calls);
        this.sending = new WahaSending(calls, contacts, clock);
        this.search = new WahaSearch(calls, clock);
        this.files = new WahaFiles(calls);
        this.webhooks = new WahaWebhooks(clock);
    }

    @Override
    public DriverKind kind() {
        return DriverKind.WAHA;
    }

    @Override
    public Set<Capability> capabilities(Connection connection) {
        return WahaEngine.of(connection).capabilities();
    }

    @Override
    public GatewayAnswer<Checked> check(GatewayAccess gateway) {
        return sessions.check(gateway);
    }

    @Override
    public GatewayAnswer<NumberStatus> numberOf(GatewayAccess gateway, String remote) {
        return sessions.numberOf(gateway, remote);
    }

    @Override
    public GatewayAnswer<Map<String, NumberStatus>> statuses(GatewayAccess gateway, List<Line> lines) {
        return sessions.statuses(gateway, lines);
    }

    @Override
    public GatewayAnswer<NumberStatus> prepare(Line line) {
        return sessions.prepare(line);
    }

    /// A change of its configuration restarts a session.
    @Override
    public GatewayAnswer<NumberStatus> proxyChanged(Line line) {
        return sessions.prepare(line);
    }

    @Override
    public GatewayAnswer<NumberStatus> start(Line line) {
        return sessions.start(line);
    }

    @Override
    public GatewayAnswer<NumberStatus> status(Line line) {
        return sessions.status(line);
    }

    @Override
    public GatewayAnswer<QrCode> code(Line line) {
        return linking.code(line);
    }

    @Override
    public Duration codeLasts(int number) {
        return WahaLinking.codeLasts(number);
    }

    @Override
    public int codes() {
        return WahaLinking.CODES;
    }

    @Override
    public GatewayAnswer<String> pairingCode(Line line, Phone phone) {
        return linking.pairingCode(line, phone);
    }

    @Override
    public GatewayAnswer<Passkey> passkey(Line line) {
        return linking.passkey(line);
    }

    @Override
    public GatewayAnswer<Boolean> answerPasskey(Line line, String credential) {
        return linking.answerPasskey(line, credential);
    }

    @Override
    public GatewayAnswer<Boolean> confirmPasskey(Line line) {
        return linking.confirmPasskey(line);
    }

    @Override
    public GatewayAnswer<Boolean> pause(Line line) {
        return sessions.pause(line);
    }

    @Override
    public GatewayAnswer<NumberStatus> restart(Line line) {
        return sessions.restart(line);
    }

    @Override
    public GatewayAnswer<Boolean> remove(Line line) {
        return sessions.remove(line);
    }

    @Override
    public GatewayAnswer<Boolean> prove(Line line) {
        return proof.prove(line);
    }

    @Override
    public SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat) {
        return sending.send(line, message, file, chat);
    }

    /// WhatsApp shows a message with the same id once.
    @Override
    public boolean isRepeatable(Line line, OutgoingMessage message) {
        return WahaEngine.of(line.gateway().connection()).takesOurIds();
    }

    @Override
    public GatewayAnswer<Optional<String>> find(
            Line line, OutgoingMessage message, Optional<String> chat, Attempt attempt) {
        return search.find(line, message, chat, attempt);
    }

    @Override
    public GatewayAnswer<Boolean> seen(Line line, String chat, List<String> providers) {
        return contacts.seen(line, chat, providers);
    }

    @Override
    public GatewayAnswer<Boolean> typing(Line line, String chat, Optional<String> last, boolean isTyping) {
        return contacts.typing(line, chat, isTyping);
    }

    @Override
    public GatewayAnswer<Optional<String>> addressOf(Line line, Phone phone) {
        return contacts.addressOf(line, phone);
    }

    @Override
    public GatewayAnswer<Optional<Phone>> phoneOf(Line line, String chat) {
        return contacts.phoneOf(line, chat);
    }

    @Override
    public String chat(Phone phone) {
        return WahaIds.chat(phone);
    }

    @Override
    public GatewayAnswer<Download> download(Line line, RemoteMedia media) {
        return files.download(line, media);
    }

    @Override
    public GatewayAnswer<List<HookEvent>> history(Line line, Instant since) {
        return search.history(line, since);
    }

    @Override
    public Genuine isGenuine(GatewayAccess gateway, HookRequest request) {
        return WahaWebhooks.isGenuine(gateway, request);
    }

    @Override
    public String repeatKey(HookRequest request) {
        return WahaWebhooks.repeatKey(request);
    }

    @Override
    public List<HookEvent> read(GatewayAccess gateway, byte[] body) {
        return webhooks.read(body);
    }
}
