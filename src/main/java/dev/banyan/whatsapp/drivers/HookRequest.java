package dev.banyan.whatsapp.drivers;

import module java.base;

/// A webhook as it came in: nothing about it is believed yet.
///
/// @param headers by name in lowercase
public record HookRequest(Map<String, String> headers, byte[] body) {

    /// @param name in lowercase
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
