/// Choosing the number that sends a message, and following the message until it is delivered.
///
/// May call the core and `registry`. Begin with `Outgoing.order`, the one way to send; `Claims` takes what is due,
/// `Balancing`
/// chooses the number, `Deliveries` writes down what the driver said.
@NullMarked
package dev.banyan.whatsapp.sending;

import org.jspecify.annotations.NullMarked;
