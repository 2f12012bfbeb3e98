package dev.banyan.whatsapp;

/// An outgoing message has changed its delivery state. Fired in memory after the commit.
public record DeliveryChanged(OutgoingMessage message) {}
