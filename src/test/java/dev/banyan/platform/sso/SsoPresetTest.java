package dev.banyan.platform.sso;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import org.junit.jupiter.api.Test;

/// What is said about known providers: everywhere the same, and all of it.
class SsoPresetTest {

    private static final String BASE = "https://banyan.example.com/s/x7M2-marketing/sso";

    @Test
    void theGuideNamesEachStep() throws IOException {
        String guide = Files.readString(Path.of("docs", "single-sign-on.md")).replaceAll("\\s+", " ");
        for (SsoPreset preset :
                SsoPreset.Choices.at(new SsoAddresses(BASE, Optional.of("x"))).presets()) {
            for (SsoPreset.Step step : preset.steps()) {
                assertThat(guide).as(preset.name() + " with " + preset.kind()).contains(step.text());
            }
        }
    }

    @Test
    void everyKnownProviderHasOneOfEachKind() {
        var known = List.of("keycloak", "entra", "google", "okta", "zitadel", "authentik", "onelogin", "adfs");
        for (String kind : List.of(SsoProvider.OIDC, SsoProvider.SAML)) {
            assertThat(known).allMatch(key -> SsoPreset.of(kind, key).isPresent());
        }
        assertThat(SsoPreset.of(SsoProvider.LDAP, "keycloak")).isEmpty();
    }

    @Test
    void membersWhoSignOutHereAloneNeedNoAddressForThat() {
        var presets = SsoPreset.Choices.at(new SsoAddresses(BASE, Optional.empty()));
        assertThat(presets.presets())
                .allSatisfy(preset -> assertThat(preset.steps())
                        .isNotEmpty()
                        .noneMatch(step -> step.text().contains("sign out")));
    }
}
