/// The built-in driver that acts as WhatsApp, with invented phones and customers, for trying out and for tests.
///
/// May call the core, `registry`, `sending` and `session`. Begin with `SimulatorDriver`.
@NullMarked
package dev.banyan.whatsapp.simulator;

import org.jspecify.annotations.NullMarked;
