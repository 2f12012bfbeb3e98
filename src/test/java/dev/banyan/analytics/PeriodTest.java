package dev.banyan.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.Tier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-30"); // the day after a clock change in Europe

    private static Period asked(@Nullable String days, @Nullable String from, @Nullable String to, Tier tier) {
        return Period.asked(Optional.ofNullable(days), Optional.ofNullable(from), Optional.ofNullable(to), tier, TODAY);
    }

    @ParameterizedTest
    @CsvSource({"FREE,30", "PRO,90", "PREMIUM,365", "ENTERPRISE,180"})
    void theContractShowsWhatTheTierKeeps(Tier tier, long days) {
        assertThat(Period.ofContract(tier, TODAY)).isEqualTo(new Period(TODAY.minusDays(days - 1), TODAY));
    }

    @Test
    void aDayIsADayWhereverClocksChange() {
        Period week = asked("7", null, null, Tier.PRO);

        assertThat(week.days()).isEqualTo(7);
        assertThat(week.before()).isEqualTo(new Period(LocalDate.parse("2026-03-17"), LocalDate.parse("2026-03-23")));
    }

    /// Retention keeps today and as many days before it as the tier has.
    @ParameterizedTest
    @CsvSource({
        "FREE,30,false",
        "FREE,16,false",
        "FREE,15,true",
        "FREE,7,true",
        "PRO,90,false",
        "PRO,30,true",
        "PREMIUM,365,false",
        "ENTERPRISE,365,true"
    })
    void whatIsNotKeptIsNotComparedWith(Tier tier, long days, boolean kept) {
        assertThat(Period.last(days, TODAY).isBeforeKept(tier, TODAY)).isEqualTo(kept);
    }

    @Test
    void todayIsNotAFullDay() {
        assertThat(Period.last(30, TODAY).fullDays(TODAY))
                .contains(new Period(TODAY.minusDays(29), TODAY.minusDays(1)));
        assertThat(Period.last(30, TODAY).fullDays(TODAY.plusDays(1))).contains(Period.last(30, TODAY));
        assertThat(Period.last(1, TODAY).fullDays(TODAY)).isEmpty();
    }

    @Test
    void nobodyLooksFurtherBackThanTheTierReachesNorAhead() {
        assertThat(asked("365", null, null, Tier.FREE).days()).isEqualTo(30);
        assertThat(asked(null, "2020-01-01", "2030-01-01", Tier.PRO)).isEqualTo(Period.last(90, TODAY));
        assertThat(asked(null, "2026-03-20", "2026-03-10", Tier.PRO))
                .isEqualTo(new Period(LocalDate.parse("2026-03-10"), LocalDate.parse("2026-03-20")));
    }

    @ParameterizedTest
    @CsvSource({"-1,,", "x,,", "0,,", ",2026-02-30,", ",up,up", ",,+99999999-01-01"})
    void whatMakesNoSenseIsTheUsual(String days, String from, String to) {
        assertThat(asked(days, from, to, Tier.PRO)).isEqualTo(Period.last(30, TODAY));
    }
}
