package dev.banyan.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Creates the stage once per JVM, clears it after each test, and closes it at the end.
final class StageExtension implements ParameterResolver, AfterEachCallback {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return stage(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        stage(context).clear(test, context.getExecutionException().isPresent());
    }

    /// The root store closes its values after the last test.
    private static Stage stage(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(StageExtension.class))
                .computeIfAbsent(Stage.class, _ -> Stage.set(), Stage.class);
    }
}
