package dev.banyan.accounts.signin.factors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person is asked for at a sign-in beside the password.
///
/// @param totpSecret sealed; there when an app makes the codes
/// @param totpStep the newest time step of which a code was accepted
/// @param passkeyWanted whether a passkey is asked for even where there is nothing else
/// @param passkeys how many there are; any of them will do where a second factor is asked for
/// @param backupCodes how many are left
public record SecondFactor(
        boolean email,
        Optional<String> totpSecret,
        long totpStep,
        boolean passkeyWanted,
        int passkeys,
        int backupCodes) {

    public static final SecondFactor NONE = new SecondFactor(false, Optional.empty(), 0, false, 0, 0);

    public boolean totp() {
        return totpSecret.isPresent();
    }

    public boolean passkey() {
        return passkeyWanted && passkeys > 0;
    }

    public boolean isOn() {
        return email || totp() || passkey();
    }

    /// The contract's word: `totp`, `email` or `both`. It has none for passkeys: where there is nothing else its client
    /// asks for a code as of an app, and a backup code works there.
    public String method() {
        return totp() && email ? "both" : email ? "email" : "totp";
    }

    public List<String> methods() {
        var methods = new ArrayList<String>();
        if (totp()) {
            methods.add("totp");
        }
        if (email) {
            methods.add("email");
        }
        if (passkeys > 0) {
            methods.add("passkey");
        }
        if (backupCodes > 0) {
            methods.add("backup");
        }
        return List.copyOf(methods);
    }
}
