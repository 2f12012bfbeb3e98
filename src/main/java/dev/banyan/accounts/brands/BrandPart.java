package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.platform.Keyed;

/// What of a brand's content another brand can begin with. Its pages themselves always belong to it.
public enum BrandPart implements Keyed {
    LOOK("look", "Look"),
    LINKS("links", "Links and groups"),
    SHORT_LINKS("shortLinks", "Short links with their settings");

    public static final Set<BrandPart> ALL = Set.of(values());

    private final String key;
    public final String label;

    BrandPart(String key, String label) {
        this.key = key;
        this.label = label;
    }

    @Override
    public String key() {
        return key;
    }

    /// Returns the parts in order, such as `look,links`.
    static String written(Set<BrandPart> parts) {
        return Arrays.stream(values())
                .filter(parts::contains)
                .map(BrandPart::key)
                .collect(Collectors.joining(","));
    }

    static Set<BrandPart> read(String written) {
        return parse(List.of(written.split(","))).orElse(Set.of());
    }

    /// @return empty if one of the keys is unknown
    static Optional<Set<BrandPart>> parse(Collection<String> keys) {
        var parts = EnumSet.noneOf(BrandPart.class);
        for (String key : keys) {
            Optional<BrandPart> part = Keyed.parse(BrandPart.class, key);
            if (part.isEmpty() && !key.isEmpty()) {
                return Optional.empty();
            }
            part.ifPresent(parts::add);
        }
        return Optional.of(Set.copyOf(parts));
    }
}
