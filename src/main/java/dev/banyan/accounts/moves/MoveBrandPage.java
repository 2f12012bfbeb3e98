package dev.banyan.accounts.moves;

import module java.base;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Hands a brand over: choose who gets it, see what would happen, then offer it.
///
/// @param to what was entered for an agency
/// @param email what was entered for a person
/// @param summary what the offer would do, once somebody was chosen
@CheckedTemplate(basePath = "accounts")
record MoveBrandPage(
        PageFrame shell,
        String brandId,
        String name,
        String username,
        String to,
        String email,
        Optional<MoveSummary> summary,
        FieldErrors errors)
        implements TemplateInstance {

    MoveBrandPage with(MoveSummary found) {
        return new MoveBrandPage(shell, brandId, name, username, to, email, Optional.of(found), errors);
    }

    MoveBrandPage with(FieldErrors wrong) {
        return new MoveBrandPage(shell, brandId, name, username, to, email, summary, wrong);
    }
}
