package dev.banyan.platform.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;

/// Makes [Call] a parameter that resource methods can have.
final class CallProducer {

    private CallProducer() {}

    @Produces
    @Dependent
    static Call call(CurrentVertxRequest current) {
        return new Call(current.getCurrent());
    }
}
