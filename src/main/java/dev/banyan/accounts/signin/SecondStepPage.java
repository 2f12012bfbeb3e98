package dev.banyan.accounts.signin;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The second step of signing in; `mailed` is true after a code by mail was requested.
@CheckedTemplate(basePath = "accounts")
record SecondStepPage(
        Door door,
        String session,
        Optional<String> next,
        boolean byApp,
        boolean byMail,
        boolean byPasskey,
        boolean backup,
        Optional<FormProblem> problem,
        boolean mailed)
        implements TemplateInstance {

    static final String TITLE = "Two-step verification";

    static SecondStepPage of(
            Door door,
            AwaitedFactors.Asked asked,
            Optional<String> next,
            Optional<FormProblem> problem,
            boolean mailed) {
        return new SecondStepPage(
                door,
                asked.session(),
                next,
                asked.methods().contains("totp"),
                asked.methods().contains("email"),
                asked.methods().contains("passkey"),
                asked.methods().contains("backup"),
                problem,
                mailed);
    }
}
