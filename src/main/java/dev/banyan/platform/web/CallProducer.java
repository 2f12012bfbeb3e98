package dev.banyan.platform.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/// Makes [Call] available as a parameter of resource methods.
final class CallProducer {

    private CallProducer() {}

    @Produces
    @Dependent
    static Call call(CurrentVertxRequest current) {
        return new Call(current.getCurrent());
    }
}
