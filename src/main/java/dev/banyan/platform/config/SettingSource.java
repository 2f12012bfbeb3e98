package dev.banyan.platform.config;

/// Where the value of a setting comes from.
public enum SettingSource {
    DEFAULT("Default"),
    FLAG("Flag"),
    ENVIRONMENT("Environment"),
    FILE("banyan.properties"),
    SECRET_FILE("Secret file");

    public final String label;

    SettingSource(String label) {
        this.label = label;
    }
}
