package dev.banyan.platform.webhooks;

/// A file in the data of an event, as `EventType` describes it.
///
/// @param type its media type
/// @param size in bytes
/// @param url where a program fetches it with a key
public record EventFile(String name, String type, long size, String url) {}
