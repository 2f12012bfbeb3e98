package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.IdentityId;
import dev.banyan.platform.Keyed;

/// A sign-in of a known person, or an attempt.
///
/// @param network the address without its last part
public record SignIn(
        UUID id,
        IdentityId identity,
        Instant happenedAt,
        String network,
        String userAgent,
        Method way,
        Outcome outcome) {

    /// The means of the sign-in.
    public enum Method implements Keyed {
        PASSWORD("Password"),
        SECOND_FACTOR("Second factor"),
        PASSKEY("Passkey"),
        PROVIDER("Single sign-on");

        public final String label;

        Method(String label) {
            this.label = label;
        }

        @Override
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The result of the sign-in.
    public enum Outcome implements Keyed {
        SIGNED_IN("Signed in"),
        WRONG_PASSWORD("Wrong password"),
        WRONG_CODE("Wrong code"),
        ACCOUNT_DISABLED("Account disabled");

        public final String label;

        Outcome(String label) {
            this.label = label;
        }

        @Override
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
