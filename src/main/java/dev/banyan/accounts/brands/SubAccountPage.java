package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.domains.PageAddress;
import dev.banyan.accounts.plans.PackUpgrade;
import dev.banyan.platform.Language;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import dev.banyan.platform.web.page.TimeText;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Everything that an agency stores about one sub-account, and the form that changes it: as a `fragment` a drawer for
/// htmx, else a page. `upgrade` goes with a problem that a bigger plan would solve.
@CheckedTemplate(basePath = "accounts")
record SubAccountPage(
        PageFrame shell,
        SubAccountCard card,
        Facts facts,
        SubAccountFields values,
        List<Language> languages,
        Username username,
        FieldErrors errors,
        Optional<FormProblem> problem,
        Optional<PackUpgrade> upgrade,
        String publicHost,
        boolean owner,
        boolean fragment)
        implements TemplateInstance {

    /// @param typed the username in the form
    /// @param leadsUntil the day until which the former one would lead on; asks to confirm another address
    record Username(String typed, Optional<String> leadsUntil) {}

    /// Facts as displayed, dates included; `createdBy` is an e-mail, `own` the address at a host of the brand.
    record Facts(
            Usage pages,
            Usage links,
            TimeText created,
            Optional<String> createdBy,
            Optional<String> suspended,
            boolean suspendedByPlan,
            Optional<String> deleted,
            Optional<PageAddress> own) {}
}
