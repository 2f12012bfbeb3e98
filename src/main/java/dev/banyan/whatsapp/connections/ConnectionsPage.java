package dev.banyan.whatsapp.connections;

import module java.base;
import dev.banyan.platform.web.page.PageFrame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The gateways of an account.
@CheckedTemplate(basePath = "whatsapp")
record ConnectionsPage(PageFrame shell, List<Row> connections) implements TemplateInstance {

    /// @param problem empty if nothing is known to be wrong
    record Row(String id, String name, String driver, String address, String numbers, String version, String problem) {

        static Row of(Connections.Listed listed, Optional<String> problem) {
            var connection = listed.connection();
            return new Row(
                    connection.id().toString(),
                    connection.name(),
                    connection.driver().title(),
                    connection.url().map(Object::toString).orElse(""),
                    listed.numbers() == 1 ? "1 number" : listed.numbers() + " numbers",
                    connection.facts().version().orElse(""),
                    problem.orElse(""));
        }
    }
}
