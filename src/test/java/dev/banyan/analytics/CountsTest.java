package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Owner;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static final long NOON = 1_790_000_000_000L;

    private final Owner owner = new Owner(new AccountId(UUID.randomUUID()), new AccountId(UUID.randomUUID()));
    private final Counts counts = new Counts(ZoneOffset.UTC);

    @Test
    void visitsThatAreAlikeShareTheirText() {
        follow("one", "de");
        follow("another", "de");
        follow("third", "ar");
        follow("twice", "de");
        follow("twice", "de");
        follow("both", "de");
        follow("both", "ar");
        Map<Map<Dimension, String>, String> ofOneVisit = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (String link : List.of("one", "another", "third", "twice", "both")) {
            texts.put(link, sum(link).partsText(ofOneVisit));
        }

        assertThat(texts.get("another")).isSameAs(texts.get("one"));
        assertThat(ofOneVisit).hasSize(2);
        for (String link : texts.keySet()) {
            assertThat(texts).as(link).containsEntry(link, sum(link).parts().text());
        }
        assertThat(Breakdown.parse(texts.getOrDefault("third", "")).count(Dimension.LANGUAGE, "ar"))
                .isEqualTo(1);
        assertThat(Breakdown.parse(texts.getOrDefault("twice", "")).count(Dimension.LANGUAGE, "de"))
                .isEqualTo(2);
    }

    private void follow(String link, String language) {
        var details =
                new EnumMap<Dimension, String>(Map.of(Dimension.LANGUAGE, language, Dimension.BROWSER, "Firefox"));
        counts.add(new Event.Redirect(owner, link, "", true), NOON, false, 1, details);
    }

    private Counts.Sum sum(String link) {
        return Objects.requireNonNull(
                counts.sums().get(new Counts.Key(Subject.shortLink(link), Counts.dayOf(NOON, ZoneOffset.UTC))), link);
    }

    /// In Berlin, 25 October 2026 has 25 hours.
    @Test
    void theDayOfAClockChangeIsOneDay() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(List.of("2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T22:59:59Z"))
                .allSatisfy(at -> assertThat(Counts.dayOf(Instant.parse(at).toEpochMilli(), berlin))
                        .isEqualTo(Math.toIntExact(LocalDate.of(2026, 10, 25).toEpochDay())));
        assertThat(Counts.dayOf(Instant.parse("2026-10-25T23:00:00Z").toEpochMilli(), berlin))
                .isEqualTo(Math.toIntExact(LocalDate.of(2026, 10, 26).toEpochDay()));
    }
}
