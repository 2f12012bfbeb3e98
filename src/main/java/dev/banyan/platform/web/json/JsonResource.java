package dev.banyan.platform.web.json;

import module java.base;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Marks a resource whose successful responses are JSON in `/openapi.json`, so that `@APIResponseSchema` needs no media
/// type.
///
/// SmallRye reads annotations of annotations. The router does not, so no request is refused for its `Accept` header.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Produces(MediaType.APPLICATION_JSON)
public @interface JsonResource {}
