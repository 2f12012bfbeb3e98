package dev.banyan.platform.web.answer;

/// The answer to an act that has nothing to show.
public record DoneMessage(String message) {}
