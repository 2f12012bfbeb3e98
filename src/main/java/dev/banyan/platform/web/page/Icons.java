package dev.banyan.platform.web.page;

import static java.util.Objects.requireNonNull;

import module java.base;
import dev.banyan.platform.Markup;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EngineConfiguration;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Parameter;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.SingleResultNode;

/// `{#icon 'trash' cls='s' /}` in a template: a picture of `/ui/icons.svg`, hidden from screen readers.
///
/// A page has thirty of them, and nearly all are constants: their markup is written when the template is read.
@EngineConfiguration
public final class Icons implements SectionHelperFactory<SectionHelper> {

    private static final String NAME = "name";
    private static final String CLASS = "cls";

    @Override
    public List<String> getDefaultAliases() {
        return List.of("icon");
    }

    @Override
    public ParametersInfo getParameters() {
        return ParametersInfo.builder()
                .addParameter(NAME)
                .addParameter(Parameter.builder(CLASS).optional())
                .build();
    }

    @Override
    public Scope initializeBlock(Scope outerScope, BlockInfo block) {
        block.getParameters().forEach(block::addExpression);
        return outerScope;
    }

    @Override
    public SectionHelper initialize(SectionInitContext context) {
        Expression name = context.getExpression(NAME);
        Optional<Expression> cls = Optional.ofNullable(context.getExpression(CLASS));
        if (name.isLiteral() && cls.stream().allMatch(Expression::isLiteral)) {
            CompletionStage<ResultNode> markup =
                    CompletedStage.of(icon(name.getLiteral(), cls.map(Expression::getLiteral)));
            return _ -> markup;
        }
        Map<String, Expression> values =
                cls.map(it -> Map.of(NAME, name, CLASS, it)).orElseGet(() -> Map.of(NAME, name));
        return place -> place.evaluate(values)
                .thenApply(found -> icon(requireNonNull(found.get(NAME)), Optional.ofNullable(found.get(CLASS))));
    }

    private static ResultNode icon(Object name, Optional<Object> cls) {
        return new SingleResultNode("<svg class=\"icon"
                + cls.map(it -> " " + Markup.escaped(it.toString())).orElse("")
                + "\" aria-hidden=\"true\"><use href=\"/ui/icons.svg#i-" + Markup.escaped(name.toString())
                + "\"/></svg>");
    }
}
