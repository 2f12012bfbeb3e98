package dev.banyan.accounts;

import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.config.Settings;
import java.nio.file.Path;

/// Hashing for tests that create operations manually.
public final class TestPasswords {

    private TestPasswords() {}

    public static Passwords real() {
        return new Passwords(Settings.forTests(Path.of("target")));
    }
}
