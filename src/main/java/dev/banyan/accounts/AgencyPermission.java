package dev.banyan.accounts;

import module java.base;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.banyan.platform.Keyed;

/// Allows a root account to have sub-accounts, and sets the highest tier of those. How many it may have follows from
/// its packs ([Pack]).
public enum AgencyPermission implements Keyed {
    BASIC("agency-basic", "Agency-Basic", Tier.FREE),
    PRO("agency-pro", "Agency-Pro", Tier.PRO),
    PREMIUM("agency-premium", "Agency-Premium", Tier.PREMIUM);

    private final String key;
    public final String label;
    public final Tier ceiling;

    AgencyPermission(String key, String label, Tier ceiling) {
        this.key = key;
        this.label = label;
        this.ceiling = ceiling;
    }

    /// Returns the value in the API and in tables.
    @JsonValue
    @Override
    public String key() {
        return key;
    }

    public static Optional<AgencyPermission> of(String key) {
        return Keyed.parse(AgencyPermission.class, key);
    }
}
