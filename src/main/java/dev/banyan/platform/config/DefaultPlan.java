package dev.banyan.platform.config;

import module java.base;

/// The plan that new accounts get ([Setting#DEFAULT_PLAN]), in the words of the setting.
///
/// @param packs how many of each pack, by its size
/// @param unlimited whether nothing is limited; then the rest is meaningless
public record DefaultPlan(
        String tier, Optional<String> agencyPermission, Map<Integer, Integer> packs, boolean unlimited) {

    private static final Set<String> TIERS = Set.of("free", "pro", "premium", "enterprise");
    private static final Set<String> PERMISSIONS = Set.of("agency-basic", "agency-pro", "agency-premium");
    private static final Pattern PACK = Pattern.compile("pack-(3|10|25)(?:\\s*=\\s*([1-9][0-9]?))?");
    private static final String UNLIMITED = "unlimited";

    public DefaultPlan {
        packs = Map.copyOf(packs);
    }

    /// @throws InvalidSetting if a part is unknown, a tier or a permission is named twice, the tier is missing, or
    /// packs have no agency permission that would make them work
    static DefaultPlan of(String text) {
        if (text.strip().equals(UNLIMITED)) {
            return new DefaultPlan("enterprise", Optional.empty(), Map.of(), true);
        }
        Optional<String> tier = Optional.empty();
        Optional<String> permission = Optional.empty();
        var packs = new TreeMap<Integer, Integer>();
        for (String typed : text.split(",", -1)) {
            String part = typed.strip();
            Matcher pack = PACK.matcher(part);
            if (TIERS.contains(part) && tier.isEmpty()) {
                tier = Optional.of(part);
            } else if (PERMISSIONS.contains(part) && permission.isEmpty()) {
                permission = Optional.of(part);
            } else if (!pack.matches()
                    || packs.put(
                                    Integer.valueOf(pack.group(1)),
                                    Optional.ofNullable(pack.group(2))
                                            .map(Integer::valueOf)
                                            .orElse(1))
                            != null) {
                throw broken(part);
            }
        }
        if (tier.isEmpty() || permission.isEmpty() && !packs.isEmpty()) {
            throw broken(text);
        }
        return new DefaultPlan(tier.get(), permission, packs, false);
    }

    private static InvalidSetting broken(String part) {
        return new InvalidSetting(Setting.DEFAULT_PLAN.variable()
                + " must be a tier, or a tier with an agency permission and packs, such as"
                + " pro, agency-pro, pack-10=2, or unlimited, not “" + part + "”");
    }
}
