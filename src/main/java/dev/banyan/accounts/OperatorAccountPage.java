package dev.banyan.accounts;

import dev.banyan.platform.web.Avatar;
import dev.banyan.platform.web.Choice;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * Whose two-step sign-in can be reset ({@code secondFactors}), and the plan of one root account: its tier, its agency permission, its packs, and how it stands with them. {@code nextBilling} is
 * a date as a form sends it, or nothing; {@code grace} says which brands are read-only, if any are.
 */
@CheckedTemplate(basePath = "accounts")
record OperatorAccountPage(
        Shell shell,
        Account account,
        String standing,
        String grace,
        PlanForm form,
        List<Choice> tiers,
        List<Choice> permissions,
        List<Choice> statuses,
        List<Choice> cycles,
        String status,
        String nextBilling,
        FieldErrors errors,
        PlanSum sum,
        List<Choice> secondFactors)
        implements TemplateInstance {

    record Account(
            String id,
            String username,
            String displayName,
            String email,
            String createdAt,
            long pages,
            long links,
            long usedSubAccounts,
            int maxSubAccounts) {
        public Avatar avatar() {
            return Avatar.of(displayName, username);
        }

        public String pagesText() {
            return Words.grouped(pages);
        }

        public String linksText() {
            return Words.grouped(links);
        }
    }
}
