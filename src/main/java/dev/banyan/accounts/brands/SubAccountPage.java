package dev.banyan.accounts.brands;

import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// Everything that an agency stores about one sub-account, and the form that changes it: as a `fragment` a drawer for
/// htmx, else a page. `upgrade` goes with a problem that a bigger plan would solve.
@CheckedTemplate(basePath = "accounts")
record SubAccountPage(
        PageFrame shell,
        SubAccountCard card,
        Facts facts,
        Values values,
        FieldErrors errors,
        Optional<FormProblem> problem,
        Optional<PackUpgrade> upgrade,
        String publicHost,
        boolean fragment)
        implements TemplateInstance {

    /// Facts as displayed, dates included; `createdBy` is an e-mail.
    record Facts(
            Usage pages,
            Usage links,
            String created,
            Optional<String> createdBy,
            Optional<String> suspended,
            boolean suspendedByPlan,
            Optional<String> deleted) {}

    /// The values of the form.
    record Values(
            String displayName,
            String email,
            String bio,
            String internalLabel,
            String notes,
            String type,
            String notices,
            boolean showManagedBy) {

        public List<Choice> types() {
            return List.of(new Choice("client", "Client"), new Choice("brand", "Brand"), new Choice("other", "Other"));
        }

        public List<Choice> hearers() {
            return List.of(
                    new Choice("", "As this server has it"),
                    new Choice("parent", "You"),
                    new Choice("subaccount", "Its e-mail above"),
                    new Choice("both", "Both"));
        }
    }
}
