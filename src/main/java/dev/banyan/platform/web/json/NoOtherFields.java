package dev.banyan.platform.web.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the body of a request that sends, grants or deletes: a field that it does not have is answered with a 400 that
/// names it, since a request that is half understood could do more than was meant. Elsewhere such a field is ignored.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NoOtherFields {}
