package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page of a conversion’s link. `known` people have signed in and only accept; others choose a name and a password.
///
/// @param account the name of the brand
/// @param agency the agency that offers it
@CheckedTemplate(basePath = "accounts")
record ConversionPage(
        Door door,
        String token,
        String email,
        String account,
        String agency,
        boolean known,
        MoveSummary summary,
        String name,
        FieldErrors errors,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
