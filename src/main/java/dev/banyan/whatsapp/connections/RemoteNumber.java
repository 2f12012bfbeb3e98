package dev.banyan.whatsapp.connections;

/// A number that a gateway has, whether or not Banyan knows it.
///
/// @param remote what the gateway calls it
public record RemoteNumber(String remote, NumberStatus status) {}
