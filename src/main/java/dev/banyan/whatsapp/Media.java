package dev.banyan.whatsapp;

/// A file attached to a message.
///
/// @param name the name shown to people
/// @param type such as `image/png`, detected from the content
/// @param path below `files/` in the data folder
public record Media(String name, String type, String path) {}
