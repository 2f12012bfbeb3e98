package dev.banyan.pages.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.GroupLayout;
import dev.banyan.pages.Link;
import dev.banyan.pages.LinkGroup;
import dev.banyan.pages.LinkId;
import dev.banyan.pages.LinkKind;
import dev.banyan.pages.LinkLock;
import dev.banyan.pages.LinkSchedule;
import dev.banyan.pages.LinkStyle;
import dev.banyan.pages.LinkStyle.Animation;
import dev.banyan.pages.LinkStyle.Layout;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.Uuids;
import org.junit.jupiter.api.Test;

/// The links that visitors see at a given time, and until when.
class VisibleLinksTest {

    private static final Uuids UUIDS = new Uuids(Clock.systemUTC());
    private static final PageId PAGE = new PageId(UUIDS.next());
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static Link link(String title, int position) {
        return Link.plain(new LinkId(UUIDS.next()), PAGE, title, "https://" + title + ".example/", position, true, 0);
    }

    private static Link from(Link link, Optional<String> group, Optional<LinkSchedule> schedule) {
        return new Link(
                link.id(),
                PAGE,
                link.title(),
                link.url(),
                link.position(),
                link.active(),
                0,
                group,
                new LinkStyle("", "", Optional.empty(), Optional.empty(), Layout.FEATURED, Animation.GLOW),
                schedule,
                Optional.of(new LinkLock(LinkLock.Type.CODE, "sesame", "")),
                LinkKind.LINK,
                "");
    }

    private static Optional<LinkSchedule> between(String start, String end, String zone) {
        ZoneId at = ZoneId.of(zone);
        return Optional.of(new LinkSchedule(
                start,
                end,
                zone,
                Optional.of(start)
                        .filter(text -> !text.isEmpty())
                        .map(text -> LocalDateTime.parse(text).atZone(at).toInstant()),
                Optional.of(end)
                        .filter(text -> !text.isEmpty())
                        .map(text -> LocalDateTime.parse(text).atZone(at).toInstant())));
    }

    private static LinkGroup group(String id, int position) {
        return new LinkGroup(id, PAGE, id, position, true, GroupLayout.STACK, false);
    }

    private static VisibleLinks at(Instant now, List<Link> links, List<LinkGroup> groups, Tier tier) {
        return VisibleLinks.at(now, links, groups, Flagged.NOTHING, tier);
    }

    private static List<String> titles(VisibleLinks seen) {
        return seen.links().stream().map(Link::title).toList();
    }

    @Test
    void midnightIsThatOfItsZone() {
        Link launch = from(link("launch", 0), Optional.empty(), between("2027-01-01T00:00", "", "Asia/Dubai"));
        Instant midnight = Instant.parse("2026-12-31T20:00:00Z");

        assertThat(titles(at(midnight.minusMillis(1), List.of(launch), List.of(), Tier.PRO)))
                .isEmpty();
        assertThat(at(midnight.minusMillis(1), List.of(launch), List.of(), Tier.PRO)
                        .until())
                .contains(midnight);
        assertThat(titles(at(midnight, List.of(launch), List.of(), Tier.PRO))).containsExactly("launch");
        assertThat(at(midnight, List.of(launch), List.of(), Tier.PRO).until()).isEmpty();
    }

    @Test
    void theNextChangeIsTheEarliestThatIsStillToCome() {
        Link over = from(link("over", 0), Optional.empty(), between("", "2026-11-20T11:00", "UTC"));
        Link open = from(link("open", 1), Optional.empty(), between("2026-11-20T09:00", "2026-11-20T18:00", "UTC"));
        Link later = from(link("later", 2), Optional.empty(), between("2026-11-20T15:00", "", "UTC"));
        Link ends = from(link("ends", 3), Optional.empty(), between("", "2026-11-20T12:00", "UTC"));

        VisibleLinks seen = at(NOON, List.of(over, open, later, ends), List.of(), Tier.PRO);

        assertThat(titles(seen)).containsExactly("open");
        assertThat(seen.until()).contains(Instant.parse("2026-11-20T15:00:00Z"));
    }

    @Test
    void whatTheTierDoesNotHaveIsNotThereButForLocks() {
        Link link = from(link("locked", 0), Optional.empty(), between("2027-01-01T00:00", "", "UTC"));
        assertThat(VisibleLinks.dependsOnTier(link)).isTrue();
        assertThat(VisibleLinks.dependsOnTier(link("plain", 0))).isFalse();

        Link shown = at(NOON, List.of(link), List.of(), Tier.FREE).links().getFirst();

        assertThat(shown.lock()).isEqualTo(link.lock()).isPresent();
        assertThat(shown.schedule()).isEmpty();
        assertThat(shown.decoration().layout()).isEqualTo(Layout.CLASSIC);
        assertThat(shown.decoration().animation()).isEqualTo(Animation.NONE);
    }

    @Test
    void linksAndGroupsStandInOneOrder() {
        LinkGroup first = group("first", 1);
        LinkGroup empty = group("empty", 0);
        Link inside = from(link("inside", 9), Optional.of("first"), Optional.empty());
        Link hidden = from(link("hidden", 0), Optional.of("hidden-group"), Optional.empty());
        Link top = link("top", 0);
        Link beside = link("beside", 1);
        Link bottom = link("bottom", 2);

        var off = new LinkGroup("hidden-group", PAGE, "off", 0, false, GroupLayout.STACK, false);

        VisibleLinks seen =
                at(NOON, List.of(top, hidden, beside, bottom, inside), List.of(empty, off, first), Tier.PRO);

        assertThat(titles(seen)).containsExactly("top", "beside", "bottom", "inside");
        assertThat(seen.groups()).containsExactly(first);
        assertThat(seen.parts().stream().map(part -> switch (part) {
                    case VisibleLinks.Part.Single(Link link) -> link.title();
                    case VisibleLinks.Part.Grouped(LinkGroup group, List<Link> links) -> group.title() + links.size();
                }))
                .containsExactly("top", "beside", "first1", "bottom");
    }

    @Test
    void whatThePlanHasNoRoomForIsNotShown() {
        Link kept = link("kept", 0);
        Link excess = link("excess", 1);
        assertThat(titles(VisibleLinks.at(
                        NOON,
                        List.of(kept, excess),
                        List.of(),
                        new Flagged(Set.of(), Set.of(excess.id()), Set.of()),
                        Tier.FREE)))
                .containsExactly("kept");
    }

    @Test
    void linksOfAGroupBeyondThePlanStandOnThePageItself() {
        Link inside = from(link("inside", 0), Optional.of("excess"), Optional.empty());
        VisibleLinks seen = VisibleLinks.at(
                NOON,
                List.of(inside),
                List.of(group("excess", 0)),
                new Flagged(Set.of(), Set.of(), Set.of("excess")),
                Tier.FREE);
        assertThat(seen.groups()).isEmpty();
        assertThat(seen.parts()).hasSize(1).allMatch(VisibleLinks.Part.Single.class::isInstance);
    }
}
