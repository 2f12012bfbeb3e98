package dev.banyan.accounts.signin.factors;

import module java.base;

/// The second factor that a person's sign-in requires after the password.
///
/// @param totpSecret sealed; present if an app generates the codes
/// @param totpStep the newest time step of an accepted code
/// @param passkeyWanted whether a passkey is required even if there is no other factor
/// @param passkeys how many there are; any of them is accepted as a second factor
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

    /// Returns the contract's word: `totp`, `email` or `both`. It has none for passkeys: without another factor its
    /// client asks for a code as if from an app, and a backup code works there.
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
