package dev.banyan.pages;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Zones;

/// A deleted item with everything that belongs to it, in its stored form; templates of brands keep pages likewise.
/// Fields may be added; older documents lack them.
///
/// @param pageId the page of the item, or the page itself
/// @param look the page's appearance
public record DeletedDocument(
        String pageId,
        Optional<OfPage> page,
        List<OfGroup> groups,
        List<OfLink> links,
        Optional<String> look,
        Optional<OfButton> button) {

    private static final int LONGEST_NAME = 100;

    /// @param zone its name; missing for the account's
    public record OfPage(
            String slug, String name, boolean published, int position, long createdAt, Optional<String> zone) {

        public Optional<ZoneId> timeZone() {
            return zone.flatMap(Zones::of);
        }
    }

    /// @param links the links of the group
    public record OfGroup(
            String id,
            String title,
            int position,
            boolean active,
            String layout,
            boolean collapsed,
            List<String> links) {

        static OfGroup of(LinkGroup group, List<LinkId> links) {
            return new OfGroup(
                    group.id(),
                    group.title(),
                    group.position(),
                    group.active(),
                    group.layout().key(),
                    group.collapsed(),
                    links.stream().map(LinkId::toString).toList());
        }

        public LinkGroup on(PageId page) {
            return new LinkGroup(
                    id, page, title, position, active, GroupLayout.parse(layout).orElse(GroupLayout.STACK), collapsed);
        }
    }

    public record OfLink(
            String id,
            String title,
            String url,
            int position,
            boolean active,
            long clicks,
            Optional<String> group,
            String icon,
            String thumbnail,
            String thumbnailType,
            Optional<String> thumbnailImage,
            String layout,
            String animation,
            Optional<OfSchedule> schedule,
            Optional<OfLock> lock,
            Optional<String> kind,
            Optional<String> text) {

        static OfLink of(Link link) {
            LinkStyle decoration = link.decoration();
            return new OfLink(
                    link.id().toString(),
                    link.title(),
                    link.url(),
                    link.position(),
                    link.active(),
                    link.clicks(),
                    link.group(),
                    decoration.icon(),
                    decoration.thumbnail(),
                    decoration.thumbnailType().map(LinkStyle.ThumbnailType::key).orElse(""),
                    decoration.thumbnailImage(),
                    decoration.layout().key(),
                    decoration.animation().key(),
                    link.schedule().map(OfSchedule::of),
                    link.lock().map(OfLock::of),
                    Optional.of(link.kind().key()).filter(_ -> link.kind() != LinkKind.LINK),
                    Optional.of(link.text()).filter(words -> !words.isEmpty()));
        }

        public Link on(PageId page) {
            return new Link(
                    LinkId.of(id),
                    page,
                    title,
                    url,
                    position,
                    active,
                    clicks,
                    group,
                    new LinkStyle(
                            icon,
                            thumbnail,
                            LinkStyle.ThumbnailType.parse(thumbnailType),
                            thumbnailImage,
                            LinkStyle.Layout.parse(layout).orElse(LinkStyle.Layout.CLASSIC),
                            LinkStyle.Animation.parse(animation).orElse(LinkStyle.Animation.NONE)),
                    schedule.map(OfSchedule::back),
                    lock.flatMap(OfLock::back),
                    kind.flatMap(LinkKind::parse).orElse(LinkKind.LINK),
                    text.orElse(""));
        }
    }

    public record OfSchedule(String start, String end, String zone, Optional<Long> startsAt, Optional<Long> endsAt) {

        static OfSchedule of(LinkSchedule schedule) {
            return new OfSchedule(
                    schedule.start(),
                    schedule.end(),
                    schedule.zone(),
                    schedule.startsAt().map(Instant::toEpochMilli),
                    schedule.endsAt().map(Instant::toEpochMilli));
        }

        LinkSchedule back() {
            return new LinkSchedule(
                    start, end, zone, startsAt.map(Instant::ofEpochMilli), endsAt.map(Instant::ofEpochMilli));
        }
    }

    public record OfLock(String type, String code, String message) {

        static OfLock of(LinkLock lock) {
            return new OfLock(lock.type().key(), lock.code(), lock.message());
        }

        Optional<LinkLock> back() {
            return LinkLock.Type.parse(type).map(known -> new LinkLock(known, code, message));
        }
    }

    public record OfButton(String pool, String label, String greeting) {}

    /// Returns the links and groups deleted by a batch on a page that stays.
    static DeletedDocument ofBatch(Page page, LinkBatch batch) {
        return new DeletedDocument(
                page.id().toString(),
                Optional.empty(),
                batch.groups().removed().stream()
                        .map(group -> OfGroup.of(group, batch.stoodIn(group)))
                        .toList(),
                batch.links().removed().stream().map(OfLink::of).toList(),
                Optional.empty(),
                Optional.empty());
    }

    public static DeletedDocument ofPage(
            Page page,
            List<LinkGroup> groups,
            List<Link> links,
            Optional<String> look,
            Optional<MessageButton> button) {
        return new DeletedDocument(
                page.id().toString(),
                Optional.of(new OfPage(
                        page.slug(),
                        page.name(),
                        page.published(),
                        page.position(),
                        page.createdAt().toEpochMilli(),
                        page.zone().map(ZoneId::getId))),
                groups.stream().map(group -> OfGroup.of(group, List.of())).toList(),
                links.stream().map(OfLink::of).toList(),
                look,
                button.map(one -> new OfButton(one.pool().value(), one.label(), one.greeting())));
    }

    /// Returns `page`, `group` or `link`: the largest kind that it contains.
    String kind() {
        return page.isPresent() ? "page" : groups.isEmpty() ? "link" : "group";
    }

    /// Returns a recognizable name, at most 100 characters.
    String name() {
        String first = page.map(OfPage::name)
                .or(() -> groups.stream().findFirst().map(OfGroup::title))
                .orElseGet(() -> links.getFirst().title());
        long more = page.isPresent() ? 0 : groups.size() + links.size() - 1L;
        String rest = more == 0 ? "" : " and " + more + " more";
        int room = LONGEST_NAME - rest.length();
        return first.codePointCount(0, first.length()) <= room
                ? first + rest
                : first.substring(0, first.offsetByCodePoints(0, room)) + rest;
    }

    Page page(Owner owner, OfPage kept, boolean isDefault, Instant now) {
        return new Page(
                PageId.of(pageId),
                owner,
                kept.slug(),
                kept.name(),
                isDefault,
                kept.published(),
                kept.position(),
                links.size(),
                Instant.ofEpochMilli(kept.createdAt()),
                now,
                kept.timeZone());
    }
}
