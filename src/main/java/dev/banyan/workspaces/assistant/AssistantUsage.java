package dev.banyan.workspaces.assistant;

/// What a language model did for a workspace on one day of its account.
///
/// @param day such as `2026-11-20`
/// @param inputTokens tokens it read, including history and instructions
/// @param estimated answers whose server reported no tokens: counted as one per four characters
record AssistantUsage(String day, long answers, long failures, long inputTokens, long outputTokens, long estimated) {}
