package dev.banyan.platform.config;

import module java.base;
import jakarta.inject.Singleton;

/// Every setting and rate limit that this server was started with, and the source of each, for operators. Of secrets
/// only whether they are set.
@Singleton
public final class SettingsInForce {

    private static final String SET = "••••••";

    /// @param value the value in force; empty if nothing is set
    public record Row(String key, String variable, String value, SettingSource source, String meaning) {}

    /// @param failsOpen whether requests pass if the counter itself fails
    public record Limit(RateLimit limit, String rate, String fallback, SettingSource source, boolean failsOpen) {}

    private final List<Row> rows;
    private final List<Limit> limits;

    SettingsInForce(Settings settings) {
        SettingSources sources = settings.sources();
        this.rows = Arrays.stream(Setting.values())
                .map(setting -> row(setting, sources))
                .toList();
        this.limits = Arrays.stream(RateLimit.values())
                .map(limit -> new Limit(
                        limit,
                        settings.rate(limit).toString(),
                        limit.fallback.toString(),
                        sources.source(limit.key(), limit.variable()),
                        limit.failsOpen))
                .toList();
    }

    private static Row row(Setting setting, SettingSources sources) {
        SettingSource source = sources.source(setting);
        String value = setting.isSecret() ? source == SettingSource.DEFAULT ? "" : SET : sources.text(setting);
        return new Row(setting.key(), setting.variable(), value, source, setting.meaning);
    }

    public List<Row> settings() {
        return rows;
    }

    public List<Limit> limits() {
        return limits;
    }
}
