package dev.banyan.accounts.operator;

import module java.base;
import dev.banyan.accounts.context.AccountLocks;
import dev.banyan.accounts.subscription.PlanChangeSummary;
import dev.banyan.accounts.subscription.PlanForm;
import dev.banyan.platform.Limit;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.OneTimeLink;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import dev.banyan.platform.web.page.Words;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The people whose two-step verification can be reset (`secondFactors`), and the plan of one root account: its tier,
/// its agency permission, its packs, and the state of its subscription. `nextBilling` is a date as a form sends it, or
/// empty, `until` says what it means, and `lastSignIn` a time or empty; `people` are the members whose links operators
/// pass on, where no mail is sent, and `fresh` is such a link; `grace` says which brands are read-only, if any.
@CheckedTemplate(basePath = "accounts")
record OperatorAccountPage(
        PageFrame shell,
        Account account,
        String standing,
        String grace,
        Optional<Off> off,
        String lastSignIn,
        PlanForm form,
        String limits,
        List<Choice> limitChoices,
        List<Choice> tiers,
        List<Choice> permissions,
        List<Choice> statuses,
        List<Choice> cycles,
        String status,
        String nextBilling,
        String until,
        FieldErrors errors,
        PlanChangeSummary sum,
        List<Choice> secondFactors,
        List<Choice> people,
        Optional<OneTimeLink> fresh)
        implements TemplateInstance {

    /// Why it is switched off, since when, and the operators' note about it.
    record Off(String reason, String words, TimeText since, String note) {
        static Off of(AccountLocks.Disabling disabling) {
            return new Off(
                    disabling.reason().label, disabling.reason().words, Words.time(disabling.at()), disabling.note());
        }
    }

    record Account(
            String id,
            String username,
            String displayName,
            String email,
            TimeText createdAt,
            long pages,
            long links,
            long usedSubAccounts,
            Limit maxSubAccounts) {

        /// Returns "3 of 10", or "3" without a limit.
        public String subAccountsText() {
            return new Usage(usedSubAccounts, maxSubAccounts).text();
        }

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
