package dev.banyan.whatsapp;

import java.util.Optional;

/// The code that really talks to WhatsApp for a sender. It keeps no truth: it is told what to do, and tells what
/// happened; the database knows the rest. What every driver must do is written down in `DriverConformance`, the tests
/// that all of them pass.
///
/// Events of one sender's connection come one after the other, and so do those of one message. What was not
/// acknowledged is reported again, in its order, also after the connection was lost in between ([DriverListener]). A
/// driver is never called inside a transaction.
public interface Driver {

    DriverKind kind();

    /// Called once, before anything else.
    void listen(DriverListener listener);

    /// Begins to link: codes follow, then an end. A sender that is being linked already goes on as it is.
    void link(SenderKey sender);

    /// A code that is typed on the phone instead of scanning, for the linking that is under way.
    ///
    /// @return such as `ABCD-1234`, the same as long as the linking goes on; empty where none is offered
    Optional<String> pairingCode(SenderKey sender, Phone phone);

    /// Stops linking. Nothing more is told of this linking.
    void cancel(SenderKey sender);

    /// Brings a sender back that was linked before. It answers with [DriverEvent.Connected] or with what is wrong.
    void connect(SenderKey sender);

    /// Logs the device out, or forgets a sender that is gone. Nothing more is told of it.
    void stop(SenderKey sender);

    /// Hands a message over, once for each attempt. It answers, before or after this returns, with
    /// [DriverEvent.Sent] or [DriverEvent.NotSent]; what it says of the message after that may be left out. An
    /// exception means that nobody knows whether it was sent.
    void send(SenderKey sender, OutgoingMessage message);

    /// Whether the connection answers at this moment; asked often, so it must be cheap.
    boolean answers(SenderKey sender);
}
