package dev.banyan.pages.editor;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkFlags;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkSchedule;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.Links.OnPage;
import dev.banyan.pages.PageOrder;
import dev.banyan.pages.editor.PageEditorPage.GroupRow;
import dev.banyan.pages.editor.PageEditorPage.LinkEdit;
import dev.banyan.pages.editor.PageEditorPage.LinkRow;
import dev.banyan.pages.editor.PageEditorPage.Part;
import dev.banyan.pages.editor.PageEditorPage.Row;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.TimeZones;
import dev.banyan.platform.web.page.Words;
import dev.banyan.themes.Picture;

/// Builds the list of links and groups in display order, and the form of one link.
final class PageEditorRows {

    private static final List<Choice> LAYOUTS = List.of(
            new Choice("classic", "Classic"),
            new Choice("featured", "Featured"),
            new Choice("thumbnail-left", "Picture on the left"),
            new Choice("thumbnail-right", "Picture on the right"));

    private static final List<Choice> ANIMATIONS = List.of(
            new Choice("none", "None"),
            new Choice("shake", "Shake"),
            new Choice("pulse", "Pulse"),
            new Choice("bounce", "Bounce"),
            new Choice("glow", "Glow"));

    private PageEditorRows() {}

    static List<Row> of(OnPage found) {
        List<PageOrder.Entry> entries =
                PageOrder.of(found.links(), found.groups()).entries();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            boolean first = i == 0;
            boolean last = i == entries.size() - 1;
            switch (entries.get(i)) {
                case PageOrder.Entry.One(Link link) -> rows.add(row(found, link, "", first, last));
                case PageOrder.Entry.Many(LinkGroup group, List<Link> links) -> {
                    rows.add(row(found, group, links.size(), first, last));
                    for (int k = 0; k < links.size(); k++) {
                        rows.add(row(found, links.get(k), group.id(), k == 0, k == links.size() - 1));
                    }
                }
            }
        }
        return List.copyOf(rows);
    }

    private static Row row(OnPage found, Link link, String group, boolean first, boolean last) {
        return new Row(
                Optional.of(new LinkRow(
                        link.id().toString(),
                        link.kind().key(),
                        link.name(),
                        link.url(),
                        link.active(),
                        link.clicks(),
                        found.flagged().links().contains(link.id()),
                        !LinkFlags.beyond(link, found.tier()).isEmpty(),
                        link.schedule().map(PageEditorRows::words).orElse(""),
                        link.lock().map(PageEditorRows::words).orElse(""),
                        group,
                        first,
                        last)),
                Optional.empty());
    }

    private static Row row(OnPage found, LinkGroup group, int links, boolean first, boolean last) {
        return new Row(
                Optional.empty(),
                Optional.of(new GroupRow(
                        group.id(),
                        group.title(),
                        label(group.layout().key()),
                        group.collapsed(),
                        group.active(),
                        links,
                        found.flagged().groups().contains(group.id()),
                        first,
                        last)));
    }

    private static String label(String key) {
        return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    /// Returns a text such as `From 2027-01-01 00:00, Asia/Dubai`.
    private static String words(LinkSchedule schedule) {
        String start = local(schedule.start(), schedule.zone(), schedule.startsAt());
        String end = local(schedule.end(), schedule.zone(), schedule.endsAt());
        String from = start.isEmpty() ? "" : "From " + start + (end.isEmpty() ? "" : " until ");
        return (from.isEmpty() && !end.isEmpty() ? "Until " : from) + end + ", " + schedule.zone();
    }

    private static String local(String typed, String zone, Optional<Instant> at) {
        return LinkSchedule.forForm(typed, zone, at).replace('T', ' ');
    }

    private static String words(LinkLock lock) {
        return switch (lock.type()) {
            case CODE -> "Code";
            case AGE -> "Age";
            case SENSITIVE -> "Sensitive";
        };
    }

    /// @param zone of a new schedule
    static LinkEdit edit(AccountContext context, OnPage found, Link link, EditorForms.EditedLink edited, ZoneId zone) {
        Map<String, String> stored = values(link, link.lock().map(lock -> lock.shownTo(context)), zone);
        Map<String, String> values =
                edited.typed().map(fields -> fields.over(stored)).orElse(stored);
        return new LinkEdit(
                link.id().toString(),
                link.kind().key(),
                values,
                link.decoration().thumbnailImage().map(Picture::pathOf),
                edited.errors(),
                part(found, Feature.CUSTOM_LAYOUTS),
                part(found, Feature.LINK_ANIMATIONS),
                part(found, Feature.LINK_SCHEDULING),
                part(found, Feature.LINK_LOCKING),
                LAYOUTS,
                ANIMATIONS,
                found.groups().stream()
                        .map(group -> new Choice(group.id(), group.title()))
                        .toList(),
                TimeZones.with(values.getOrDefault("timezone", "")));
    }

    private static Part part(OnPage found, Feature feature) {
        return new Part(found.tier().has(feature), Tier.first(feature).label());
    }

    private static Map<String, String> values(Link link, Optional<LinkLock> shown, ZoneId zone) {
        LinkStyle decoration = link.decoration();
        Optional<LinkSchedule> schedule = link.schedule();
        var values = new HashMap<String, String>();
        values.put("title", link.title());
        values.put("url", link.url());
        values.put("text", link.text());
        values.put("icon", decoration.icon());
        values.put("thumbnail", decoration.thumbnail());
        values.put(
                "thumbnailType",
                decoration.thumbnailType().map(LinkStyle.ThumbnailType::key).orElse(""));
        values.put("layout", decoration.layout().key());
        values.put("animation", decoration.animation().key());
        values.put("group", link.group().orElse(""));
        values.put(
                "startDate",
                schedule.map(one -> LinkSchedule.forForm(one.start(), one.zone(), one.startsAt()))
                        .orElse(""));
        values.put(
                "endDate",
                schedule.map(one -> LinkSchedule.forForm(one.end(), one.zone(), one.endsAt()))
                        .orElse(""));
        values.put("timezone", schedule.map(LinkSchedule::zone).orElseGet(() -> Words.nameOf(zone)));
        values.put("lockType", shown.map(lock -> lock.type().key()).orElse(""));
        values.put("lockCode", shown.map(LinkLock::code).orElse(""));
        values.put("lockMessage", shown.map(LinkLock::message).orElse(""));
        return values;
    }
}
