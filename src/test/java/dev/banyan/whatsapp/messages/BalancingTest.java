package dev.banyan.whatsapp.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import module java.base;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.Strategy;
import dev.banyan.whatsapp.history.SenderRating.Share;
import dev.banyan.whatsapp.messages.Balancing.Candidate;
import dev.banyan.whatsapp.messages.Balancing.Choice;
import dev.banyan.whatsapp.messages.Balancing.Turns;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// The six strategies: fair shares, only numbers that can send, and deterministic results.
class BalancingTest {

    private static final Optional<String> UAE = Optional.of("AE");

    @Property(tries = 500)
    void whoCannotSendIsNeverChosenAndSomebodyIsIfAnybodyCan(
            @ForAll Strategy strategy, @ForAll("pools") List<Candidate> pool, @ForAll long seed) {
        Turns turns = Turns.from(seed);
        for (int i = 0; i < 20; i++) {
            Choice choice = Balancing.choose(strategy, pool, turns, UAE);
            assertThat(choice.sender().isPresent()).isEqualTo(pool.stream().anyMatch(Candidate::can));
            choice.sender().ifPresent(id -> assertThat(find(pool, id).can()).isTrue());
            assertThat(choice.reason()).startsWith(strategy.key() + ": ").hasSizeLessThan(300);
            turns = choice.after();
        }
    }

    @Property(tries = 300)
    void theSameQuestionHasTheSameAnswer(
            @ForAll Strategy strategy, @ForAll("pools") List<Candidate> pool, @ForAll long seed) {
        Turns turns = Turns.from(seed);
        for (int i = 0; i < 10; i++) {
            Choice choice = Balancing.choose(strategy, pool, turns, UAE);
            assertThat(Balancing.choose(strategy, pool, turns, UAE)).isEqualTo(choice);
            turns = choice.after();
        }
    }

    @Property(tries = 100)
    void oneAfterTheOtherMeansThatNobodyIsEverMoreThanOneAhead(@ForAll @IntRange(min = 4, max = 40) int senders) {
        Map<SenderId, Integer> counts = many(Strategy.ROUND_ROBIN, equals(senders), senders * 7 + 3);
        assertThat(counts).hasSize(senders);
        assertThat(counts.values()).allMatch(count -> count == 7 || count == 8);
    }

    @Property(tries = 200)
    void sharesAreExactlyAsWeightsSay(@ForAll("weights") List<Integer> weights) {
        var pool = new ArrayList<Candidate>();
        for (int weight : weights) {
            pool.add(new Candidate(id(pool.size()), "n", weight, 1, UAE, 0, Share.WHOLE, Optional.empty()));
        }
        int total = weights.stream().mapToInt(Integer::intValue).sum();
        Map<SenderId, Integer> counts = many(Strategy.WEIGHTED, pool, total * 3);
        pool.forEach(
                candidate -> assertThat(counts.getOrDefault(candidate.id(), 0)).isEqualTo(candidate.weight() * 3));
    }

    @Property(tries = 20)
    void twoAtRandomShareEquallyWithinOneInAHundred(
            @ForAll @IntRange(min = 2, max = 8) int senders, @ForAll long seed) {
        int choices = 100_000;
        Map<SenderId, Integer> counts = many(Strategy.RANDOM_TWO, equals(senders), choices, Turns.from(seed));
        counts.values().forEach(count -> assertThat((double) count / choices).isCloseTo(1.0 / senders, within(0.01)));
    }

    /// The load of each chosen number grows by one: all loads stay close together, and so do the shares.
    @Property(tries = 50)
    void theLeastLoadedKeepsLoadsLevel(@ForAll @IntRange(min = 1, max = 20) int senders) {
        List<Candidate> pool = new ArrayList<>(equals(senders));
        Turns turns = Turns.from(1);
        for (int i = 0; i < senders * 30; i++) {
            Choice choice = Balancing.choose(Strategy.LEAST_LOADED, pool, turns, UAE);
            pool.replaceAll(candidate -> choice.sender().equals(Optional.of(candidate.id()))
                    ? loaded(candidate, candidate.load() + 1)
                    : candidate);
            turns = choice.after();
        }
        assertThat(pool).allMatch(candidate -> candidate.load() == 30);
    }

