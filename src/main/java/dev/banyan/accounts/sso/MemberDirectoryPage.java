package dev.banyan.accounts.sso;

import module java.base;
import dev.banyan.platform.web.page.Door;
import dev.banyan.platform.web.page.FormProblem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Where members of an account type the name and password of its directory.
///
/// @param action the address of the page
/// @param provider what the account calls its directory
/// @param username as typed before
/// @param next the page that they asked for
@CheckedTemplate(basePath = "accounts")
record MemberDirectoryPage(
        Door door,
        String action,
        String provider,
        String username,
        Optional<String> next,
        Optional<FormProblem> problem)
        implements TemplateInstance {}
