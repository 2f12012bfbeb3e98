package dev.banyan.accounts;

import java.util.Arrays;
import java.util.Optional;

/// What lets a root account have sub-accounts, and the highest tier at which they may work. How many it may have comes
/// from its packs ([Pack]).
public enum AgencyPermission {
    BASIC("agency-basic", "Agency-Basic", Tier.FREE),
    PRO("agency-pro", "Agency-Pro", Tier.PRO),
    PREMIUM("agency-premium", "Agency-Premium", Tier.PREMIUM);

    private final String key;
    private final String label;
    private final Tier ceiling;

    AgencyPermission(String key, String label, Tier ceiling) {
        this.key = key;
        this.label = label;
        this.ceiling = ceiling;
    }

    /// As it stands on the wire and in tables.
    public String key() {
        return key;
    }

    public String label() {
        return label;
    }

    public Tier ceiling() {
        return ceiling;
    }

    public static Optional<AgencyPermission> of(String key) {
        return Arrays.stream(values())
                .filter(permission -> permission.key.equals(key))
                .findFirst();
    }
}
