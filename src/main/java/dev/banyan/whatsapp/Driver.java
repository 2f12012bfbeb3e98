package dev.banyan.whatsapp;

import java.util.Optional;

/// Connects senders to WhatsApp. A driver is not the source of truth: it receives commands and reports events, and the
/// database keeps the state. The contract is tested by `DriverConformance`, which every driver must pass.
///
/// Events of one sender's connection are reported in order, and so are those of one message. Events that were not
/// acknowledged are reported again in order, even after the connection was lost in between ([DriverListener]). A driver
/// is never called inside a transaction.
public interface Driver {

    DriverKind kind();

    /// Sets the listener. Called once, before any other method.
    void listen(DriverListener listener);

    /// Starts linking: codes follow, then a final event. Has no effect on a sender that is already being linked.
    void link(SenderKey sender);

    /// Returns a code to type on the phone instead of scanning, for the linking in progress.
    ///
    /// @return such as `ABCD-1234`, the same for the whole linking; empty if the driver doesn't offer one
    Optional<String> pairingCode(SenderKey sender, Phone phone);

    /// Stops linking. No more events of this linking are reported.
    void cancel(SenderKey sender);

    /// Reconnects a sender that was linked before. Reports [DriverEvent.Connected] or what is wrong.
    void connect(SenderKey sender);

    /// Logs the device out, or forgets a removed sender. No more events of it are reported.
    void stop(SenderKey sender);

    /// Hands over a message, once per attempt. The driver reports [DriverEvent.Sent] or [DriverEvent.NotSent], before
    /// or after this returns; later events about the message are optional. After an exception it is unknown whether
    /// the message was sent.
    void send(SenderKey sender, OutgoingMessage message);

    /// Returns whether the connection responds right now. Called often, so it must be cheap.
    boolean answers(SenderKey sender);
}
