package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import module java.base;
import dev.banyan.TestClock;
import dev.banyan.accounts.Tier;
import dev.banyan.pages.LinkBatch.Refused;
import dev.banyan.pages.LinkStep.Direction;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Changes;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import org.junit.jupiter.api.Test;

class LinkBatchTest {

    private static final Uuids UUIDS = new Uuids(new TestClock());
    private static final Page PAGE = new Page(
            new PageId(UUIDS.next()),
            new Owner(AccountId.SERVER, AccountId.SERVER),
            "main",
            "Main",
            true,
            true,
            0,
            3,
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty());

    private final Link first = link("first", 0);
    private final Link second = link("second", 1);
    private final Link third = link("third", 2);
    private final LinkBatch batch = new LinkBatch(PAGE, List.of(first, second, third), List.of(), Tier.PRO, UUIDS);

    @Test
    void nothingIsDifferentWithoutSteps() {
        assertThat(batch.links().added()).isEmpty();
        assertThat(batch.links().updated()).isEmpty();
        assertThat(batch.links().removed()).isEmpty();
    }

    @Test
    void aNewLinkGoesToTheEndUnlessItSaysWhere() {
        batch.apply(new LinkStep.Add(
                LinkChange.plain(" fourth ", " https://example.com/4 ").with(LinkChange.ACTIVE, true)));
        batch.apply(new LinkStep.Add(LinkChange.plain("top", "https://example.com/top")
                .with(LinkChange.POSITION, 0)
                .with(LinkChange.ACTIVE, false)));
        batch.apply(new LinkStep.Add(
                LinkChange.plain("fifth", "https://example.com/5").with(LinkChange.ACTIVE, true)));

        assertThat(batch.links().added())
                .extracting(Link::title, Link::url, Link::position, Link::active, Link::clicks, Link::page)
                .containsExactly(
                        tuple("fourth", "https://example.com/4", 3, true, 0L, PAGE.id()),
                        tuple("top", "https://example.com/top", 0, false, 0L, PAGE.id()),
                        tuple("fifth", "https://example.com/5", 4, true, 0L, PAGE.id()));
        assertThat(batch.links().updated()).isEmpty();
    }

    @Test
    void theFirstLinkOfAPageStandsAtZero() {
        var empty = new LinkBatch(PAGE, List.of(), List.of(), Tier.PRO, UUIDS);

        empty.apply(
                new LinkStep.Add(LinkChange.plain("only", "https://example.com").with(LinkChange.ACTIVE, true)));

        assertThat(empty.links().added()).extracting(Link::position).containsExactly(0);
    }

    @Test
    void whatAnUpdateDoesNotNameStays() {
        assertThat(batch.apply(update(second, Optional.of(" new title ")))).isEmpty();

        assertThat(batch.links().updated())
                .containsExactly(Link.plain(
                        second.id(),
                        PAGE.id(),
                        "new title",
                        second.url(),
                        second.position(),
                        second.active(),
                        second.clicks()));
    }

    @Test
    void anUpdateToWhatIsThereChangesNothing() {
        batch.apply(update(second, Optional.of("second")));

        assertThat(batch.links().updated()).isEmpty();
    }

    @Test
    void stepsSeeWhatTheStepsBeforeThemDid() {
        batch.apply(update(second, Optional.of("changed")));
        batch.apply(new LinkStep.Remove(second.id().toString()));

        assertThat(batch.links().updated()).isEmpty();
        assertThat(batch.links().removed()).containsExactly(second);
        assertThat(batch.apply(update(second, Optional.of("too late"))))
                .contains(new Refused.LinkNotFound(second.id().toString()));
    }

    @Test
    void aLinkThatIsAddedAndRemovedLeavesNoTrace() {
        batch.apply(new LinkStep.Add(
                LinkChange.plain("short-lived", "https://example.com").with(LinkChange.ACTIVE, true)));
        batch.apply(new LinkStep.Remove(batch.links().added().getFirst().id().toString()));

        assertThat(batch.links().added()).isEmpty();
        assertThat(batch.links().removed()).isEmpty();
    }

    @Test
    void removingWhatIsNotThereIsNoError() {
        assertThat(batch.apply(new LinkStep.Remove(UUIDS.next().toString()))).isEmpty();
        assertThat(batch.apply(new LinkStep.Remove("no id"))).isEmpty();
        assertThat(batch.links().removed()).isEmpty();
    }

    @Test
    void anUnknownLinkIsNamed() {
        String unknown = UUIDS.next().toString();

        assertThat(batch.apply(new LinkStep.Update(unknown, LinkChange.active(true))))
                .contains(new Refused.LinkNotFound(unknown));
        assertThat(batch.apply(new LinkStep.Move("no id", Direction.UP))).contains(new Refused.LinkNotFound("no id"));
    }

    @Test
    void aLinkChangesPlacesWithItsNeighbour() {
        batch.apply(new LinkStep.Move(third.id().toString(), Direction.UP));
        assertThat(titlesNow()).containsExactly("first", "third", "second");

        batch.apply(new LinkStep.Move(first.id().toString(), Direction.DOWN));
        assertThat(titlesNow()).containsExactly("third", "first", "second");
    }

