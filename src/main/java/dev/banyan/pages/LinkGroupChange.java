package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Changes.Field;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;

/// The fields of a group of links that can be changed, and their rules.
public final class LinkGroupChange {

    public static final Field<LinkGroup, String> TITLE = new Field<>();
    /// Its new place on the page; a new group without one goes to the end.
    public static final Field<LinkGroup, Integer> POSITION = new Field<>();
    public static final Field<LinkGroup, Boolean> ACTIVE = new Field<>();
    public static final Field<LinkGroup, String> LAYOUT = new Field<>();
    public static final Field<LinkGroup, Boolean> COLLAPSED = new Field<>();

    private static final Text TITLE_RULE = Text.line("title", "Title", 100);

    private LinkGroupChange() {}

    /// Returns the rules that a change breaks.
    public static List<Invalid> broken(Changes<LinkGroup> wanted) {
        List<Invalid> invalid = new ArrayList<>();
        wanted.get(TITLE).flatMap(TITLE_RULE::broken).ifPresent(invalid::add);
        wanted.get(POSITION).flatMap(LinkChange::brokenPosition).ifPresent(invalid::add);
        wanted.get(LAYOUT)
                .filter(key -> GroupLayout.parse(key).isEmpty())
                .ifPresent(_ -> invalid.add(new Invalid("layout", "layout must be one of stack, grid, carousel")));
        return List.copyOf(invalid);
    }

    /// Applies a valid change to a group.
    public static LinkGroup over(LinkGroup group, Changes<LinkGroup> wanted) {
        return new LinkGroup(
                group.id(),
                group.page(),
                wanted.get(TITLE).map(Text::clean).orElse(group.title()),
                wanted.over(POSITION, group.position()),
                wanted.over(ACTIVE, group.active()),
                wanted.get(LAYOUT).flatMap(GroupLayout::parse).orElse(group.layout()),
                wanted.over(COLLAPSED, group.collapsed()));
    }
}
