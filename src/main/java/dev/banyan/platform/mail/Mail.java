package dev.banyan.platform.mail;

import java.util.UUID;

/// One mail as plain text.
record Mail(UUID id, String recipient, String subject, String body, int attempts) {}
