package dev.banyan.platform.mail;

import module java.base;

/// One mail as plain text.
///
/// @param workspace that it comes from, which decides its way and its look
record Mail(UUID id, String recipient, String subject, String body, int attempts, Optional<String> workspace) {}
