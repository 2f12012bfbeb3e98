package dev.banyan.whatsapp;

/// An outgoing message has come further, or is known not to. Fired in memory after the commit.
public record DeliveryChanged(OutgoingMessage message) {}
