package dev.banyan.platform.web.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Reads each template when a page first needs it. Qute reads all of them before the server is ready, a quarter of the
/// processor time of a start (docs/decisions/0069-what-a-start-leaves-for-later.md).
@Singleton
final class LazyTemplates {

    private volatile boolean starting = true;

    /// Lets Qute find all templates empty until it is done with them.
    void building(@Observes EngineBuilder builder) {
        builder.addParserHook(template -> template.addContentFilter(text -> starting ? "" : text));
    }

    /// Lets Qute forget them, so that it reads what is asked for from now on.
    void built(@Observes Engine engine) {
        starting = false;
        engine.clearTemplates();
    }
}
