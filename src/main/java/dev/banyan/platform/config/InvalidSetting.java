package dev.banyan.platform.config;

/// A setting that cannot be used. The message is one line that names the setting and the rule.
public final class InvalidSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSetting(String message) {
        super(message);
    }
}
