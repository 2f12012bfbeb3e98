package dev.banyan.accounts;

import dev.banyan.platform.web.FieldErrors;
import dev.banyan.platform.web.FormProblem;
import dev.banyan.platform.web.Shell;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The passkeys of a person. {@code removing} is the one whose removal was refused. */
@CheckedTemplate(basePath = "accounts")
record PasskeyPage(
        Shell shell,
        List<Row> passkeys,
        boolean full,
        String name,
        String removing,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {

    /** {@code number} tells the fields of a page apart. */
    record Row(int number, String id, String name, String added, String used) {}
}
