/// The built-in driver that acts as WhatsApp, with invented phones and customers, for trying out and for tests.
///
/// Owns the table `test_messages`: what keys in test mode have ordered (`TestMessages`). May call the core and the
/// rooms up to `session`.
///
/// Simulated numbers are unique within their tenant only, so each tenant has a simulated WhatsApp of its own
/// (`SimulatedRelay`). What only a simulated sender can do is offered to `session` as the interface `Simulation`; the
/// table of faults is `Fault` in the core. Begin with `SimulatorDriver`; `DriverConformance` in the tests is what every
/// driver must pass.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.simulator;
