package dev.banyan.platform.config;

/// A setting that cannot be used. The message is one line that names the setting and the rule.
public final class BadSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadSetting(String message) {
        super(message);
    }
}
