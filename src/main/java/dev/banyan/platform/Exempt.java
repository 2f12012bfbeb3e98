package dev.banyan.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Excuses a class from a rule of `ModuleBoundaryTest`. There may be twenty of them on the whole.
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Exempt {

    /// The rule: the name of the test's method.
    String from();

    /// Why the class is right to break it.
    String because();
}
