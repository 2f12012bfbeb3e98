package dev.banyan.accounts.signin.factors;

import dev.banyan.platform.IdentityId;

/// The purposes with which app secrets are sealed and backup codes stamped, so that those of one person are worthless
/// to another.
public final class FactorSeals {

    private FactorSeals() {}

    /// Returns the purpose of an app secret.
    public static String ofApp(IdentityId identity) {
        return "second factor " + identity;
    }

    public static String ofBackupCode(IdentityId identity) {
        return "backup code " + identity;
    }
}
