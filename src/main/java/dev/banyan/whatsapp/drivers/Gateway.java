package dev.banyan.whatsapp.drivers;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.Driver.Capability;
import dev.banyan.whatsapp.Driver.Passkey;
import dev.banyan.whatsapp.DriverKind;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.SenderKey;
import dev.banyan.whatsapp.connections.Connection;
import dev.banyan.whatsapp.connections.NumberStatus;
import dev.banyan.whatsapp.connections.RemoteNumber;

/// How to speak to one kind of gateway. It translates and remembers nothing: what it needs is in the arguments, and one
/// object serves all connections. [GatewayDriver] decides what is asked when.
///
/// Called on virtual threads and never inside a transaction. Each method makes a few HTTP calls through
/// [GatewayHttp], each of which ends within its time limit.
public interface Gateway {

    DriverKind kind();

    /// Returns what it can do, as far as the last check knows the gateway.
    Set<Capability> capabilities(Connection connection);

    // The gateway itself.

    /// What "Check connection" finds.
    ///
    /// @param version of the gateway
    /// @param engine of gateways with several
    /// @param numbers what is there
    /// @param missing what is missing, as full sentences for people; empty if all is well
    /// @param hookRegistered whether the gateway sends webhooks to us without anyone entering the address there
    /// @param portfolio Meta's business portfolio that the account belongs to; empty where there are none
    record Checked(
            Optional<String> version,
            Optional<String> engine,
            List<RemoteNumber> numbers,
            List<String> missing,
            boolean hookRegistered,
            Optional<String> portfolio) {}

    /// Calls the gateway with its credentials: what it is, what it has, and what is missing.
    GatewayAnswer<Checked> check(GatewayAccess gateway);

    /// Returns the states of all numbers of a gateway, by what it calls them, in as few calls as possible.
    GatewayAnswer<Map<String, NumberStatus>> statuses(GatewayAccess gateway, List<Line> lines);

    // A number.

    /// Makes the gateway ready for a number: creates the session or instance if it doesn't exist, and registers our
    /// webhook and its proxy. Does nothing to one that is ready.
    GatewayAnswer<NumberStatus> prepare(Line line);

    /// Lets a live number use its other proxy at once, or none.
    GatewayAnswer<NumberStatus> proxyChanged(Line line);

    /// Starts a prepared number. One that was linked reconnects, another one offers codes.
    GatewayAnswer<NumberStatus> start(Line line);

    GatewayAnswer<NumberStatus> status(Line line);

    /// Returns the state of a number that is not ours yet.
    default GatewayAnswer<NumberStatus> numberOf(GatewayAccess gateway, String remote) {
        return status(new Line(NOT_OURS, gateway, remote, Optional.empty(), Optional.empty()));
    }

    /// Stands for a number that Banyan doesn't have.
    SenderKey NOT_OURS = new SenderKey(AccountId.SERVER, new SenderId("none"));

    /// Returns the QR code that is on offer now; [GatewayAnswer.Trouble.Kind#LATER] if there is none yet.
    GatewayAnswer<QrCode> code(Line line);

    /// Returns how long a code is on offer.
    ///
    /// @param number counted from 1
    Duration codeLasts(int number);

    /// Returns how many codes the gateway offers before it gives up.
    int codes();

    /// Returns a code to type on the phone, such as `ABCD-1234`.
    GatewayAnswer<String> pairingCode(Line line, Phone phone);

    GatewayAnswer<Passkey> passkey(Line line);

    GatewayAnswer<Boolean> answerPasskey(Line line, String credential);

    GatewayAnswer<Boolean> confirmPasskey(Line line);

    /// Stops a number and keeps what it needs to reconnect.
    GatewayAnswer<Boolean> pause(Line line);

    /// Connects a number anew, because it does not respond.
    GatewayAnswer<NumberStatus> restart(Line line);

    /// Logs the number out and removes it from the gateway, unless the gateway's number exists without us (a phone
    /// number id).
    GatewayAnswer<Boolean> remove(Line line);

    /// Proves that the number reaches WhatsApp, with the cheapest call that needs WhatsApp's answer.
    GatewayAnswer<Boolean> prove(Line line);

    /// Returns for how long a number that has shown no other sign of life is believed without being asked to prove
    /// itself: as short as the cost of [#prove] allows.
    default Duration believedFor() {
        return Duration.ofSeconds(20);
    }

    /// Returns how often all numbers of a gateway are asked for their states.
    default Duration askedEvery() {
        return Duration.ofSeconds(8);
    }

