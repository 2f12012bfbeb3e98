/// The JSON routes of senders and pools, and the socket for their events.
///
/// May call all rooms of senders but `board`. `PoolApiGuard` checks permissions; `SenderAnswers` builds the responses
/// for a sender.
@NullMarked
package dev.banyan.whatsapp.api;

import org.jspecify.annotations.NullMarked;
