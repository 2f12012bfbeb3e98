package dev.banyan.accounts.subscription;

import dev.banyan.accounts.context.GraceBanner;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * What an account has bought, how much of it is used, and what else it could have. {@code lead} says the plan in a
 * sentence, {@code trouble} that it is not in force.
 */
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
        PlanSum sum,
        TierTable table)
        implements TemplateInstance {

    /** Used and allowed; {@code note} says whose, where it is not the account's own. */
    record Figure(String key, String label, Usage usage, String note) {}

    /** One tier: what it costs and gives, in the words of its card. */
    record TierCard(String key, String label, String price, boolean priced, boolean current, List<String> gives) {}

    /** One of several choices, with what it means and what it costs. */
    record Option(String key, String label, String text, String price, boolean current) {}

    record PackField(String name, String label, String text, String value) {}
}
