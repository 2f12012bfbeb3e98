package dev.banyan.whatsapp.configfile;

/// One thing that stands in the way.
///
/// @param line of the file, counted from 1
public record ConfigConflict(int line, String text) {}
