package dev.banyan.platform.cluster;

import module java.base;

/// The answer to a question.
///
/// @param failed whether `body` says what went wrong
record Answered(UUID to, UUID id, boolean failed, String body) implements News {}
