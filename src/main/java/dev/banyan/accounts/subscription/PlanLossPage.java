package dev.banyan.accounts.subscription;

import module java.base;
import dev.banyan.accounts.Plan;
import dev.banyan.accounts.plans.BillingCycle;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Asks for confirmation before a plan takes something away, and says what, by name. `action` is where the form sends
/// `fields` to, `back` where cancelling leads. `staying` is present if not all brands can stay.
@CheckedTemplate(basePath = "accounts")
public record PlanLossPage(
        PageFrame shell,
        String title,
        String parent,
        String parentHref,
        PlanChangeSummary sum,
        String button,
        Optional<KeptBrands> staying,
        Optional<FormProblem> problem,
        String action,
        List<Field> fields,
        String back)
        implements TemplateInstance {

    /// A field that is sent on unchanged.
    public record Field(String name, String value) {}

    public static List<Field> fields(Plan plan, BillingCycle cycle) {
        PlanForm form = PlanForm.of(plan, cycle);
        return List.of(
                new Field("tier", form.tier()),
                new Field("agencyPermission", form.agencyPermission()),
                new Field("packs3", form.packs3()),
                new Field("packs10", form.packs10()),
                new Field("packs25", form.packs25()),
                new Field("billingCycle", form.billingCycle()));
    }
}
