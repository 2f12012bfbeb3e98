package dev.banyan.shortlinks;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.platform.Changes;
import dev.banyan.platform.web.page.FieldErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortLinkFormTest {

    private static ShortLinkForm read(String... pairs) {
        Map<String, List<String>> fields = Stream.iterate(0, i -> i < pairs.length, i -> i + 2)
                .collect(java.util.stream.Collectors.toMap(i -> pairs[i], i -> List.of(pairs[i + 1].split("\\|", -1))));
        return ShortLinkForm.read(name -> fields.getOrDefault(name, List.of()));
    }

    /// Clocks in Berlin skip 02:00 to 03:00 in March, and repeat it in October.
    @ParameterizedTest
    @CsvSource({
        "Asia/Dubai,       2026-12-01T09:00, 2026-12-01T05:00:00Z, 2026-12-01T05:00:00Z",
        "UTC,              2026-12-01T09:00, 2026-12-01T09:00:00Z, 2026-12-01T09:00:00Z",
        "'',               2026-12-01T09:00, 2026-12-01T09:00:00Z, 2026-12-01T09:00:00Z",
        "Europe/Berlin,    2026-07-01T00:00, 2026-06-30T22:00:00Z, 2026-06-30T22:00:00Z",
        "Europe/Berlin,    2026-03-29T02:30, 2026-03-29T01:30:00Z, 2026-03-29T01:30:00Z",
        "Europe/Berlin,    2026-10-25T02:30, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
        "America/New_York, 2026-12-31T23:59, 2027-01-01T04:59:00Z, 2027-01-01T04:59:00Z",
    })
    void timesAreThoseOfTheZone(String zone, String typed, String start, String end) {
        Changes<ShortLink> patch = read(
                        "timezone",
                        zone,
                        "startsAt",
                        typed,
                        "endsAt",
                        typed,
                        "ruleTarget",
                        "x",
                        "ruleFrom",
                        typed,
                        "ruleUntil",
                        typed)
                .patch();

        assertThat(patch.get(ShortLinkChange.STARTS_AT)).contains(start);
        assertThat(patch.get(ShortLinkChange.ENDS_AT)).contains(end);
        assertThat(patch.get(ShortLinkChange.RULES).orElseThrow().getFirst().from())
                .isEqualTo(start);
        assertThat(patch.get(ShortLinkChange.RULES).orElseThrow().getFirst().until())
                .isEqualTo(end);
        assertThat(patch.get(ShortLinkChange.ZONE)).contains(zone);
    }

    @Test
    void aZoneWithoutTimesIsNotKeptAndWhatIsNoTimeIsLeftToTheRules() {
        assertThat(read("timezone", "Asia/Dubai").patch().get(ShortLinkChange.ZONE))
                .contains("");
        assertThat(read("timezone", "Asia/Dubai", "startsAt", "soon").patch().get(ShortLinkChange.STARTS_AT))
                .contains("soon");
    }

    @Test
    void eachMessageStandsAtItsRow() {
        ShortLinkForm form = read(
                "ruleDevice",
                "ios|",
                "ruleLanguage",
                "|",
                "ruleTarget",
                "https://a.example|nowhere",
                "variantTarget",
                "no",
                "variantWeight",
                "5000");
        var errors = new FieldErrors(new java.util.LinkedHashMap<>(Map.of(
                "rules[1].targetUrl", "Not an address.", "variants[0].weight", "Too heavy.", "title", "Too long.")));

        List<ShortLinkPage.RuleRow> rules = ShortLinkErrors.rules(form, errors);
        assertThat(rules.get(0).errors().any()).isFalse();
        assertThat(rules.get(1).errors().of("targetUrl")).isEqualTo("Not an address.");
        assertThat(ShortLinkErrors.variants(form, errors).getFirst().errors().of("weight"))
                .isEqualTo("Too heavy.");
        assertThat(ShortLinkErrors.summary(errors))
                .containsExactlyInAnyOrder("Rule 2: Not an address.", "Variant 1: Too heavy.", "Too long.");
    }

    /// Stored documents from before there were zones.
    @Test
    void oldRowsHaveNoZone() {
        Routing routing = Routing.read("{\"utm\":{\"source\":\"a\",\"medium\":\"\",\"campaign\":\"\",\"term\":\"\","
                + "\"content\":\"\"},\"rules\":[],\"weight\":1,\"variants\":[]}");
        assertThat(routing.zone()).isEmpty();
        assertThat(Routing.read(routing.written())).isEqualTo(routing);
    }

    private static ShortLinkPage.Folds folds(FieldErrors errors, boolean hasPassword, String... pairs) {
        return ShortLinkFolds.of(read(pairs), errors, hasPassword);
    }

    @Test
    void aNewFormShowsAddressTitleAndSlugOnly() {
        ShortLinkPage.Folds folds = ShortLinkFolds.of(ShortLinkForm.EMPTY, FieldErrors.NONE, false);

        assertThat(List.of(
                        folds.organize(),
                        folds.schedule(),
                        folds.password(),
                        folds.utm(),
                        folds.rules(),
                        folds.variants()))
                .containsOnly(new ShortLinkPage.Fold("", false));
    }

    @Test
    void aPartIsOpenIfSomethingInItIsSetOrRefused() {
        ShortLinkPage.Folds folds = folds(
                new FieldErrors(Map.of("rules[1].language", "x")),
                true,
                "active",
                "true",
                "tags",
                "spring poster",
                "startsAt",
                "2026-01-01T09:00",
                "clickLimit",
                "5",
                "utmSource",
                "poster",
                "variantTarget",
                "https://a.example|https://b.example",
                "weight",
                "3");

        assertThat(folds.organize()).isEqualTo(new ShortLinkPage.Fold("2 tags", true));
        assertThat(folds.schedule()).isEqualTo(new ShortLinkPage.Fold("Starts, click limit", true));
        assertThat(folds.password()).isEqualTo(new ShortLinkPage.Fold("Set", true));
        assertThat(folds.utm()).isEqualTo(new ShortLinkPage.Fold("Source", true));
        assertThat(folds.rules()).isEqualTo(new ShortLinkPage.Fold("", true));
        assertThat(folds.variants()).isEqualTo(new ShortLinkPage.Fold("2 variants, weight 3", true));
        assertThat(folds(FieldErrors.NONE, false, "noPassword", "true").organize())
                .as("active is a box that is not ticked")
                .isEqualTo(new ShortLinkPage.Fold("Off", true));
    }
}
