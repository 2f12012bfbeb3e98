package dev.banyan.accounts.context;

import dev.banyan.platform.Keyed;

/// What a route does for someone other than the person who calls it. Whatever gives them data or a way in asks that
/// person for a recent proof of identity.
public enum RouteEffect implements Keyed {
    /// Gives brands, or files of what belongs to an account, to someone. Only people in their own name may.
    HANDS_OVER("hands over"),
    /// Lets someone into an account, or decides how people sign in. Only people in their own name may.
    ADMITS("admits"),
    /// Opens another way in, which programs with a key may open as far as their permissions go.
    OPENS("opens"),
    /// Sends data to someone from now on, which programs may set up as far as their permissions go.
    TELLS("tells"),
    /// Changes how the person signs in; asks for the password each time.
    OWN("own"),
    /// Gives no one anything that they couldn't have before.
    NEITHER("neither");

    private final String key;

    RouteEffect(String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /// Returns true if only people in their own name may do it: no program with a key, and no operator.
    public boolean isOfPeople() {
        return this == HANDS_OVER || this == ADMITS;
    }

    /// Returns true if it gives someone data or a way in.
    boolean gives() {
        return switch (this) {
            case HANDS_OVER, ADMITS, OPENS, TELLS -> true;
            case OWN, NEITHER -> false;
        };
    }
}
