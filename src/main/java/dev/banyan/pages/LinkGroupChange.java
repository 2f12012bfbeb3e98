package dev.banyan.pages;

import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A new group of links, or the changes of one; empty fields stay unchanged.
///
/// @param position its new place on the page; for a new group empty means the end
public record LinkGroupChange(
        Optional<String> title,
        Optional<Integer> position,
        Optional<Boolean> active,
        Optional<String> layout,
        Optional<Boolean> collapsed) {

    private static final Text TITLE = Text.line("title", "Title", 100);

    public static LinkGroupChange active(boolean active) {
        return new LinkGroupChange(
                Optional.empty(), Optional.empty(), Optional.of(active), Optional.empty(), Optional.empty());
    }

    LinkGroupChange asCreation() {
        return new LinkGroupChange(title.or(() -> Optional.of("")), position, active, layout, collapsed);
    }

    List<Invalid> broken() {
        List<Invalid> invalid = new ArrayList<>();
        title.flatMap(TITLE::broken).ifPresent(invalid::add);
        position.flatMap(LinkChange::brokenPosition).ifPresent(invalid::add);
        layout.filter(key -> GroupLayout.parse(key).isEmpty())
                .ifPresent(_ -> invalid.add(new Invalid("layout", "layout must be one of stack, grid, carousel")));
        return List.copyOf(invalid);
    }

    /// Applies this change to a group; the change must be valid.
    LinkGroup applyTo(LinkGroup group) {
        return new LinkGroup(
                group.id(),
                group.page(),
                title.map(String::strip).orElse(group.title()),
                position.orElse(group.position()),
                active.orElse(group.active()),
                layout.flatMap(GroupLayout::parse).orElse(group.layout()),
                collapsed.orElse(group.collapsed()));
    }
}
