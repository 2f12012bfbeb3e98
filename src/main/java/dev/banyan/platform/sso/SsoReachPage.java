package dev.banyan.platform.sso;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The sentence of the form that says who could come in, which follows what is typed.
///
/// @param action the address of the page
@CheckedTemplate(basePath = "platform")
public record SsoReachPage(String action, String reach) implements TemplateInstance {}
