package dev.banyan.whatsapp.configfile;

/// A problem that prevents the import.
///
/// @param line of the file, counted from 1
public record ConfigConflict(int line, String text) {}
