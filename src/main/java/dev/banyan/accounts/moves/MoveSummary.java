package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.web.page.Words;

/// A plan of a move as a page shows it.
///
/// @param contents such as “12 links”, without what there is none of
public record MoveSummary(
        String to,
        List<String> contents,
        List<String> flagged,
        List<String> stays,
        List<String> ends,
        List<String> review,
        List<String> obstacles) {

    private static final Map<String, List<String>> WORDS = Map.of(
            "pages", List.of("page", "pages"),
            "links", List.of("link", "links"),
            "shortLinks", List.of("short link", "short links"),
            "projects", List.of("project", "projects"),
            "workspaces", List.of("workspace", "workspaces"),
            "domains", List.of("domain", "domains"),
            "numbers", List.of("number", "numbers"));

    static MoveSummary of(MovePlan plan) {
        return new MoveSummary(
                plan.to(),
                plan.moves().entrySet().stream()
                        .filter(entry -> entry.getValue() > 0)
                        .map(entry -> counted(entry.getKey(), entry.getValue()))
                        .toList(),
                plan.flagged(),
                plan.stays(),
                plan.ends(),
                plan.review(),
                plan.obstacles());
    }

    private static String counted(String kind, long count) {
        List<String> words = WORDS.getOrDefault(kind, List.of(kind, kind));
        return Words.count(count, words.getFirst(), words.getLast());
    }

    public boolean isPossible() {
        return obstacles.isEmpty();
    }
}
