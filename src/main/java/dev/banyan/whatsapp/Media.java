package dev.banyan.whatsapp;

/// A file that a message carries.
///
/// @param name as people see it
/// @param type such as `image/png`, told by its content
/// @param path below `files/` in the data folder
public record Media(String name, String type, String path) {}
