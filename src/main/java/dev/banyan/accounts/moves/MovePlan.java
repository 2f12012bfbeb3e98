package dev.banyan.accounts.moves;

import module java.base;

/// What a move would do, looked up without changing anything. All texts are whole sentences.
///
/// @param to `@username` of the agency, or the e-mail of the person
/// @param moves how much goes along, by name: `pages`, `links`, `workspaces`, `numbers`
/// @param flagged what the new plan has no room for: it is kept and flagged, as on a downgrade
/// @param stays what stays behind, and why
/// @param ends what of the former side ends: ways in, and what sends it something
/// @param review what goes on, and deserves a look
/// @param obstacles why it can't move now; empty if it can
public record MovePlan(
        String to,
        Map<String, Long> moves,
        List<String> flagged,
        List<String> stays,
        List<String> ends,
        List<String> review,
        List<String> obstacles) {

    public MovePlan {
        moves = Collections.unmodifiableMap(new LinkedHashMap<>(moves));
        flagged = List.copyOf(flagged);
        stays = List.copyOf(stays);
        ends = List.copyOf(ends);
        review = List.copyOf(review);
        obstacles = List.copyOf(obstacles);
    }

    public boolean isPossible() {
        return obstacles.isEmpty();
    }
}
