package dev.banyan.accounts.domains;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// An account’s domains with the records that each needs, and a form for another one.
///
/// @param lacking why the plan has none, as a sentence
/// @param upgradable whether the person may change the plan
/// @param typed the host that was entered and refused
/// @param workspace the workspace that the new domain is for
@CheckedTemplate(basePath = "accounts")
record DomainsPage(
        PageFrame shell,
        List<Row> rows,
        Optional<String> lacking,
        boolean upgradable,
        String typed,
        List<Choice> pages,
        Optional<Choice> workspace,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /// @param tone the color of its state
    record Row(
            String id,
            String host,
            String address,
            String subject,
            String tone,
            String state,
            Optional<String> problem,
            Optional<String> checked,
            boolean active,
            List<DnsRecords.Line> records) {}

    record Choice(String id, String name, boolean picked) {}
}
