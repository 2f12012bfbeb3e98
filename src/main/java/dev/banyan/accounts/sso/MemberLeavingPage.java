package dev.banyan.accounts.sso;

import dev.banyan.platform.sso.SamlProvider.Leaving;
import dev.banyan.platform.web.page.Door;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// Leads on to a provider that wants to be asked with a form, which sends itself.
@CheckedTemplate(basePath = "accounts")
record MemberLeavingPage(Door door, Leaving to, String label) implements TemplateInstance {}
