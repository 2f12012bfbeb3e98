package dev.banyan.whatsapp;

import module java.base;

/// Receives the events of drivers. An event is accepted once it has been acknowledged with [Receipt#KEPT]; until then
/// the driver keeps it and reports it again.
public interface DriverListener {

    enum Receipt {
        /// The event is durable, or there was nothing to store. The driver may discard it.
        KEPT,
        /// The queue is full, or the server is shutting down. The driver reports the event again shortly afterwards,
        /// before any later event.
        NOT_NOW
    }

    /// Returns at once. A refusal because of a full queue is known when this returns, so that later events can't
    /// overtake the refused one. Otherwise the receipt completes when the event is stored, which may take as long
    /// as the database is unavailable.
    ///
    /// A driver that is called from outside (a webhook) waits a few seconds for the receipt. It answers 200 for
    /// [Receipt#KEPT], and 503 for [Receipt#NOT_NOW] or when there is no receipt in time, so that its gateway calls
    /// again. The same event may be reported any number of times.
    CompletionStage<Receipt> report(DriverEvent event);
}
