/// Choosing the number that sends a message, and following the message until it is delivered.
///
/// May call the core and `registry`. Begin with `Outgoing.order`, the only way to send; `Claims` selects due messages,
/// `Balancing` chooses the number, `Deliveries` stores what the driver reports.
@NullMarked
package dev.banyan.whatsapp.sending;

import org.jspecify.annotations.NullMarked;