    @Example
    void thePriorityIsFollowedUntilItsNumberCannot() {
        var first = new Candidate(id(1), "First", 1, 1, UAE, 0, Share.WHOLE, Optional.empty());
        var second = new Candidate(id(2), "Second", 1, 2, UAE, 0, Share.WHOLE, Optional.empty());
        var equal = new Candidate(id(3), "Third", 1, 2, UAE, 0, Share.WHOLE, Optional.empty());
        assertThat(many(Strategy.PRIORITY, List.of(second, first, equal), 10)).isEqualTo(Map.of(id(1), 10));

        var down = new Candidate(id(1), "First", 1, 1, UAE, 0, Share.WHOLE, Optional.of("disconnected"));
        assertThat(many(Strategy.PRIORITY, List.of(second, down, equal), 10)).isEqualTo(Map.of(id(2), 5, id(3), 5));
    }

    @Example
    void aRegionHasItsOwnNumbersInTurnAndAllOthersWhereItHasNone() {
        List<Candidate> pool = List.of(of("AE", 1), of("SA", 2), of("AE", 3), of("SA", 4));
        var counts = new HashMap<String, Integer>();
        Turns turns = Turns.from(1);
        for (int i = 0; i < 40; i++) {
            for (String region : List.of("AE", "SA", "FR")) {
                Choice choice = Balancing.choose(Strategy.REGION, pool, turns, Optional.of(region));
                counts.merge(region + choice.sender().orElseThrow().value(), 1, Integer::sum);
                turns = choice.after();
            }
        }
        assertThat(counts.keySet()).contains("AEn1", "AEn3", "SAn2", "SAn4").doesNotContain("AEn2", "SAn1");
        for (String one : List.of("AEn1", "AEn3", "SAn2", "SAn4")) {
            assertThat(counts.get(one)).as(one).isBetween(15, 25);
        }
        assertThat(Balancing.choose(Strategy.REGION, pool, turns, Optional.empty())
                        .sender())
                .isPresent();
    }

    @Example
    void whoComesBackIsNotGivenAllThatItMissed() {
        List<Candidate> without = List.of(
                of("AE", 1),
                of("AE", 2),
                new Candidate(id(3), "Third", 1, 1, UAE, 0, Share.WHOLE, Optional.of("its number is disconnected")));
        for (Strategy strategy : List.of(Strategy.ROUND_ROBIN, Strategy.WEIGHTED, Strategy.REGION)) {
            Turns turns = Turns.from(1);
            for (int i = 0; i < 100; i++) {
                turns = Balancing.choose(strategy, without, turns, UAE).after();
            }
            var counts = new HashMap<SenderId, Integer>();
            for (int i = 0; i < 30; i++) {
                Choice choice = Balancing.choose(strategy, List.of(of("AE", 1), of("AE", 2), of("AE", 3)), turns, UAE);
                counts.merge(choice.sender().orElseThrow(), 1, Integer::sum);
                turns = choice.after();
            }
            assertThat(counts.values()).as(strategy.key()).allMatch(count -> count >= 9 && count <= 11);
        }
    }

    @Example
    void aYellowNumberGetsHalfAShareAndARedOneNothingWhileOthersCan() {
        List<Candidate> pool = List.of(of("AE", 1), of("AE", 2), rated(3, Share.HALF), rated(4, Share.LAST));
        for (Strategy strategy : Strategy.values()) {
            Map<SenderId, Integer> counts = many(strategy, pool, 5_000);
            assertThat(counts).as(strategy.key()).containsOnlyKeys(id(1), id(2), id(3));
            assertThat(counts.getOrDefault(id(3), 0) / 5_000.0)
                    .as(strategy.key())
                    .isBetween(0.15, 0.25);
        }
        assertThat(Balancing.choose(Strategy.ROUND_ROBIN, pool, Turns.from(1), UAE)
                        .reason())
                .isEqualTo("round-robin: number 1 of 4; Number 4 skipped: its quality is red");
        assertThat(many(Strategy.WEIGHTED, List.of(rated(3, Share.HALF), rated(4, Share.LAST)), 10))
                .as("nothing is kept back for numbers that are no better")
                .isEqualTo(Map.of(id(3), 10));
        assertThat(many(Strategy.WEIGHTED, List.of(rated(4, Share.LAST)), 10)).isEqualTo(Map.of(id(4), 10));
    }

