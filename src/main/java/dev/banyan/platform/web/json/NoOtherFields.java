package dev.banyan.platform.web.json;

import module java.base;

/// Marks the body of a request that sends, grants or deletes: an unknown field is answered with a 400 that names it,
/// because a request that is half understood could do more than intended. Routes of ours do that anyway
/// ([OtherFields]); this is for bodies of contracts.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NoOtherFields {}
