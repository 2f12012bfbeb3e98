package dev.banyan.platform.cluster;

import java.util.UUID;

/// The answer to a question.
///
/// @param failed whether `body` says what went wrong
record Answered(UUID to, UUID id, boolean failed, String body) implements News {}