    @Test
    void aLinkAtItsEndStaysThere() {
        batch.apply(new LinkStep.Move(first.id().toString(), Direction.UP));
        batch.apply(new LinkStep.Move(third.id().toString(), Direction.DOWN));

        assertThat(titlesNow()).containsExactly("first", "second", "third");
        assertThat(batch.links().updated()).isEmpty();
    }

    @Test
    void linksThatShareAPlaceAreToldApartByAMove() {
        Link older = link("older", 5);
        Link newer = link("newer", 5);
        var shared = new LinkBatch(PAGE, List.of(older, newer), List.of(), Tier.PRO, UUIDS);

        shared.apply(new LinkStep.Move(newer.id().toString(), Direction.UP));

        assertThat(shared.links().updated())
                .extracting(Link::title, Link::position)
                .containsExactlyInAnyOrder(tuple("newer", 0), tuple("older", 1));
    }

    private static LinkGroup group(String title, int position) {
        return new LinkGroup(UUIDS.next().toString(), PAGE.id(), title, position, true, GroupLayout.STACK, false);
    }

    private static LinkStep inGroup(Link link, Optional<String> group) {
        return new LinkStep.Update(link.id().toString(), LinkChange.active(true).with(LinkChange.GROUP, group));
    }

    @Test
    void linksOfARemovedGroupStandWhereItStood() {
        LinkGroup menus = group("menus", 1);
        Link lunch = link("lunch", 0).at(0, Optional.of(menus.id()));
        Link dinner = link("dinner", 1).at(1, Optional.of(menus.id()));
        Link top = link("top", 0);
        Link bottom = link("bottom", 2);
        var grouped = new LinkBatch(PAGE, List.of(top, bottom, lunch, dinner), List.of(menus), Tier.PRO, UUIDS);

        assertThat(grouped.apply(new LinkStep.RemoveGroup(menus.id()))).isEmpty();

        assertThat(grouped.groups().removed()).containsExactly(menus);
        assertThat(grouped.stoodIn(menus)).containsExactly(lunch.id(), dinner.id());
        assertThat(grouped.links().updated())
                .containsExactlyInAnyOrder(
                        lunch.at(1, Optional.empty()), dinner.at(2, Optional.empty()), bottom.at(3, Optional.empty()));
    }

    @Test
    void aLinkGoesIntoAGroupOfThePageOnly() {
        LinkGroup menus = group("menus", 3);
        var grouped = new LinkBatch(PAGE, List.of(first), List.of(menus), Tier.PRO, UUIDS);

        assertThat(grouped.apply(inGroup(first, Optional.of("elsewhere")))).containsInstanceOf(Refused.Broken.class);
        assertThat(grouped.apply(inGroup(first, Optional.of(menus.id())))).isEmpty();
        assertThat(grouped.links().updated()).extracting(Link::group).containsExactly(Optional.of(menus.id()));
        assertThat(grouped.apply(inGroup(first, Optional.empty()))).isEmpty();
        assertThat(grouped.links().updated()).isEmpty();
    }

    @Test
    void whatIsDroppedStandsWhereItWasDropped() {
        LinkGroup menus = group("menus", 3);
        Link lunch = link("lunch", 0).at(0, Optional.of(menus.id()));
        var grouped = new LinkBatch(PAGE, List.of(first, second, lunch), List.of(menus), Tier.PRO, UUIDS);

        grouped.apply(new LinkStep.Place(
                second.id().toString(),
                Optional.of(menus.id()),
                Optional.of(lunch.id().toString())));
        grouped.apply(new LinkStep.Place(
                menus.id(), Optional.empty(), Optional.of(first.id().toString())));

        assertThat(grouped.groups().updated()).containsExactly(menus.at(0));
        assertThat(grouped.links().updated())
                .containsExactlyInAnyOrder(
                        second.at(0, Optional.of(menus.id())),
                        lunch.at(1, Optional.of(menus.id())),
                        first.at(1, Optional.empty()));
        assertThat(grouped.apply(new LinkStep.Place("no id", Optional.empty(), Optional.empty())))
                .contains(new Refused.LinkNotFound("no id"));
    }

    private static Link link(String title, int position) {
        return Link.plain(
                new LinkId(UUIDS.next()), PAGE.id(), title, "https://example.com/" + title, position, true, 7);
    }

    private static LinkStep update(Link link, Optional<String> title) {
        return new LinkStep.Update(link.id().toString(), Changes.<Link>none().withIf(LinkChange.TITLE, title));
    }

    private List<String> titlesNow() {
        var now = new ArrayList<>(List.of(first, second, third));
        batch.links()
                .updated()
                .forEach(changed -> now.replaceAll(link -> link.id().equals(changed.id()) ? changed : link));
        return now.stream()
                .sorted(Comparator.comparingInt(Link::position))
                .map(Link::title)
                .toList();
    }
}
