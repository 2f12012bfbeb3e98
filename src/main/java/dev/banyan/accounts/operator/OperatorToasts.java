package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;

/// Sentences about what was done here.
@Singleton
final class OperatorToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("nothing-to-confirm", "This email is already confirmed"),
                Map.entry("second-factor-reset", "Two-step verification reset"),
                Map.entry("job-started", "Job started"),
                Map.entry("account-disabled", "Account disabled"),
                Map.entry("account-enabled", "Account enabled"),
                Map.entry("mail-retried", "Email will be sent in a moment"),
                Map.entry("mail-discarded", "Email discarded"),
                Map.entry("mail-gone", "This email was already sent or discarded"),
                Map.entry("lock-out-lifted", "Unlocked"),
                Map.entry("lock-out-over", "That lockout has already ended"),
                Map.entry("account-created", "Account created"),
                Map.entry("plan-saved", "Plan saved"));
    }
}
