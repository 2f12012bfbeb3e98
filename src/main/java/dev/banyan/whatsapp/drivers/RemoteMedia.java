package dev.banyan.whatsapp.drivers;

/// A file that a gateway keeps for a while.
///
/// @param id what to ask for, in the words of the gateway; may be a whole JSON object
/// @param url where it can be fetched; empty if it must be asked for
/// @param name the file's name; may be empty
/// @param type the media type that the gateway claims; may be empty
public record RemoteMedia(String id, String url, String name, String type) {}