    private static Candidate rated(int number, Share share) {
        return new Candidate(id(number), "Number " + number, 1, 1, UAE, 0, share, Optional.empty());
    }

    @Example
    void aReasonSaysWhoWasPassedOver() {
        Candidate used =
                new Candidate(id(1), "Support Desk", 1, 1, UAE, 0, Share.WHOLE, Optional.of("daily quota used up"));
        assertThat(Balancing.choose(Strategy.ROUND_ROBIN, List.of(used, of("AE", 2)), Turns.from(1), UAE)
                        .reason())
                .isEqualTo("round-robin: number 2 of 2; Support Desk skipped: daily quota used up");
        assertThat(Balancing.choose(Strategy.WEIGHTED, List.of(used), Turns.from(1), UAE)
                        .reason())
                .isEqualTo("weighted: no number can send; Support Desk skipped: daily quota used up");
    }

    @Provide
    Arbitrary<List<Candidate>> pools() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 100),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("AE", "SA", "")
                                .map(region -> Optional.of(region).filter(it -> !it.isEmpty())),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(Share.class),
                        Arbitraries.of("", "", "daily quota used up")
                                .map(why -> Optional.of(why).filter(it -> !it.isEmpty())))
                .as((weight, priority, region, load, share, cannot) ->
                        new Candidate(id(0), "A name of average length", weight, priority, region, load, share, cannot))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(BalancingTest::numbered);
    }

    @Provide
    Arbitrary<List<Integer>> weights() {
        return Arbitraries.integers().between(1, 100).list().ofMinSize(1).ofMaxSize(10);
    }

    private static List<Candidate> numbered(List<Candidate> pool) {
        var numbered = new ArrayList<Candidate>();
        for (Candidate one : pool) {
            numbered.add(new Candidate(
                    id(numbered.size()),
                    one.name(),
                    one.weight(),
                    one.priority(),
                    one.region(),
                    one.load(),
                    one.share(),
                    one.cannot()));
        }
        return numbered;
    }

    private static Map<SenderId, Integer> many(Strategy strategy, List<Candidate> pool, int choices) {
        return many(strategy, pool, choices, Turns.from(1));
    }

    private static Map<SenderId, Integer> many(Strategy strategy, List<Candidate> pool, int choices, Turns from) {
        var counts = new HashMap<SenderId, Integer>();
        Turns turns = from;
        for (int i = 0; i < choices; i++) {
            Choice choice = Balancing.choose(strategy, pool, turns, UAE);
            counts.merge(choice.sender().orElseThrow(), 1, Integer::sum);
            turns = choice.after();
        }
        return counts;
    }

    private static List<Candidate> equals(int senders) {
        var pool = new ArrayList<Candidate>();
        for (int i = 0; i < senders; i++) {
            pool.add(of("AE", i));
        }
        return pool;
    }

    private static Candidate of(String region, int number) {
        return new Candidate(
                id(number), "Number " + number, 1, 1, Optional.of(region), 0, Share.WHOLE, Optional.empty());
    }

    private static Candidate loaded(Candidate one, int load) {
        return new Candidate(
                one.id(), one.name(), one.weight(), one.priority(), one.region(), load, one.share(), one.cannot());
    }

    private static Candidate find(List<Candidate> pool, SenderId id) {
        return pool.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }

    private static SenderId id(int number) {
        return new SenderId("n" + number);
    }
}
