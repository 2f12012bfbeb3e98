package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.platform.web.page.Choice;

/// What the list of workspaces sends for an act on many: those that are ticked, or all that its search and filter show.
public record WorkspacePicks(List<String> ids, boolean all, String search, String state, String sort) {

    public WorkspacePicks {
        ids = List.copyOf(ids);
    }

    /// @param all `true` for all that match
    public static WorkspacePicks of(List<String> ids, String all, String search, String state, String sort) {
        return new WorkspacePicks(all.equals("true") ? List.of() : ids, all.equals("true"), search, state, sort);
    }

    /// Returns the fields that a form needs to send the same: names as values, contents as labels.
    public List<Choice> fields() {
        return Stream.concat(
                        Stream.of(
                                        new Choice("all", all ? "true" : ""),
                                        new Choice("q", search),
                                        new Choice("state", state),
                                        new Choice("sort", sort))
                                .filter(field -> !field.label().isEmpty()),
                        ids.stream().map(id -> new Choice("workspace", id)))
                .toList();
    }
}
