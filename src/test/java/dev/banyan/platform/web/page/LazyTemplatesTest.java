package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import io.quarkus.qute.Engine;
import io.quarkus.qute.TemplateLocator;
import io.quarkus.qute.Variant;
import org.junit.jupiter.api.Test;

class LazyTemplatesTest {

    /// Does what Quarkus does at a start, in the same order.
    @Test
    void templatesAreReadWhenTheyAreUsed() {
        var late = new LazyTemplates();
        var builder = Engine.builder().addDefaults().addLocator(new Files());
        late.building(builder);
        Engine engine = builder.build();
        assertThat(engine.getTemplate("page").render()).isEmpty();
        engine.putTemplate("page-without-suffix", engine.getTemplate("page"));

        late.built(engine);
        assertThat(engine.isTemplateLoaded("page")).isFalse();
        assertThat(engine.isTemplateLoaded("page-without-suffix")).isFalse();
        assertThat(engine.getTemplate("page").render()).isEqualTo("page with part");
    }

    private static final class Files implements TemplateLocator {

        @Override
        public Optional<TemplateLocation> locate(String id) {
            return Optional.of(new TemplateLocation() {
                @Override
                public Reader read() {
                    return new StringReader(id.equals("page") ? "page with {#include part /}" : id);
                }

                @Override
                public Optional<Variant> getVariant() {
                    return Optional.empty();
                }
            });
        }
    }
}
