package dev.banyan.workspaces.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import module java.base;
import org.junit.jupiter.api.Test;

class ShortIdsTest {

    private final ShortIds shortIds = new ShortIds();

    @Test
    void theyAreFourLettersAndDigitsInBothCases() {
        Set<String> drawn = IntStream.range(0, 1_000)
                .mapToObj(_ -> shortIds.next(_ -> Set.of()))
                .collect(Collectors.toSet());

        assertThat(drawn).hasSizeGreaterThan(990).allMatch(id -> id.matches("[0-9A-Za-z]{4}"));
        String letters = String.join("", drawn);
        assertThat(letters.chars().distinct().count()).isEqualTo(62);
    }

    @Test
    void oneThatIsTakenIsNeverGiven() {
        Function<Set<String>, Set<String>> everyThird = everyNth(3);
        for (int i = 0; i < 300; i++) {
            String id = shortIds.next(everyThird);
            assertThat(everyThird.apply(Set.of(id))).as(id).isEmpty();
        }
    }

    /// Depends only on the id, so that the same question has the same answer.
    private static Function<Set<String>, Set<String>> everyNth(int n) {
        return ids -> ids.stream().filter(id -> id.hashCode() % n == 0).collect(Collectors.toSet());
    }

    @Test
    void anEmptySpaceGivesFourAndAFullOneFive() {
        assertThat(shortIds.next(_ -> Set.of())).hasSize(4);
        assertThat(shortIds.next(ShortIdsTest::ofLengthFour)).hasSize(5).matches("[0-9A-Za-z]{5}");
    }

    private static Set<String> ofLengthFour(Set<String> ids) {
        return ids.stream().filter(id -> id.length() == 4).collect(Collectors.toSet());
    }

    /// Of twenty generated ids, exactly half are taken: from then on, ids have five letters.
    @Test
    void fiveBeginWhereHalfAreTaken() {
        assertThat(shortIds.next(ids -> ids.stream()
                        .filter(id -> id.length() == 4)
                        .limit(ShortIds.DRAWN / 2)
                        .collect(Collectors.toSet())))
                .hasSize(5);
        assertThat(shortIds.next(
                        ids -> ids.stream().limit(ShortIds.DRAWN / 2 - 1).collect(Collectors.toSet())))
                .hasSize(4);
    }

    @Test
    void aDrawHoldsNoIdTwice() {
        var asked = new HashSet<Integer>();
        shortIds.next(ids -> {
            asked.add(ids.size());
            return Set.of();
        });
        assertThat(asked).containsExactly(ShortIds.DRAWN);
    }

    @Test
    void aWorldWithoutAFreeOneSaysSo() {
        assertThatIllegalStateException().isThrownBy(() -> shortIds.next(ids -> ids));
    }
}
