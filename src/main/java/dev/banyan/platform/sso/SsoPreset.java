package dev.banyan.platform.sso;

import module java.base;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.banyan.platform.PackedFile;
import dev.banyan.platform.document.JsonDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// How a well-known provider is set up: what is entered here, and what there.
///
/// @param key the same for both kinds of a provider: `keycloak`
/// @param settings the fields that are the same for everyone
/// @param examples of fields that everyone enters themselves
/// @param steps what to do at the provider
@JsonInclude(Include.NON_ABSENT)
@Schema(name = "SingleSignOnPreset")
public record SsoPreset(
        String key, String name, String kind, Settings settings, Map<String, String> examples, List<Step> steps) {

    /// Fields as [SsoBody] names them.
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "SingleSignOnPresetSettings")
    public record Settings(
            Optional<String> issuer,
            Optional<List<String>> scopes,
            Optional<String> groupClaim,
            Optional<String> emailClaim) {}

    /// @param address what is entered there; in the file, its name
    @JsonInclude(Include.NON_ABSENT)
    @Schema(name = "SingleSignOnPresetStep")
    public record Step(String text, Optional<String> address) {}

    /// The presets of an account or a workspace, with its addresses.
    @Schema(name = "SingleSignOnPresets")
    public record Choices(List<SsoPreset> presets) {

        public static Choices at(SsoAddresses addresses) {
            return new Choices(ALL.stream().map(preset -> preset.at(addresses)).toList());
        }
    }

    /// What the page shows of them.
    ///
    /// @param choices those of the kind that is shown
    /// @param link leads to the form with a preset, whose key is added
    public record Guide(List<SsoPreset> choices, Optional<SsoPreset> chosen, String link) {

        /// @param page its address, with a query that goes on
        public static Guide of(SsoForm form, SsoAddresses addresses, String page) {
            return new Guide(
                    ALL.stream()
                            .filter(preset -> preset.kind.equals(form.kind()))
                            .toList(),
                    SsoPreset.of(form).map(preset -> preset.at(addresses)),
                    page + "kind=" + form.kind() + "&preset=");
        }

        public boolean isChosen(SsoPreset preset) {
            return chosen.filter(found -> found.key.equals(preset.key)).isPresent();
        }
    }

    private static final List<SsoPreset> ALL =
            JsonDocument.read(PackedFile.text(SsoPreset.class, "presets.json"), new TypeReference<>() {});

    /// Returns the preset that a form was filled from.
    static Optional<SsoPreset> of(SsoForm form) {
        return of(form.kind(), form.of("preset"));
    }

    static Optional<SsoPreset> of(String kind, String key) {
        return ALL.stream()
                .filter(preset -> preset.kind.equals(kind) && preset.key.equals(key))
                .findFirst();
    }

    /// Returns the same with the addresses in its steps, and without steps about addresses that don’t exist.
    private SsoPreset at(SsoAddresses addresses) {
        List<Step> known = steps.stream()
                .map(step -> new Step(step.text, step.address.flatMap(addresses::named)))
                .toList();
        return new SsoPreset(
                key,
                name,
                kind,
                settings,
                examples,
                IntStream.range(0, steps.size())
                        .filter(at -> steps.get(at).address.isEmpty()
                                || known.get(at).address.isPresent())
                        .mapToObj(known::get)
                        .toList());
    }

    /// Returns the fields of the form that it fills.
    Map<String, String> fields() {
        var fields = new LinkedHashMap<>(Map.of("preset", key, "label", name));
        settings.issuer.ifPresent(issuer -> fields.put("issuer", issuer));
        settings.scopes.ifPresent(scopes -> fields.put("scopes", String.join(" ", scopes)));
        settings.groupClaim.ifPresent(claim -> fields.put("groupClaim", claim));
        settings.emailClaim.ifPresent(claim -> fields.put("emailClaim", claim));
        return fields;
    }
}
