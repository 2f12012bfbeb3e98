package dev.banyan.whatsapp.drivers;

/// A file from a gateway.
///
/// @param name may be empty
/// @param type the claimed media type; may be empty
public record Download(byte[] bytes, String name, String type) {}
