package dev.banyan.platform.web.page;

import module java.base;
import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Mapper;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.Results;
import io.quarkus.qute.ValueResolver;
import jakarta.inject.Singleton;

/// Finds names that a template uses inside of a loop or an included template, and that were set outside of it.
///
/// Qute finds them, too, but first asks each of its resolvers, one per type that any template uses, whether it
/// knows the name in the loop: half of the processor time of a page (docs/decisions/0067-names-of-outer-scopes.md).
@Singleton
final class OuterNames implements ValueResolver {

    /// Before all others.
    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean appliesTo(EvalContext name) {
        ResolutionContext scope = name.resolutionContext();
        return name.getBase() == scope.getData() // the first part of an expression, which may come from outside
                && scope.getParent() != null
                && (name.getBase() == null || name.getBase() instanceof Mapper)
                && name.getParams().isEmpty();
    }

    /// Gives the value of the nearest scope that knows the name, or “not found”: then Qute looks for it as it always
    /// did.
    @Override
    public CompletionStage<Object> resolve(EvalContext name) {
        ResolutionContext scope = name.resolutionContext();
        while (scope != null && (scope.getData() == null || scope.getData() instanceof Mapper)) {
            if (scope.getData() instanceof Mapper values && values.appliesTo(name.getName())) {
                CompletionStage<Object> value = values.getAsync(name.getName());
                // A loop says that it has any name, and gives "not found" for all but its own.
                if (!(value instanceof CompletedStage<Object> now
                        && !now.isFailure()
                        && Results.isNotFound(now.get()))) {
                    return value;
                }
            }
            scope = scope.getParent();
        }
        return Results.notFound(name);
    }
}
