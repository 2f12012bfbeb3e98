package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.PlanFlags.Flagged;

/// The links of a page that visitors see at one moment, according to the plan, and until when this is valid.
///
/// @param links in order, without those of hidden groups
/// @param groups in order, those with at least one link
/// @param until when the next scheduled link appears or disappears
record VisibleLinks(List<Link> links, List<LinkGroup> groups, Optional<Instant> until) {

    /// The entries of the page.
    sealed interface Part {

        record Single(Link link) implements Part {}

        record Grouped(LinkGroup group, List<Link> links) implements Part {}
    }

    /// Determines the visible links. Links of a group beyond the plan are shown on the page itself if they are within
    /// the limit of links.
    ///
    /// @param links all links of the page, in order
    /// @param groups all groups of the page, in order
    static VisibleLinks at(Instant now, List<Link> links, List<LinkGroup> groups, Flagged flagged, Tier tier) {
        List<LinkGroup> shown = groups.stream()
                .filter(group -> group.active() && !flagged.groups().contains(group.id()))
                .toList();
        Set<String> hidden = groups.stream()
                .filter(group -> !group.active())
                .map(LinkGroup::id)
                .collect(Collectors.toSet());
        Set<String> open = shown.stream().map(LinkGroup::id).collect(Collectors.toSet());
        List<Link> candidates = links.stream()
                .filter(link -> link.active() && !flagged.links().contains(link.id()))
                .filter(link -> link.group().filter(hidden::contains).isEmpty())
                .map(link -> inPlan(link, tier, link.group().filter(open::contains)))
                .toList();
        Optional<Instant> until = candidates.stream()
                .flatMap(link -> link.schedule().stream())
                .flatMap(schedule -> Stream.concat(schedule.startsAt().stream(), schedule.endsAt().stream()))
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
        List<Link> seen = candidates.stream()
                .filter(link ->
                        link.schedule().map(schedule -> schedule.isOpen(now)).orElse(true))
                .toList();
        return new VisibleLinks(
                seen,
                shown.stream()
                        .filter(group ->
                                seen.stream().anyMatch(link -> link.group().equals(Optional.of(group.id()))))
                        .toList(),
                until);
    }

    /// Returns a link with only the features of its tier; the others are kept but not shown (LinkToMe contract 4.1). A
    /// lock stays in force, because an expired plan must not reveal what its owner protects.
    private static Link inPlan(Link link, Tier tier, Optional<String> group) {
        LinkStyle given = link.decoration();
        return new Link(
                link.id(),
                link.page(),
                link.title(),
                link.url(),
                link.position(),
                link.active(),
                link.clicks(),
                group,
                new LinkStyle(
                        given.icon(),
                        given.thumbnail(),
                        given.thumbnailType(),
                        given.thumbnailImage(),
                        tier.has(Feature.CUSTOM_LAYOUTS) ? given.layout() : LinkStyle.Layout.CLASSIC,
                        tier.has(Feature.LINK_ANIMATIONS) ? given.animation() : LinkStyle.Animation.NONE),
                link.schedule().filter(_ -> tier.has(Feature.LINK_SCHEDULING)),
                link.lock(),
                link.kind(),
                link.text());
    }

    /// Returns whether the display of a link depends on its owner's tier.
    static boolean dependsOnTier(Link link) {
        return link.schedule().isPresent()
                || link.decoration().layout() != LinkStyle.Layout.CLASSIC
                || link.decoration().animation() != LinkStyle.Animation.NONE;
    }

    /// Returns single links and groups in one order; at equal positions a link comes before a group.
    List<Part> parts() {
        record Placed(int position, Part part) {}
        var placed = new ArrayList<Placed>();
        links.stream()
                .filter(link -> link.group().isEmpty())
                .forEach(link -> placed.add(new Placed(link.position(), new Part.Single(link))));
        groups.forEach(group -> placed.add(new Placed(
                group.position(),
                new Part.Grouped(
                        group,
                        links.stream()
                                .filter(link -> link.group().equals(Optional.of(group.id())))
                                .toList()))));
        placed.sort(Comparator.comparingInt(Placed::position)); // stable: links were added first
        return placed.stream().map(Placed::part).toList();
    }
}
