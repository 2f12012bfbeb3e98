package dev.banyan.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tier table of LinkToMe contract 3.1.
class TierTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            maxPages              | 1  | 3     | 10    | -1
            maxLinks              | 10 | 50    | 100   | -1
            maxLinkGroups         | 2  | 10    | 25    | -1
            maxShortLinks         | 0  | 5     | 20    | -1
            analyticsRetentionDays| 30 | 90    | 365   | -1
            apiKeysLimit          | 0  | 3     | 10    | -1
            apiRequestsPerMinute  | 0  | 60    | 120   | 300
            apiRequestsPerDay     | 0  | 10000 | 50000 | -1
            """)
    void limits(String name, long free, long pro, long premium, long enterprise) {
        assertThat(Arrays.stream(Tier.values()).map(tier -> limit(name, tier)))
                .containsExactly(free, pro, premium, enterprise);
    }

    private static long limit(String name, Tier tier) {
        return switch (name) {
            case "maxPages" -> tier.limit(PlanQuota.PAGES).number();
            case "maxLinks" -> tier.limit(PlanQuota.LINKS).number();
            case "maxLinkGroups" -> tier.limit(PlanQuota.LINK_GROUPS).number();
            case "maxShortLinks" -> tier.limit(PlanQuota.SHORT_LINKS).number();
            case "analyticsRetentionDays" -> tier.analyticsDays.number();
            case "apiKeysLimit" -> tier.maxApiKeys.number();
            case "apiRequestsPerMinute" -> tier.apiRequestsPerMinute;
            case "apiRequestsPerDay" -> tier.apiRequestsPerDay.number();
            default -> throw new AssertionError(name);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            customLayouts linkAnimations linkScheduling linkLocking shortLinkAnalytics customThemes | PRO
            premiumFonts customLogos removeFooter advancedAnalytics analyticsExport apiAccess       | PRO
            videoBackgrounds customDomain prioritySupport                                           | PREMIUM
            whiteLabel                                                                              | ENTERPRISE
            """)
    void features(String keys, Tier first) {
        for (String key : keys.split(" ")) {
            Feature feature = Arrays.stream(Feature.values())
                    .filter(one -> one.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            for (Tier tier : Tier.values()) {
                assertThat(tier.has(feature)).as(tier + " " + key).isEqualTo(tier.compareTo(first) >= 0);
            }
        }
    }

    @Test
    void noFeatureIsForgotten() {
        assertThat(Tier.FREE.features()).isEmpty();
        assertThat(Tier.ENTERPRISE.features()).hasSize(Feature.values().length);
        assertThat(Arrays.stream(Feature.values()).map(Feature::key).collect(Collectors.joining(" ")))
                .isEqualTo("customLayouts linkAnimations linkScheduling linkLocking shortLinkAnalytics customThemes"
                        + " premiumFonts customLogos removeFooter videoBackgrounds advancedAnalytics analyticsExport"
                        + " apiAccess customDomain prioritySupport whiteLabel");
    }
}
