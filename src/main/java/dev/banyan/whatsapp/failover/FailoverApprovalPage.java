package dev.banyan.whatsapp.failover;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The target of the link in the mail about a failover: what would move, and two buttons.
@CheckedTemplate(basePath = "whatsapp")
record FailoverApprovalPage(
        Door door,
        String token,
        String account,
        String pool,
        String standIn,
        String trigger,
        String moved,
        List<String> seen,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
