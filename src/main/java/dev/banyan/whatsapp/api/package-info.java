/// The JSON routes of senders and pools, and the socket of their events.
///
/// May call all rooms of senders but `board`. `PoolApiGuard` says who may act; `SenderAnswers` writes a sender.
@NullMarked
package dev.banyan.whatsapp.api;

import org.jspecify.annotations.NullMarked;
