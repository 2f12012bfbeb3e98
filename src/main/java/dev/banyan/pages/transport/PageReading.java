package dev.banyan.pages.transport;

import module java.base;
import com.fasterxml.jackson.databind.JsonNode;
import dev.banyan.pages.GroupLayout;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkChange;
import dev.banyan.pages.LinkChange.LockChange;
import dev.banyan.pages.LinkChange.ScheduleChange;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkGroupChange;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.PageId;
import dev.banyan.pages.Pages;
import dev.banyan.pages.Slugs;
import dev.banyan.pages.SocialIcon;
import dev.banyan.pages.looks.IconBatch;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Text;
import dev.banyan.platform.Zones;
import dev.banyan.platform.files.UnusableArchive;

/// Reads pages of an archive by the rules for what people type.
final class PageReading {

    private static final int LONGEST_ID = 64;
    private static final long MOST_CLICKS = 1_000_000_000_000L;
    private static final int LAST_POSITION = 1_000_000;
    private static final int MOST_LINKS = 10_000;
    /// Stands for the page and for the link, which get their ids when they are written.
    private static final UUID NONE = new UUID(0, 0);

    /// A link with its id and its picture in the archive.
    record ReadLink(String id, Link link, Optional<String> picture) {}

    record ReadGroup(String id, LinkGroup group) {}

    record ReadButton(String pool, String label, String greeting, long clicks) {}

    /// @param look in its stored form, as in the archive
    record ReadPage(
            String id,
            String slug,
            String name,
            boolean isDefault,
            boolean published,
            int position,
            Optional<ZoneId> zone,
            List<ReadGroup> groups,
            List<ReadLink> links,
            Optional<String> look,
            Optional<ReadButton> button) {}

    private PageReading() {}

    static ReadPage page(JsonNode page) throws UnusableArchive {
        String slug = page.path("slug").asText("");
        String name = page.path("name").asText("");
        check("page “" + shown(slug) + "”", Slugs.broken(slug));
        check("page “" + slug + "”", Pages.NAME.broken(name));
        var groups = new ArrayList<ReadGroup>();
        for (JsonNode group : page.path("groups")) {
            groups.add(group(group));
        }
        var links = new ArrayList<ReadLink>();
        for (JsonNode link : page.path("links")) {
            links.add(link(link));
        }
        if (links.size() > MOST_LINKS || groups.size() > MOST_LINKS) {
            throw new UnusableArchive("The page “" + slug + "” has more than 10,000 links");
        }
        unique(links.stream().map(ReadLink::id).toList());
        unique(groups.stream().map(ReadGroup::id).toList());
        JsonNode look = page.path("appearance");
        JsonNode button = page.path("messageButton");
        return new ReadPage(
                id(page.path("id")),
                slug,
                Text.clean(name),
                page.path("isDefault").asBoolean(false),
                page.path("published").asBoolean(true),
                position(page.path("position")),
                Zones.of(page.path("timeZone").asText("")),
                List.copyOf(groups),
                List.copyOf(links),
                look.isObject() ? Optional.of(look.toString()) : Optional.empty(),
                button.isObject()
                        ? Optional.of(new ReadButton(
                                button.path("pool").asText(""),
                                button.path("label").asText(""),
                                button.path("greeting").asText(""),
                                clicks(button.path("clicks"))))
                        : Optional.empty());
    }

    private static ReadGroup group(JsonNode group) throws UnusableArchive {
        Changes<LinkGroup> wanted = Changes.<LinkGroup>none()
                .with(LinkGroupChange.TITLE, group.path("title").asText(""))
                .with(LinkGroupChange.POSITION, position(group.path("position")))
                .with(LinkGroupChange.ACTIVE, group.path("active").asBoolean(true))
                .with(LinkGroupChange.LAYOUT, group.path("layout").asText("stack"))
                .with(LinkGroupChange.COLLAPSED, group.path("collapsed").asBoolean(false));
        check("group “" + shown(group.path("title").asText("")) + "”", LinkGroupChange.broken(wanted));
        var blank = new LinkGroup(NONE.toString(), new PageId(NONE), "", 0, true, GroupLayout.STACK, false);
        return new ReadGroup(id(group.path("id")), LinkGroupChange.over(blank, wanted));
    }

