package dev.banyan.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.banyan.TestClock;
import dev.banyan.pages.Links.Direction;
import dev.banyan.pages.Links.Step;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import dev.banyan.platform.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkBatchTest {

    private static final Uuids UUIDS = new Uuids(new TestClock());
    private static final Page PAGE = new Page(
            new PageId(UUIDS.next()),
            new Owner(AccountId.SERVER, AccountId.SERVER),
            "main",
            "Main",
            true,
            3,
            Instant.EPOCH,
            Instant.EPOCH);

    private final Link first = link("first", 0);
    private final Link second = link("second", 1);
    private final Link third = link("third", 2);
    private final LinkBatch batch = new LinkBatch(PAGE, List.of(first, second, third), UUIDS);

    @Test
    void nothingIsDifferentWithoutSteps() {
        assertThat(batch.added()).isEmpty();
        assertThat(batch.updated()).isEmpty();
        assertThat(batch.removed()).isEmpty();
    }

    @Test
    void aNewLinkGoesToTheEndUnlessItSaysWhere() {
        batch.apply(new Step.Add(" fourth ", " https://example.com/4 ", Optional.empty(), true));
        batch.apply(new Step.Add("top", "https://example.com/top", Optional.of(0), false));
        batch.apply(new Step.Add("fifth", "https://example.com/5", Optional.empty(), true));

        assertThat(batch.added())
                .extracting(Link::title, Link::url, Link::position, Link::active, Link::clicks, Link::page)
                .containsExactly(
                        tuple("fourth", "https://example.com/4", 3, true, 0L, PAGE.id()),
                        tuple("top", "https://example.com/top", 0, false, 0L, PAGE.id()),
                        tuple("fifth", "https://example.com/5", 4, true, 0L, PAGE.id()));
        assertThat(batch.updated()).isEmpty();
    }

    @Test
    void theFirstLinkOfAPageStandsAtZero() {
        var empty = new LinkBatch(PAGE, List.of(), UUIDS);

        empty.apply(new Step.Add("only", "https://example.com", Optional.empty(), true));

        assertThat(empty.added()).extracting(Link::position).containsExactly(0);
    }

    @Test
    void whatAnUpdateDoesNotNameStays() {
        assertThat(batch.apply(update(second, Optional.of(" new title ")))).isEmpty();

        assertThat(batch.updated())
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

        assertThat(batch.updated()).isEmpty();
    }

    @Test
    void stepsSeeWhatTheStepsBeforeThemDid() {
        batch.apply(update(second, Optional.of("changed")));
        batch.apply(new Step.Remove(second.id().toString()));

        assertThat(batch.updated()).isEmpty();
        assertThat(batch.removed()).containsExactly(second.id());
        assertThat(batch.apply(update(second, Optional.of("too late"))))
                .contains(second.id().toString());
    }

    @Test
    void aLinkThatIsAddedAndRemovedLeavesNoTrace() {
        batch.apply(new Step.Add("short-lived", "https://example.com", Optional.empty(), true));
        batch.apply(new Step.Remove(batch.added().getFirst().id().toString()));

        assertThat(batch.added()).isEmpty();
        assertThat(batch.removed()).isEmpty();
    }

    @Test
    void removingWhatIsNotThereIsNoError() {
        assertThat(batch.apply(new Step.Remove(UUIDS.next().toString()))).isEmpty();
        assertThat(batch.apply(new Step.Remove("no id"))).isEmpty();
        assertThat(batch.removed()).isEmpty();
    }

    @Test
    void anUnknownLinkIsNamed() {
        String unknown = UUIDS.next().toString();

        assertThat(batch.apply(new Step.Update(
                        unknown, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .contains(unknown);
        assertThat(batch.apply(new Step.Move("no id", Direction.UP))).contains("no id");
    }

    @Test
    void aLinkChangesPlacesWithItsNeighbour() {
        batch.apply(new Step.Move(third.id().toString(), Direction.UP));
        assertThat(titlesNow()).containsExactly("first", "third", "second");

        batch.apply(new Step.Move(first.id().toString(), Direction.DOWN));
        assertThat(titlesNow()).containsExactly("third", "first", "second");
    }

    @Test
    void aLinkAtItsEndStaysThere() {
        batch.apply(new Step.Move(first.id().toString(), Direction.UP));
        batch.apply(new Step.Move(third.id().toString(), Direction.DOWN));

        assertThat(titlesNow()).containsExactly("first", "second", "third");
        assertThat(batch.updated()).isEmpty();
    }

    @Test
    void linksThatShareAPlaceAreToldApartByAMove() {
        Link older = link("older", 5);
        Link newer = link("newer", 5);
        var shared = new LinkBatch(PAGE, List.of(older, newer), UUIDS);

        shared.apply(new Step.Move(newer.id().toString(), Direction.UP));

        assertThat(shared.updated())
                .extracting(Link::title, Link::position)
                .containsExactlyInAnyOrder(tuple("newer", 0), tuple("older", 1));
    }

    private static Link link(String title, int position) {
        return Link.plain(
                new LinkId(UUIDS.next()), PAGE.id(), title, "https://example.com/" + title, position, true, 7);
    }

    private static Step update(Link link, Optional<String> title) {
        return new Step.Update(link.id().toString(), title, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private List<String> titlesNow() {
        var now = new ArrayList<>(List.of(first, second, third));
        batch.updated().forEach(changed -> now.replaceAll(link -> link.id().equals(changed.id()) ? changed : link));
        return now.stream()
                .sorted(Comparator.comparingInt(Link::position))
                .map(Link::title)
                .toList();
    }
}
