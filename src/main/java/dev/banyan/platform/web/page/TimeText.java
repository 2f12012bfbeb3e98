package dev.banyan.platform.web.page;

import module java.base;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// A time on a page: a template writes it as `<time>`, with the exact time as its tooltip.
///
/// @param exact with seconds, and with the time zone
public record TimeText(Instant at, String words, String exact) {

    @Override
    public String toString() {
        return words;
    }

    /// Writes times into templates.
    @Singleton
    static final class Markup implements ResultMapper {

        void building(@Observes EngineBuilder builder) {
            builder.addResultMapper(this);
        }

        /// Before the one that escapes everything else.
        @Override
        public int getPriority() {
            return 10;
        }

        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return result instanceof TimeText;
        }

        @Override
        public String map(Object result, Expression expression) {
            return result instanceof TimeText time
                    ? "<time datetime=\"" + time.at + "\" title=\"" + time.exact + "\">" + time.words + "</time>"
                    : result.toString();
        }
    }
}