    private static ReadLink link(JsonNode link) throws UnusableArchive {
        Optional<String> group =
                link.path("group").isTextual() ? Optional.of(id(link.path("group"))) : Optional.empty();
        Changes<Link> wanted = Changes.<Link>none()
                .with(LinkChange.KIND, link.path("kind").asText("link"))
                .with(LinkChange.TITLE, link.path("title").asText(""))
                .with(LinkChange.URL, link.path("url").asText(""))
                .with(LinkChange.TEXT, link.path("text").asText(""))
                .with(LinkChange.POSITION, position(link.path("position")))
                .with(LinkChange.ACTIVE, link.path("active").asBoolean(true))
                .with(LinkChange.GROUP, group)
                .with(LinkChange.ICON, link.path("icon").asText(""))
                .with(LinkChange.THUMBNAIL, link.path("thumbnail").asText(""))
                .with(LinkChange.THUMBNAIL_TYPE, link.path("thumbnailType").asText(""))
                .with(LinkChange.LAYOUT, link.path("layout").asText("classic"))
                .with(LinkChange.ANIMATION, link.path("animation").asText("none"))
                .with(LinkChange.SCHEDULE, schedule(link.path("schedule")))
                .with(LinkChange.LOCK, lock(link.path("lock")));
        Link blank = Link.plain(new LinkId(NONE), new PageId(NONE), "", "", 0, true, clicks(link.path("clicks")));
        check("link “" + shown(link.path("title").asText("")) + "”", LinkChange.broken(blank, wanted, true));
        return new ReadLink(
                id(link.path("id")),
                LinkChange.over(blank, wanted),
                link.path("thumbnailImage").isTextual()
                        ? Optional.of(id(link.path("thumbnailImage")))
                        : Optional.empty());
    }

    private static Optional<ScheduleChange> schedule(JsonNode schedule) {
        return schedule.isObject()
                ? Optional.of(new ScheduleChange(
                        schedule.path("start").asText(""),
                        schedule.path("end").asText(""),
                        schedule.path("zone").asText("")))
                : Optional.empty();
    }

    private static Optional<LockChange> lock(JsonNode lock) {
        return lock.isObject()
                ? Optional.of(new LockChange(
                        lock.path("type").asText(""),
                        lock.path("code").asText(""),
                        lock.path("message").asText("")))
                : Optional.empty();
    }

    /// Reads an icon; it gets its id when it is written.
    static SocialIcon icon(JsonNode icon) throws UnusableArchive {
        var read = new SocialIcon(
                "",
                icon.path("platform").asText(""),
                icon.path("url").asText(""),
                position(icon.path("position")),
                icon.path("active").asBoolean(true));
        check("social icon “" + shown(read.platform()) + "”", IconBatch.broken(read));
        return read;
    }

    static String id(JsonNode id) throws UnusableArchive {
        String text = id.asText("");
        if (text.isEmpty() || text.length() > LONGEST_ID) {
            throw new UnusableArchive("Something in it has no valid id");
        }
        return text;
    }

    private static int position(JsonNode position) {
        return Math.clamp(position.asLong(0), 0, LAST_POSITION);
    }

    private static long clicks(JsonNode clicks) {
        return Math.clamp(clicks.asLong(0), 0L, MOST_CLICKS);
    }

    private static void unique(List<String> ids) throws UnusableArchive {
        if (new HashSet<>(ids).size() < ids.size()) {
            throw new UnusableArchive("It has the same id twice");
        }
    }

    private static void check(String what, Optional<Invalid> invalid) throws UnusableArchive {
        check(what, invalid.stream().toList());
    }

    private static void check(String what, List<Invalid> invalid) throws UnusableArchive {
        if (!invalid.isEmpty()) {
            throw new UnusableArchive(
                    "The " + what + " breaks a rule: " + invalid.getFirst().apiMessage());
        }
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
