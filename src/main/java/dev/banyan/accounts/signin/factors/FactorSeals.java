package dev.banyan.accounts.signin.factors;

import dev.banyan.platform.IdentityId;

/// Names for whom secrets of apps are sealed and backup codes stamped, so that those of one person are worth nothing to
/// another.
public final class FactorSeals {

    private FactorSeals() {}

    /// For whom a secret of an app is sealed.
    public static String ofApp(IdentityId identity) {
        return "second factor " + identity;
    }

    /// For whom a backup code is stamped.
    public static String ofBackupCode(IdentityId identity) {
        return "backup code " + identity;
    }
}