    /// Returns whether a message that may have been sent can be sent again without reaching the contact twice, because
    /// it has an id of our own.
    default boolean isRepeatable(Line line, OutgoingMessage message) {
        return false;
    }

    // Messages.

    /// Returns how many messages of one number are sent at the same time.
    default int atOnce() {
        return 10;
    }

    /// Sends a message once. Capabilities were checked before.
    ///
    /// @param file of a message with a file
    /// @param chat how the contact must be addressed, if that is known and is not the phone number
    SendResult send(Line line, OutgoingMessage message, Optional<Upload> file, Optional<String> chat);

    /// Looks for a message whose fate is unknown. An older message that says the same is another one.
    ///
    /// @return its id if it was sent; empty if the gateway knows that it was not, or can't say
    GatewayAnswer<Optional<String>> find(Line line, OutgoingMessage message, Optional<String> chat, Attempt attempt);

    GatewayAnswer<Boolean> seen(Line line, String chat, List<String> providers);

    GatewayAnswer<Boolean> typing(Line line, String chat, Optional<String> last, boolean isTyping);

    /// Returns how the gateway addresses a number, or empty if it is not on WhatsApp.
    GatewayAnswer<Optional<String>> addressOf(Line line, Phone phone);

    /// Returns the phone number behind a hidden address; empty if the gateway doesn't know it.
    GatewayAnswer<Optional<Phone>> phoneOf(Line line, String chat);

    /// Returns how a contact is addressed by its phone number.
    String chat(Phone phone);

    GatewayAnswer<Download> download(Line line, RemoteMedia media);

    /// Returns the messages that contacts have written since then, oldest first, because webhooks may have been lost.
    ///
    /// @param since seconds matter, not less
    GatewayAnswer<List<HookEvent>> history(Line line, java.time.Instant since);

    // Webhooks.

    /// Answers the gateway's question whether this address is ours.
    ///
    /// @param query the parameters of the request
    /// @return the text of the answer; empty to refuse
    default Optional<String> greeting(GatewayAccess gateway, Map<String, String> query) {
        return Optional.empty();
    }

    /// Whether a webhook comes from the gateway: its signature on the raw bytes, compared in constant time.
    enum Genuine {
        YES,
        /// There is no signature at all.
        UNSIGNED,
        NO
    }

    Genuine isGenuine(GatewayAccess gateway, HookRequest request);

    /// Returns a key that is equal for repeats of the same webhook.
    String repeatKey(HookRequest request);

    /// Returns what is stored of a webhook until it is processed: all that [#read] needs, and nothing that opens the
    /// gateway.
    default byte[] stored(byte[] body) {
        return body;
    }

    /// Returns what a webhook tells, in order. What we have no use for is left out; what can't be read at all is an
    /// empty list, never an exception.
    List<HookEvent> read(GatewayAccess gateway, byte[] body);

    /// Returns whether a webhook tells of other accounts at WhatsApp than that of this connection: a gateway may have
    /// one address for all of them.
    default boolean concernsOthers(GatewayAccess gateway, byte[] body) {
        return false;
    }

    /// Returns whether a webhook that came to another connection tells of the account of this one.
    default boolean isOf(GatewayAccess gateway, byte[] body) {
        return false;
    }

    // Templates.

    /// Returns the templates of the business; [GatewayAnswer.Trouble.Kind#UNSUPPORTED] where there are none.
    default GatewayAnswer<List<MessageTemplate>> templates(GatewayAccess gateway) {
        return noTemplates();
    }

    /// Submits a template, or changes one.
    ///
    /// @param before the template as it is now; empty: a new one
    /// @return its id
    default GatewayAnswer<String> saveTemplate(
            GatewayAccess gateway, Optional<MessageTemplate> before, TemplateDraft draft) {
        return noTemplates();
    }

    /// Deletes a template in all languages.
    ///
    /// @param id of the only one that is deleted
    default GatewayAnswer<Boolean> deleteTemplate(GatewayAccess gateway, String name, Optional<String> id) {
        return noTemplates();
    }

    /// Uploads an example of a header that is a file.
    ///
    /// @return what a [TemplateDraft.Header] calls it
    default GatewayAnswer<String> templateFile(GatewayAccess gateway, String name, String type, byte[] bytes) {
        return noTemplates();
    }

    private <T> GatewayAnswer<T> noTemplates() {
        return GatewayAnswer.failed(GatewayAnswer.Trouble.Kind.UNSUPPORTED, kind().title() + " has no templates.");
    }
}
