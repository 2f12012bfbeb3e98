package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.context.GraceBanner;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// What an account's plan includes, without prices: on a server without billing, and for an account without limits.
/// `brandTier` is the tier of its brands, or empty without brands; `operatorPath` is where a viewer who runs this
/// server changes the plan, and `contact` whom others ask.
@CheckedTemplate(basePath = "accounts")
record PlanPage(
        PageFrame shell,
        String lead,
        Optional<FormProblem> trouble,
        Optional<GraceBanner> grace,
        List<SubscriptionPage.Figure> figures,
        List<Limit> limits,
        String brandTier,
        List<String> features,
        boolean unlimited,
        Optional<String> operatorPath,
        Optional<Contact> contact)
        implements TemplateInstance {

    /// One limit of the tier, such as "Short links" and "20".
    record Limit(String label, String value) {}

    /// The operator's contact: `href` is `mailto:` or `https:`.
    record Contact(String href, String label) {}
}
