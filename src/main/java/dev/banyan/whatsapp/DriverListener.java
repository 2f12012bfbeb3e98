package dev.banyan.whatsapp;

import java.util.concurrent.CompletionStage;

/// Where a driver reports what happened. A report counts once it has been acknowledged as [Receipt#KEPT]; until then
/// the driver keeps it, and reports it again.
public interface DriverListener {

    enum Receipt {
        /// It is durable, or there was nothing to store. The driver may forget it.
        KEPT,
        /// Too much is waiting, or the server is about to end. The driver reports it again, a moment later, and
        /// before anything that came after it.
        NOT_NOW
    }

    /// Returns at once. A refusal for lack of room is known when this returns, so that nothing overtakes what was
    /// refused; a receipt comes when the database has it, which takes as long as the database is away.
    ///
    /// A driver that is called from outside (a webhook) waits a few seconds for the receipt. It answers 200 for
    /// [Receipt#KEPT], and 503 for [Receipt#NOT_NOW] or for no receipt at all: its gateway then calls again. The
    /// same report may come any number of times.
    CompletionStage<Receipt> report(DriverEvent event);
}
