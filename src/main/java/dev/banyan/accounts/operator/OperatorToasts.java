package dev.banyan.accounts.operator;

import dev.banyan.platform.web.page.Toasts;
import jakarta.inject.Singleton;
import java.util.Map;

/// Sentences about what was done here.
@Singleton
final class OperatorToasts implements Toasts {

    @Override
    public Map<String, String> sentences() {
        return Map.ofEntries(
                Map.entry("second-factor-reset", "Two-step sign-in reset"),
                Map.entry("job-started", "Job started"),
                Map.entry("account-disabled", "Account switched off"),
                Map.entry("account-enabled", "Account switched on"),
                Map.entry("mail-retried", "The mail is tried again in a moment"),
                Map.entry("mail-discarded", "Mail discarded"),
                Map.entry("mail-gone", "The mail has gone out, or was discarded, already"),
                Map.entry("lock-out-lifted", "Lock-out lifted"),
                Map.entry("lock-out-over", "Nobody is locked out there any more"),
                Map.entry("plan-saved", "Plan saved"));
    }
}
