package dev.banyan.workspaces.assistant;

/// What a language model did for a workspace on one day, in UTC.
///
/// @param day such as `2026-11-20`
/// @param inputTokens what it read, history and instructions with it
/// @param estimated answers whose tokens its server did not tell: four characters are taken for one
record AssistantUsage(String day, long answers, long failures, long inputTokens, long outputTokens, long estimated) {}
