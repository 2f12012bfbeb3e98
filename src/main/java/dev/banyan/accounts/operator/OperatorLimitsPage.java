package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.subscription.TierTable;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The limits of this server: rate limits and the callers refused by them, the limits of the tiers, all settings.
@CheckedTemplate(basePath = "accounts")
record OperatorLimitsPage(
        PageFrame shell,
        boolean limited,
        String search,
        String name,
        FieldErrors errors,
        List<Refused> refused,
        List<Limit> limits,
        TierTable tiers,
        List<Setting> settings)
        implements TemplateInstance {

    /// `id` stands for the limit and the refused caller; `remaining` is the remaining time.
    record Refused(String id, String who, String what, String times, String remaining) {}

    record Limit(
            String key, String rate, String fallback, String source, boolean changed, String meaning, boolean open) {}

    record Setting(String key, String variable, String value, String source, boolean changed, String meaning) {}
}
