package dev.banyan.whatsapp;

import module java.base;
import dev.banyan.platform.Keyed;

/// Connects senders to WhatsApp. A driver is not the source of truth: it receives commands and reports events, and the
/// database keeps the state. The contract is tested by `DriverConformance`, which every driver must pass.
///
/// Events of one sender's connection are reported in order, and so are those of one message. Events that were not
/// acknowledged are reported again in order, even after the connection was lost in between ([DriverListener]). A driver
/// is never called inside a transaction.
public interface Driver {

    /// What a driver may be able to do (design 7).
    enum Capability implements Keyed {
        TEXT("text"),
        IMAGE("pictures"),
        DOCUMENT("documents"),
        AUDIO("audio"),
        VIDEO("videos"),
        STICKER("stickers"),
        LOCATION("locations"),
        CONTACT("contact cards"),
        REACTION("reactions"),
        REPLY("replies to a certain message"),
        TEMPLATE("templates"),
        BUTTONS("buttons"),
        LIST("lists"),
        TYPING("showing that we type"),
        READ_RECEIPTS("read receipts"),
        NUMBER_CHECK("checking whether a number is on WhatsApp"),
        QR_CODE("linking with a QR code"),
        PAIRING_CODE("linking with a pairing code"),
        PASSKEY("the passkey step"),
        PROXY("proxies");

        /// What it is, as the object of a sentence: `templates`.
        public final String words;

        Capability(String words) {
            this.words = words;
        }

        /// Returns what a driver needs to send such a message.
        public static Capability toSend(MessageContent.Kind kind) {
            return valueOf(kind.name());
        }
    }

    /// A passkey that WhatsApp requires before it accepts a device.
    public sealed interface Passkey {

        /// @param options the request options for the browser at WhatsApp, as JSON; passed on unchanged
        record Challenge(String options) implements Passkey {}

        /// A code that must be the same on the phone.
        record Confirmation(String code) implements Passkey {}
    }

    DriverKind kind();

    /// Sets the listener. Called once, before any other method.
    void listen(DriverListener listener);

    Set<Capability> capabilities(SenderKey sender);

    /// Starts linking: codes follow, then a final event. Has no effect on a sender that is already being linked.
    void link(SenderKey sender);

    /// Returns a code to type on the phone instead of scanning, for the linking in progress.
    ///
    /// @return such as `ABCD-1234`, the same for the whole linking; empty if the driver doesn't offer one
    Optional<String> pairingCode(SenderKey sender, Phone phone);

    /// Returns the passkey step of the linking in progress; empty if there is none, or the driver can't show it.
    default Optional<Passkey> passkey(SenderKey sender) {
        return Optional.empty();
    }

    /// Passes on what the browser has signed.
    ///
    /// @param credential the browser's credential, as JSON
    /// @return empty if it was accepted, else what went wrong, as a full sentence
    default Optional<String> answerPasskey(SenderKey sender, String credential) {
        return Optional.of("This gateway has no passkey step.");
    }

    /// Confirms that the code on the phone is the same.
    ///
    /// @return empty if it was accepted, else what went wrong, as a full sentence
    default Optional<String> confirmPasskey(SenderKey sender) {
        return Optional.of("This gateway has no passkey step.");
    }

    /// Stops linking. No more events of this linking are reported.
    void cancel(SenderKey sender);

    /// Reconnects a sender that was linked before. Reports [DriverEvent.Connected] or what is wrong.
    void connect(SenderKey sender);

    /// Logs the device out, or forgets a removed sender. No more events of it are reported.
    void stop(SenderKey sender);

    /// Lets go of a sender that another server connects: it stays linked. No more events of it are reported here.
    void release(SenderKey sender);

    /// Hands over a message, once per attempt. The driver reports [DriverEvent.Sent] or [DriverEvent.NotSent], before
    /// or after this returns; later events about the message are optional. After an exception it is unknown whether
    /// the message was sent.
    void send(SenderKey sender, OutgoingMessage message);

    /// Returns how many messages of one number may be handed over without a result: more would only wait, and nothing
    /// could tell after a crash that they were not sent.
    default int atOnce() {
        return 100;
    }

    /// The same for a number that this server knows more about.
    default int atOnce(SenderKey sender) {
        return atOnce();
    }

    /// Gives back the messages of a number, as far as they have certainly not been sent: reports [DriverEvent.NotSent]
    /// about them. Does nothing in a driver in which none wait.
    ///
    /// @param why a full sentence for people
    default void takeBack(SenderKey sender, String why) {}

    /// Returns whether a message that this number may have sent can be sent again without reaching the contact twice,
    /// because the gateway knows it by an id of ours.
    default boolean isRepeatable(SenderKey sender, OutgoingMessage message) {
        return false;
    }

    /// Finds out what became of a repeatable message that a server was handing over when it ended: looks for it, and
    /// sends it again if it isn't found. Reports like [#send], or [DriverEvent.Unclear]. The number is connected.
    ///
    /// @param message as it was handed over
    /// @param why it is in doubt, as a full sentence for people
    default void resume(SenderKey sender, OutgoingMessage message, String why) {
        throw new UnsupportedOperationException("Nothing is repeatable here");
    }

    /// Tells the contact that these messages were read. Does nothing if the driver can't, or if it fails.
    ///
    /// @param providers WhatsApp's ids of the messages, oldest first
    default void seen(SenderKey sender, ContactAddress contact, List<String> providers) {}

    /// Shows the contact that someone types. Does nothing if the driver can't, or if it fails.
    ///
    /// @param last WhatsApp's id of the contact's last message
    default void typing(SenderKey sender, ContactAddress contact, Optional<String> last, boolean isTyping) {}

    /// Returns whether the connection responds right now. Called often, so it must be cheap.
    boolean answers(SenderKey sender);
}
