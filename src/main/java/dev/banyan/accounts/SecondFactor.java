package dev.banyan.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person is asked for at a sign-in beside the password.
///
/// @param totpSecret sealed; there when an app makes the codes
/// @param totpStep the newest time step of which a code was accepted
/// @param backupCodes how many are left
record SecondFactor(boolean email, Optional<String> totpSecret, long totpStep, int backupCodes) {

    static final SecondFactor NONE = new SecondFactor(false, Optional.empty(), 0, 0);

    boolean totp() {
        return totpSecret.isPresent();
    }

    boolean isOn() {
        return email || totp();
    }

    /// The contract's word: `totp`, `email` or `both`.
    String method() {
        return totp() && email ? "both" : totp() ? "totp" : "email";
    }

    List<String> methods() {
        var methods = new ArrayList<String>();
        if (totp()) {
            methods.add("totp");
        }
        if (email) {
            methods.add("email");
        }
        if (backupCodes > 0) {
            methods.add("backup");
        }
        return List.copyOf(methods);
    }
}
