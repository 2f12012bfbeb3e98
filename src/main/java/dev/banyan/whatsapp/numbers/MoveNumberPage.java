package dev.banyan.whatsapp.numbers;

import module java.base;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FieldErrors;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The page that moves a number to another connection.
///
/// @param connections all of the account, and the simulation
/// @param there what the chosen gateway has
@CheckedTemplate(basePath = "whatsapp")
record MoveNumberPage(
        PageFrame shell,
        String id,
        String name,
        String now,
        Values values,
        List<Choice> connections,
        Optional<There> there,
        FieldErrors errors,
        boolean fragment)
        implements TemplateInstance {

    /// The value of the simulation, which has no connection.
    static final String SIMULATED = "simulated";

    /// @param connection an id, [#SIMULATED], or empty: not chosen yet
    /// @param remote what the gateway calls the number; empty for a new one
    record Values(String connection, String remote) {}

    /// What a gateway has.
    ///
    /// @param sessions those that this account doesn't use yet
    /// @param makesNew whether it can have a new one
    /// @param problem why it can't be asked; empty if it can
    record There(List<Choice> sessions, boolean makesNew, String problem) {}
}
