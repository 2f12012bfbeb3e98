package dev.banyan.accounts;

import dev.banyan.platform.web.Avatar;
import dev.banyan.platform.web.Choice;
import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import dev.banyan.platform.web.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The plan of one root account: its tier, its agency permission and its packs. */
@CheckedTemplate(basePath = "accounts")
record OperatorAccountPage(
        Shell shell,
        Account account,
        PlanForm form,
        List<Choice> tiers,
        List<Choice> permissions,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    record Account(
            String id,
            String username,
            String displayName,
            String email,
            String createdAt,
            long pages,
            long links,
            int usedSubAccounts,
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

    /** As typed: the counts are texts, so that a refused form shows again what was sent. */
    record PlanForm(String tier, String agencyPermission, String packs3, String packs10, String packs25) {}
}
