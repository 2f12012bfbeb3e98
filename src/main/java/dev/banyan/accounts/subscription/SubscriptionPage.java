package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.context.GraceBanner;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What an account has bought, how much of it is used, and what else is available. `lead` describes the plan in a
/// sentence, `trouble` says that it is not in force. `operatorPath` is where a viewer who runs this server changes it.
@CheckedTemplate(basePath = "accounts")
record SubscriptionPage(
        PageFrame shell,
        String lead,
        Optional<FormProblem> trouble,
        Optional<GraceBanner> grace,
        List<Figure> figures,
        PlanForm form,
        List<TierCard> tiers,
        List<Option> permissions,
        List<PackField> packs,
        List<Option> cycles,
        FieldErrors errors,
        PlanChangeSummary sum,
        TierTable table,
        Optional<String> operatorPath,
        Optional<PlanPage.Contact> contact)
        implements TemplateInstance {

    /// Used and allowed; `note` says whose usage it is, if it is not only the account's own.
    record Figure(String key, String label, Usage usage, String note) {}

    /// One tier: its price and contents, as its card shows them.
    record TierCard(String key, String label, String price, boolean priced, boolean current, List<String> gives) {}

    /// One of several choices, with its meaning and its price.
    record Option(String key, String label, String text, String price, boolean current) {}

    record PackField(String name, String label, String text, String value) {}
}
