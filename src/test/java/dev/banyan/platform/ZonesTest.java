package dev.banyan.platform;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.web.page.TimeZones;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZonesTest {

    /// As Chromium tells them.
    @ParameterizedTest
    @CsvSource({
        "Asia/Katmandu, Asia/Kathmandu",
        "Asia/Calcutta, Asia/Kolkata",
        "Asia/Saigon, Asia/Ho_Chi_Minh",
        "Asia/Rangoon, Asia/Yangon",
        "Europe/Kiev, Europe/Kyiv",
        "America/Buenos_Aires, America/Argentina/Buenos_Aires",
        "Australia/Lord_Howe, Australia/Lord_Howe",
        "Pacific/Apia, Pacific/Apia",
        "UTC, UTC"
    })
    void browsersTellFormerNames(String told, String today) {
        assertThat(Zones.of(told)).contains(ZoneId.of(today));
    }

    @Test
    void formsOfferEachZoneByOneName() {
        assertThat(TimeZones.with(""))
                .contains("Asia/Kathmandu", "Europe/Kyiv", "Australia/Lord_Howe", "UTC")
                .doesNotContain("Asia/Katmandu", "Europe/Kiev", "Australia/LHI", "US/Samoa");
        assertThat(TimeZones.with("Europe/Kiev")).as("chosen before").contains("Europe/Kiev");
    }
}
