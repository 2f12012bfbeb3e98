package dev.banyan.platform.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import module java.base;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import org.junit.jupiter.api.Test;

class OuterNamesTest {

    private final Asked asked = new Asked();
    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new OuterNames())
            .addValueResolver(asked)
            .addSectionHelper(new Icons())
            .strictRendering(true)
            .build();

    @Test
    void namesFromOutsideAreFoundWithoutAskingEachResolver() {
        engine.putTemplate("row", engine.parse("{one}{outer}{given} "));
        var template =
                engine.parse("{#for one in list}{#let b=one}{#include row given=b /}{outer}{one_count}{/let}{/for}");
        for (int i = 0; i < 3; i++) { // the first one fills what Qute keeps
            asked.names.clear();
            assertThat(template.data("list", List.of("x", "y"), "outer", "!").render())
                    .isEqualTo("x!x !1y!y !2");
        }
        assertThat(asked.names).isEmpty();
    }

    @Test
    void theNearestScopeWins() {
        assertThat(engine.parse("{a}{#for a in list}{a}{#let a='inner'}{a}{/let}{a}{/for}{a}")
                        .data("list", List.of(1), "a", "-")
                        .render())
                .isEqualTo("-1inner1-");
    }

    @Test
    void theSameNameMayBeInsideOrOutside() {
        engine.putTemplate("part", engine.parse("{#for x in list}{name}{/for}"));
        var template = engine.parse("{#include part /}{#include part name='b' /}{#include part /}");
        assertThat(template.data("list", List.of(1), "name", "a").render()).isEqualTo("aba");
    }

    @Test
    void propertiesOfAValueAreNotLookedForOutside() {
        var template = engine.parse("{#for x in list}{x.name}{/for}");
        assertThatThrownBy(() -> template.data("list", List.of(new Object()), "name", "outside")
                        .render())
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void aNameThatIsNowhereIsAnError() {
        var template = engine.parse("{#for x in list}{nowhere}{/for}");
        assertThatThrownBy(() -> template.data("list", List.of(1)).render())
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("nowhere");
        assertThat(engine.parse("{#for x in list}{nowhere ?: 'other'}{/for}")
                        .data("list", List.of(1))
                        .render())
                .isEqualTo("other");
    }

    @Test
    void iconsAreEscapedAndMayHaveAClass() {
        assertThat(engine.parse("{#icon 'x' /}{#icon 'x' cls='s' /}{#icon it cls=it /}")
                        .data("it", "\"><b>")
                        .render())
                .isEqualTo("""
                        <svg class="icon" aria-hidden="true"><use href="/ui/icons.svg#i-x"/></svg>\
                        <svg class="icon s" aria-hidden="true"><use href="/ui/icons.svg#i-x"/></svg>\
                        <svg class="icon &quot;&gt;&lt;b&gt;" aria-hidden="true">\
                        <use href="/ui/icons.svg#i-&quot;&gt;&lt;b&gt;"/></svg>""");
    }

    /// Stands for the hundreds of resolvers behind ours.
    private static final class Asked implements ValueResolver {

        private final List<String> names = new ArrayList<>();

        @Override
        public int getPriority() {
            return Integer.MAX_VALUE - 1;
        }

        @Override
        public boolean appliesTo(EvalContext context) {
            names.add(context.getName());
            return false;
        }

        @Override
        public CompletionStage<Object> resolve(EvalContext context) {
            throw new AssertionError("applies to nothing");
        }
    }
}
